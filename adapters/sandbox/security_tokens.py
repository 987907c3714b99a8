"""The tokens by which the security namespaces name the places of the project."""

from __future__ import annotations

from adapters.sandbox import areas
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.permissions import Right, Space
from adapters.sandbox.person import Person
from adapters.sandbox.wiki.wikis import wiki_id

_PROJECT = {
    Space.PROJECT: "$PROJECT:vstfs:///Classification/TeamProject/{}",
    Space.TAGS: "/{}",
    Space.QUERIES: "$/{}",
    Space.REPOSITORIES: "repoV2/{}",
    Space.ENVIRONMENTS: "Environments/{}",
    Space.BUILDS: "{}",
    Space.RELEASES: "{}",
    Space.SUBSCRIPTIONS: "PublisherSecurity/{}",
    Space.PROCESSES: "$PROCESS",
    Space.GROUPS: "{}",
    Space.ORGANISATION: "NAMESPACE",
}


def project_token(space: Space, organisation: Organisation) -> str:
    """Of the whole project, or of the organisation where the namespace has nothing smaller."""
    if space is Space.AREAS:
        return areas.token(organisation.project)
    return _PROJECT[space].format(organisation.project_id)


def wiki_token(organisation: Organisation) -> str:
    """The wiki of the project is a repository of its own."""
    repository = wiki_id(organisation.name, f"{organisation.project}.wiki")
    return f"{project_token(Space.REPOSITORIES, organisation)}/{repository}"


def may_here(person: Person, right: Right, organisation: Organisation) -> bool:
    """In the project, or in its wiki; areas are looked at item by item."""
    is_of_wiki = right.space is Space.REPOSITORIES
    token = wiki_token(organisation) if is_of_wiki else project_token(right.space, organisation)
    return organisation.permissions.may(person, right, token)


def is_known(token: str, space: Space, organisation: Organisation) -> bool:
    """Nobody has a right at a place that is not there."""
    if space is Space.AREAS:
        return token.casefold() in {areas.token(path).casefold() for path in organisation.areas}
    root = project_token(space, organisation).casefold()
    return token.casefold() == root or token.casefold().startswith((root + "/", root + ":"))
