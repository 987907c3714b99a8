"""The wikis of the project: which there are, and making one."""

from __future__ import annotations

from typing import Any

from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.call import Call, read_choice
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.problem import Problem
from adapters.sandbox.refusals import WIKI, not_known_here
from adapters.sandbox.wiki.verbs import made
from adapters.sandbox.wiki.wikis import Wiki

BRANCH = "wikiMaster"


def listed(call: Call, organisation: Organisation) -> Answer:
    return of_list([_wiki(wiki, call, organisation) for wiki in organisation.wikis.by_name.values()])


def one(call: Call, organisation: Organisation) -> Answer:
    return of_json(_wiki(organisation.wikis.existing(call.names["wiki"]), call, organisation))


def create(call: Call, organisation: Organisation) -> Answer:
    body = call.json_object("name", "projectId", "type")
    kind = read_choice("type", body.get("type"), "projectwiki", "codewiki")
    if kind != "projectwiki" or body.get("projectId") != organisation.project_id:
        raise not_known_here("another wiki than a projectWiki of this project, by its id")
    if organisation.wikis.by_name:
        message = f"Wiki already exists with name '{body.get('name')}'."
        raise Problem(409, "WikiAlreadyExistsException", message, namespace=WIKI)
    return of_json(_wiki(made(organisation, str(body.get("name"))), call, organisation), 201)


def _wiki(wiki: Wiki, call: Call, organisation: Organisation) -> dict[str, Any]:
    return {
        "id": wiki.id,
        "versions": [{"version": BRANCH}],
        "url": f"{call.base}/{organisation.project_id}/_apis/wiki/wikis/{wiki.id}",
        "remoteUrl": f"{call.base}/{organisation.project_id}/_wiki/wikis/{wiki.id}",
        "type": "projectWiki",
        "name": wiki.name,
        "projectId": organisation.project_id,
        "repositoryId": wiki.id,
        "mappedPath": "/",
    }
