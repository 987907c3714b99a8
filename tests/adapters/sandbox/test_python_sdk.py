"""The SDK of Azure DevOps for Python, as it is, works against the sandbox."""

from __future__ import annotations

from typing import Any

import pytest
from azure.devops.connection import Connection
from azure.devops.exceptions import AzureDevOpsServiceError
from azure.devops.v7_1.work_item_tracking.models import (
    JsonPatchOperation,
    TeamContext,
    Wiql,
    WorkItemBatchGetRequest,
)

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from tests.adapters.sandbox.conftest import DEV

BATCH = "92eefc1f-1e81-473d-88d6-749205248dc3"


@pytest.fixture
def tracking(connection: Connection) -> Any:
    return connection.clients_v7_1.get_work_item_tracking_client()


@pytest.fixture
def id(dev: Actor) -> int:
    return dev.create("Bug", {"System.Title": "Meter read lost"})


def operation(op: str, path: str, value: object) -> JsonPatchOperation:
    return JsonPatchOperation(op=op, path=path, value=value)


def test_connecting_takes_two_requests(azure: Azure, tracking: Any) -> None:
    tracking.query_by_wiql(Wiql(query="SELECT [System.Id] FROM workitems"), top=3)

    assert [(e.method, e.operation) for e in azure.journal] == [
        ("OPTIONS", "discovery"),
        ("GET", "discovery"),
        ("POST", "wiql"),
    ]


def test_queries_and_batches_are_read(tracking: Any, id: int) -> None:
    query = Wiql(query="SELECT [System.Id] FROM workitems WHERE [System.TeamProject] = @project")
    found = tracking.query_by_wiql(query, team_context=TeamContext(project="MHHS"), time_precision=True, top=10)

    wanted = WorkItemBatchGetRequest(ids=[found.work_items[0].id, 99], fields=["System.Title"], error_policy="omit")
    read = [item for item in tracking.get_work_items_batch(wanted, "MHHS") if item is not None]

    assert [(item.id, item.rev, item.fields) for item in read] == [(id, 1, {"System.Title": "Meter read lost"})]


def test_items_are_created_and_changed(azure: Azure, tracking: Any) -> None:
    made = tracking.create_work_item([operation("add", "/fields/System.Title", "x")], "MHHS", "Request for Change")
    patch = [operation("test", "/rev", 1), operation("add", "/fields/System.State", "Approved")]

    changed = tracking.update_work_item(patch, made.id)

    assert (changed.rev, azure.item(made.id).state) == (2, "Approved")
    with pytest.raises(AzureDevOpsServiceError) as caught:
        tracking.update_work_item(patch, made.id)
    assert caught.value.type_key == "TestPatchOperationFailedException"


def test_a_batch_of_changes_is_sent_by_its_location(azure: Azure, tracking: Any, id: int) -> None:
    part = {
        "method": "PATCH",
        "uri": f"/_apis/wit/workitems/{id}?api-version=7.1",
        "headers": {"Content-Type": "application/json-patch+json"},
        "body": [{"op": "add", "path": "/fields/System.State", "value": "Active"}],
    }

    tracking._send("PATCH", BATCH, "7.1", content=[part])  # noqa: SLF001 - the SDK has no method for it

    assert azure.item(id).state == "Active"


def test_the_process_and_the_history_are_read(tracking: Any, id: int, dev: Actor) -> None:
    dev.comment(id, "ours")

    states = tracking.get_work_item_type_states("MHHS", "Request for Change")
    assert [state.name for state in states][:2] == ["Raised", "Approved"]
    assert tracking.get_work_item_type("MHHS", "Bug").reference_name == "MHHSAgile.Bug"
    fields = tracking.get_work_item_type_fields_with_references("MHHS", "Bug", expand="all")
    assert {"Custom.FoundIn", "System.State"} < {field.reference_name for field in fields}
    assert "Custom.Seal" in {field.reference_name for field in tracking.get_work_item_fields("MHHS")}
    assert [update.rev for update in tracking.get_updates(id, project="MHHS")] == [1, 2]
    assert [revision.rev for revision in tracking.get_revisions(id, project="MHHS")] == [1, 2]
    (comment,) = tracking.get_comments("MHHS", id).comments
    assert (comment.text, comment.created_by.unique_name) == ("ours", DEV)
    assert len(tracking.get_relation_types()) == 21
    assert tracking.get_work_item_type_categories("MHHS")[0].reference_name == "Microsoft.BugCategory"


def test_the_feeds_are_read(tracking: Any, id: int, dev: Actor) -> None:
    other = dev.create("Bug", {"System.Title": "x"})
    dev.link(id, "System.LinkTypes.Related", other)

    revisions = tracking.read_reporting_revisions_get(
        project="MHHS", fields=["System.Id", "System.State"], include_latest_only=True, include_deleted=True
    ).additional_properties
    links = tracking.get_reporting_links_by_link_type(project="MHHS").additional_properties

    assert [row["id"] for row in revisions["values"]] == [id, other]
    assert revisions["isLastBatch"]
    assert [(row["sourceId"], row["targetId"]) for row in links["values"]] == [(id, other)]


def test_the_project_is_read(connection: Connection) -> None:
    project = connection.clients_v7_1.get_core_client().get_project("MHHS", include_capabilities=True)

    assert project.capabilities["processTemplate"]["templateName"] == "MHHS Agile"
