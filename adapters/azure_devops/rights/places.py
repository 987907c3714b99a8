"""The places at which rights are asked for, by the tokens that the security namespaces give them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.azure_devops.node import Node
from adapters.azure_devops.rights.right import Namespace

_NODE = "vstfs:///Classification/Node/"
_TOKENS = {
    Namespace.PROJECT: "$PROJECT:vstfs:///Classification/TeamProject/{}",
    Namespace.TAGS: "/{}",
    Namespace.REPOSITORIES: "repoV2/{}",
    Namespace.ENVIRONMENTS: "Environments/{}",
    Namespace.BUILDS: "{}",
    Namespace.RELEASES: "{}",
    Namespace.SUBSCRIPTIONS: "PublisherSecurity/{}",
    Namespace.PROCESSES: "$PROCESS",
    Namespace.GROUPS: "{}",
    Namespace.ORGANISATION: "NAMESPACE",
}


@dataclass(frozen=True, slots=True)
class Area:
    """A node of the tree of areas. `id` is what `System.AreaId` of a work item says."""

    id: int
    path: str
    token: str


@dataclass(frozen=True, slots=True)
class Places:
    """`areas`: the project's own first. `wiki`: the repository of the wiki, where one is written."""

    project_id: str
    areas: tuple[Area, ...]
    wiki: str = ""

    def token(self, namespace: Namespace) -> str:
        """Of the whole project; or of the organisation, where the namespace knows nothing smaller."""
        if namespace is Namespace.AREAS:
            return self.areas[0].token
        return _TOKENS[namespace].format(self.project_id)

    @property
    def wiki_token(self) -> str:
        """Of every repository, where the wiki's is not known."""
        project = self.token(Namespace.REPOSITORIES)
        return f"{project}/{self.wiki}" if self.wiki else project


def areas_in(root: Node) -> tuple[Area, ...]:
    """Those of an answer, from the root down. A node is named by itself and by all those above it."""
    return tuple(_from(root, "", ""))


def _from(node: Node, path_above: str, token_above: str) -> Iterator[Area]:
    path = f"{path_above}{node.text('name')}"
    token = f"{token_above}{_NODE}{node.text('identifier')}"
    yield Area(node.number("id"), path, token)
    if node.get("children") is not None:
        for child in node.nodes("children"):
            yield from _from(child, f"{path}\\", f"{token}:")
