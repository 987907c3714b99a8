"""The process as a client may read it."""

from __future__ import annotations

import pytest

from adapters.sandbox.actor import Actor
from tests.adapters.sandbox.client import PROJECT, Client

BUG_STATES = {
    "New": "Proposed",
    "Active": "InProgress",
    "Resolved": "Resolved",
    "Ready for Retest": "Resolved",
    "Closed": "Completed",
}


def test_the_states_of_a_type_stand_in_order_with_their_meaning(client: Client) -> None:
    rows = client.get(f"{PROJECT}/workitemtypes/bug/states").json()["value"]

    assert {row["name"]: row["category"] for row in rows} == BUG_STATES
    assert [row["name"] for row in rows] == list(BUG_STATES)


def test_a_type_tells_where_it_starts_and_where_it_may_go(client: Client) -> None:
    body = client.get(f"{PROJECT}/workitemtypes/Request%20for%20Change").json()

    assert body["transitions"][""] == [{"to": "Raised", "actions": None}]
    assert {"to": "Deployed", "actions": None} in body["transitions"]["Approved"]


def test_the_project_has_four_types(client: Client) -> None:
    names = [row["name"] for row in client.get(f"{PROJECT}/workitemtypes").json()["value"]]

    assert names == ["Bug", "Change Request", "Candidate List", "Request for Change"]


def test_allowed_values_are_told_when_asked_for(client: Client) -> None:
    def severity(**query: object) -> dict[str, object]:
        rows = client.get(f"{PROJECT}/workitemtypes/Bug/fields", **query).json()["value"]
        return next(row for row in rows if row["name"] == "Severity")

    assert severity(expand_="all")["allowedValues"] == ["1 - Critical", "2 - High", "3 - Medium", "4 - Low"]
    assert "allowedValues" not in severity()


@pytest.mark.parametrize(
    ("reference", "type", "is_identity", "read_only"),
    [
        ("Custom.RetestBy", "string", True, False),
        ("Custom.PlannedFor", "dateTime", False, False),
        ("Custom.ReleaseNote", "html", False, False),
        ("System.ChangedDate", "dateTime", False, True),
    ],
)
def test_a_field_tells_its_kind(client: Client, reference: str, type: str, is_identity: bool, read_only: bool) -> None:
    one = client.get(f"{PROJECT}/fields/{reference}").json()

    assert (one["type"], one["isIdentity"], one["readOnly"]) == (type, is_identity, read_only)
    assert one in client.get(f"{PROJECT}/fields").json()["value"]


def test_the_types_that_are_bugs_are_found_by_their_category(client: Client) -> None:
    one = client.get(f"{PROJECT}/workitemtypecategories/Microsoft.BugCategory").json()

    assert [kind["name"] for kind in one["workItemTypes"]] == ["Bug"]
    assert client.get(f"{PROJECT}/workitemtypecategories").json()["count"] == 2


def test_tags_are_known_once_they_are_used(client: Client, dev: Actor) -> None:
    id = dev.create("Bug", {"System.Title": "x", "System.Tags": "Hold"})
    dev.tag(id, "hold", "Emergency")

    names = [row["name"] for row in client.get(f"{PROJECT}/tags").json()["value"]]

    assert names == ["Emergency", "Hold"]


def test_link_types_tell_their_other_end(client: Client) -> None:
    rows = client.get("/_apis/wit/workitemrelationtypes").json()["value"]

    child = next(row for row in rows if row["name"] == "Child")
    assert len(rows) == 21
    assert child["attributes"]["oppositeEndReferenceName"] == "System.LinkTypes.Hierarchy-Reverse"


@pytest.mark.parametrize("path", ["workitemtypes/Epic", "workitemtypecategories/Nothing", "fields/Custom.Nothing"])
def test_what_the_process_has_not_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"{PROJECT}/{path}").status_code == 404
