"""The SDK of Azure DevOps for Python, as it is, beyond work items: deployments, wiki, queries, hooks, permissions."""

from __future__ import annotations

import pytest
from azure.devops.connection import Connection
from azure.devops.exceptions import AzureDevOpsServiceError
from azure.devops.v7_1.security.models import PermissionEvaluation, PermissionEvaluationBatch
from azure.devops.v7_1.service_hooks.models import Subscription
from azure.devops.v7_1.wiki.models import WikiPageCreateOrUpdateParameters
from azure.devops.v7_1.work_item_tracking.models import QueryHierarchyItem

from adapters.sandbox import areas
from adapters.sandbox.azure import Azure
from adapters.sandbox.permissions import Right
from tests.adapters.sandbox.conftest import BOT


def test_deployments_to_an_environment_are_read(azure: Azure, connection: Connection) -> None:
    run = azure.pipelines.deploys(environment="SIT-A", pipeline="dcc", build="5.2.16.0")
    agents = connection.clients_v7_1.get_task_agent_client()

    (environment,) = agents.get_environments("MHHS", name="SIT-A")
    (record,) = agents.get_environment_deployment_execution_records("MHHS", environment.id, top=5)
    build = connection.clients_v7_1.get_build_client().get_build("MHHS", record.owner.id)

    assert (record.owner.id, record.result, record.finish_time is None) == (run, "succeeded", False)
    assert (build.build_number, build.result) == ("5.2.16.0", "succeeded")
    assert connection.clients_v7_1.get_pipelines_client().get_run("MHHS", 1, run).state == "completed"


def test_classic_releases_are_read_from_the_same_host(azure: Azure, connection: Connection) -> None:
    azure.releases.deploys(environment="SIT-A", definition="dcc", release="Release-1")

    (one,) = connection.clients_v7_1.get_release_client().get_deployments("MHHS", deployment_status="succeeded")

    assert (one.release.name, one.release_environment.name) == ("Release-1", "SIT-A")


def test_a_wiki_page_is_made_and_changed_by_its_etag(azure: Azure, connection: Connection) -> None:
    azure.wiki.create()
    wiki = connection.clients_v7_1.get_wiki_client()
    pages = ("MHHS", "MHHS.wiki", "/SIT-A")

    made = wiki.create_or_update_page(WikiPageCreateOrUpdateParameters(content="# One"), *pages, None)
    wiki.create_or_update_page(WikiPageCreateOrUpdateParameters(content="# Two"), *pages, made.eTag)

    assert wiki.get_page(*pages, include_content=True).page.content == "# Two"
    with pytest.raises(AzureDevOpsServiceError) as caught:
        wiki.create_or_update_page(WikiPageCreateOrUpdateParameters(content="# Three"), *pages, made.eTag)
    assert caught.value.type_key == "WikiPageHasConflictsException"
    assert [one.name for one in wiki.get_all_wikis("MHHS")] == ["MHHS.wiki"]


def test_queries_are_kept(connection: Connection) -> None:
    tracking = connection.clients_v7_1.get_work_item_tracking_client()
    wiql = "select [System.Id] from WorkItems"

    tracking.create_query(QueryHierarchyItem(name="Shunter", is_folder=True), "MHHS", "Shared Queries")
    made = tracking.create_query(QueryHierarchyItem(name="All", wiql=wiql), "MHHS", "Shared Queries/Shunter")
    tracking.update_query(QueryHierarchyItem(name="Every"), "MHHS", made.id)

    kept = tracking.get_query("MHHS", "Shared Queries/Shunter", expand="wiql", depth=1)
    assert [(query.name, query.wiql) for query in kept.children] == [("Every", wiql)]


def test_a_subscription_is_made(azure: Azure, connection: Connection) -> None:
    hooks = connection.clients_v7_1.get_service_hooks_client()
    wanted = Subscription(
        publisher_id="tfs",
        event_type="workitem.updated",
        resource_version="1.0",
        consumer_id="webHooks",
        consumer_action_id="httpRequest",
        publisher_inputs={"projectId": azure.organisation.project_id},
        consumer_inputs={"url": "http://127.0.0.1:9/hooks"},
    )

    made = hooks.create_subscription(wanted)

    assert (made.status, [one.id for one in hooks.list_subscriptions()]) == ("enabled", [made.id])


def test_permissions_are_asked_for(azure: Azure, connection: Connection) -> None:
    azure.permissions.take(BOT, Right.EDIT_ITEMS, "MHHS")
    asked = [
        PermissionEvaluation(right.bit, right.namespace, areas.token("MHHS"))
        for right in (Right.VIEW_ITEMS, Right.EDIT_ITEMS)
    ]
    security = connection.clients_v7_1.get_security_client()

    answered = security.has_permissions_batch(PermissionEvaluationBatch(evaluations=asked))

    assert [one.value for one in answered.evaluations] == [True, False]


def test_the_namespaces_say_what_each_permission_is_called(connection: Connection) -> None:
    found = connection.clients_v7_1.get_security_client().query_security_namespaces()

    named = {(space.namespace_id, action.name): action.bit for space in found for action in space.actions}
    assert named[Right.EDIT_ITEMS.namespace, "WORK_ITEM_WRITE"] == 32
    assert {space.name for space in found} >= {"CSS", "Project", "Tagging", "Build", "Git Repositories"}


def test_the_states_of_a_process_are_read(azure: Azure, connection: Connection) -> None:
    process = connection.clients_v7_1.get_work_item_tracking_process_client()

    states = process.get_state_definitions(azure.organisation.process.id, "MHHSAgile.Bug")

    assert [state.name for state in states][:2] == ["New", "Active"]
