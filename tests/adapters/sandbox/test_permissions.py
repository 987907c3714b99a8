"""What people may do, what happens where they may not, and how a client asks."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.sandbox import areas
from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.mhhs_process import MHHS_PROCESS
from adapters.sandbox.permissions import Right, Space
from adapters.sandbox.problem import Problem
from adapters.sandbox.security_tokens import project_token
from tests.adapters.sandbox.client import PROJECT, Client, field, message
from tests.adapters.sandbox.conftest import BOT, DEV, PEOPLE

SECRET = "MHHS\\Secret"
AREA = "System.AreaPath"


@pytest.fixture
def azure(clock: SettableClock) -> Azure:
    return Azure(organisation="acme", project="MHHS", process=MHHS_PROCESS, people=PEOPLE, clock=clock, areas=[SECRET])


@pytest.fixture
def ids(dev: Actor) -> tuple[int, int]:
    """One that everybody sees, and one in the secret area."""
    return dev.create("Bug", {"System.Title": "x"}), dev.create("Bug", {"System.Title": "y", AREA: SECRET})


def evaluation(right: Right, token: str) -> dict[str, Any]:
    return {"securityNamespaceId": right.namespace, "token": token, "permissions": right.bit}


def test_what_one_may_not_see_is_missing_from_queries_and_does_not_exist(
    azure: Azure, client: Client, ids: tuple[int, int]
) -> None:
    azure.permissions.take(BOT, Right.VIEW_ITEMS, SECRET)
    open_one, secret = ids
    omitted = client.post(f"{PROJECT}/workitemsbatch", {"ids": [open_one, secret], "errorPolicy": "omit"}).json()

    assert client.found("[System.Id] > 0") == [open_one]
    assert client.get(f"{PROJECT}/workitems/{secret}").status_code == 404
    assert sorted(item is None for item in omitted["value"]) == [False, True]
    assert client.patch(secret, field("System.Title", "z")).status_code == 404


def test_what_one_may_see_but_not_edit_stays_as_it_is(azure: Azure, client: Client, ids: tuple[int, int]) -> None:
    azure.permissions.take(BOT, Right.EDIT_ITEMS, SECRET)
    open_one, secret = ids

    refused = client.patch(secret, field("System.Title", "z"))
    moved = client.patch(open_one, field(AREA, SECRET))

    assert (refused.status_code, moved.status_code) == (403, 403)
    assert "Edit work items in this node" in refused.json()["message"]
    assert client.patch(open_one, field("System.Title", "z")).status_code == 200
    azure.permissions.give_back(BOT, Right.EDIT_ITEMS, SECRET)
    assert client.patch(secret, field("System.Title", "z")).status_code == 200


def test_a_person_at_work_is_held_by_the_same_permissions(azure: Azure, dev: Actor, ids: tuple[int, int]) -> None:
    azure.permissions.take(DEV, Right.CREATE_TAG)

    with pytest.raises(Problem, match="Create tag definition"):
        dev.tag(ids[0], "Hold")


def test_a_person_who_may_not_delete_does_not(azure: Azure, client: Client, dev: Actor, ids: tuple[int, int]) -> None:
    azure.permissions.take(BOT, Right.DELETE_ITEMS)

    answer = client.session.delete(f"{client.base}{PROJECT}/workitems/{ids[0]}", timeout=5)

    assert (answer.status_code, azure.item(ids[0]).is_deleted) == (403, False)
    dev.delete(ids[0])
    assert azure.item(ids[0]).is_deleted


def test_a_project_that_one_may_not_see_does_not_exist(azure: Azure, client: Client) -> None:
    azure.permissions.take(BOT, Right.VIEW_PROJECT)

    assert message(client.get(f"{PROJECT}/fields")).startswith("TF200016")


@pytest.mark.parametrize(
    ("right", "path"),
    [
        pytest.param(Right.VIEW_BUILDS, "/MHHS/_apis/build/builds", id="builds"),
        pytest.param(Right.VIEW_ENVIRONMENT, "/MHHS/_apis/pipelines/environments", id="environments"),
        pytest.param(Right.VIEW_RELEASES, "/MHHS/_apis/release/deployments", id="releases"),
        pytest.param(Right.VIEW_SUBSCRIPTIONS, "/_apis/hooks/subscriptions", id="subscriptions"),
    ],
)
def test_a_read_is_refused_by_name(azure: Azure, client: Client, right: Right, path: str) -> None:
    assert client.get(path).status_code == 200
    azure.permissions.take(BOT, right)

    answer = client.get(path)

    assert (answer.status_code, right.words in answer.json()["message"]) == (403, True)


def test_a_client_asks_for_many_permissions_at_once(azure: Azure, client: Client) -> None:
    azure.permissions.take(BOT, Right.EDIT_ITEMS, SECRET)
    asked = [
        evaluation(Right.EDIT_ITEMS, areas.token("MHHS")),
        evaluation(Right.EDIT_ITEMS, areas.token(SECRET)),
        evaluation(Right.VIEW_ITEMS, areas.token(SECRET)),
    ]

    answer = client.post("/_apis/security/permissionevaluationbatch", {"evaluations": asked}).json()

    assert [one["value"] for one in answer["evaluations"]] == [True, False, True]


def test_a_client_asks_for_one_permission_on_many_tokens(azure: Azure, client: Client) -> None:
    azure.permissions.take(BOT, Right.EDIT_ITEMS, SECRET)
    tokens = f"{areas.token('MHHS')},{areas.token(SECRET)}"

    answer = client.get(f"/_apis/permissions/{Right.EDIT_ITEMS.namespace}/{Right.EDIT_ITEMS.bit}", tokens=tokens)

    assert answer.json() == {"count": 2, "value": [True, False]}


@pytest.mark.parametrize(
    ("right", "bits", "token"),
    [
        pytest.param(Right.VIEW_ITEMS, 16 | 1024, areas.token("MHHS"), id="a bit that the namespace does not have"),
        pytest.param(Right.VIEW_ITEMS, 16, areas.token("MHHS\\Nowhere"), id="an area that is not there"),
        pytest.param(Right.VIEW_BUILDS, 1, "00000000-0000-0000-0000-000000000000", id="another project"),
        pytest.param(Right.BYPASS_RULES, Right.BYPASS_RULES.bit, "", id="a right that nobody was given"),
    ],
)
def test_nobody_has_what_is_not_there_or_was_not_given(
    azure: Azure, client: Client, right: Right, bits: int, token: str
) -> None:
    token = token or project_token(right.space, azure.organisation)

    answer = client.get(f"/_apis/permissions/{right.namespace}/{bits}", tokens=token)

    assert answer.json()["value"] == [False]


def test_a_namespace_that_is_not_there_ends_the_whole_batch(client: Client) -> None:
    asked = [evaluation(Right.VIEW_ITEMS, areas.token("MHHS"))]
    asked.append({**asked[0], "securityNamespaceId": "00000000-0000-0000-0000-000000000001"})

    answer = client.post("/_apis/security/permissionevaluationbatch", {"evaluations": asked})

    assert (answer.status_code, answer.json()["typeKey"]) == (404, "InvalidSecurityNamespaceException")


def test_what_is_settled_below_outweighs_what_is_settled_above(azure: Azure, client: Client) -> None:
    azure.permissions.take(BOT, Right.EDIT_ITEMS)
    azure.permissions.give(BOT, Right.EDIT_ITEMS, SECRET)
    tokens = f"{areas.token('MHHS')},{areas.token(SECRET)}"

    answer = client.get(f"/_apis/permissions/{Right.EDIT_ITEMS.namespace}/{Right.EDIT_ITEMS.bit}", tokens=tokens)

    assert answer.json()["value"] == [False, True]


def test_who_may_write_the_wiki_alone_may_not_write_other_repositories(azure: Azure, client: Client) -> None:
    azure.wiki.create()
    azure.permissions.only_the_wiki(BOT)
    right, code = Right.CONTRIBUTE_WIKI, project_token(Space.REPOSITORIES, azure.organisation)
    wiki = client.get("/MHHS/_apis/wiki/wikis/MHHS.wiki").json()["repositoryId"]

    answer = client.get(f"/_apis/permissions/{right.namespace}/{right.bit}", tokens=f"{code},{code}/{wiki}")

    assert answer.json()["value"] == [False, True]


def test_the_token_of_an_area_is_made_of_the_nodes_that_the_service_shows(client: Client) -> None:
    root = client.get(f"{PROJECT}/classificationnodes/Areas", depth_=1).json()

    nodes = [root["identifier"], root["children"][0]["identifier"]]
    assert areas.token(SECRET) == ":".join(f"vstfs:///Classification/Node/{node}" for node in nodes)
    assert client.get(f"{PROJECT}/classificationnodes/areas/secret").json()["path"] == "\\MHHS\\Area\\Secret"
    assert client.get(f"{PROJECT}/classificationnodes/areas/Other").status_code == 404
    assert [node["structureType"] for node in client.get(f"{PROJECT}/classificationnodes").json()["value"]] == [
        "area",
        "iteration",
    ]


def test_only_rights_on_work_items_have_areas(azure: Azure) -> None:
    with pytest.raises(ValueError, match="not a permission on an area"):
        azure.permissions.take(BOT, Right.VIEW_BUILDS, SECRET)
    with pytest.raises(ValueError, match=r"there is no area 'MHHS\\\\Other'"):
        azure.permissions.take(BOT, Right.EDIT_ITEMS, "MHHS\\Other")
