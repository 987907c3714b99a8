"""What a stand-in for Azure DevOps must be faithful in, a point each; the files beside this one go into each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import requests

from adapters.sandbox import faults
from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import Fault
from adapters.sandbox.permissions import Right
from tests.adapters.sandbox.client import BASE, PROJECT, Client, expect, field, message, relation
from tests.adapters.sandbox.conftest import BOT
from tests.adapters.sandbox.endpoint import listening

RELATED = "System.LinkTypes.Related"


@pytest.fixture
def id(dev: Actor) -> int:
    return dev.create("Bug", {"System.Title": "Meter read lost"})


def test_discovery_in_any_case_by_name_or_guid_with_nothing_elsewhere(azure: Azure, client: Client, id: int) -> None:
    locations = client.session.options(f"{BASE.upper()[:-4]}acme/_APIS/WIT", timeout=5).json()["value"]
    project = azure.organisation.project_id

    assert {row["area"] for row in locations} == {"wit"}
    assert "$" in "".join(row["routeTemplate"] for row in locations)
    assert client.get("/_apis/resourceareas").json()["value"] == []
    assert client.get(f"/{project}/_apis/WIT/workitems/{id}").json()["id"] == id


def test_the_version_comes_in_the_accept_header_and_an_error_repeats_none(client: Client) -> None:
    answer = client.get("/_apis/projects")
    error = client.get(f"{PROJECT}/workitems/99")

    assert answer.headers["Content-Type"].endswith("api-version=7.1-preview")
    assert error.headers["Content-Type"] == "application/json; charset=utf-8"
    assert {"$id", "innerException", "message", "typeName", "typeKey", "errorCode", "eventId"} == set(error.json())


def test_a_body_may_come_in_chunks(client: Client) -> None:
    pieces = iter([b'{"query": "SELECT [System.Id] ', b'FROM workitems"}'])
    answer = client.session.post(
        f"{BASE}{PROJECT}/wiql", data=pieces, headers={"Content-Type": "application/json"}, timeout=5
    )

    assert answer.json()["workItems"] == []


def test_a_patch_is_all_or_nothing_and_links_move_no_revision(azure: Azure, client: Client, id: int) -> None:
    other = client.create("Bug", field("System.Title", "x")).json()["id"]
    client.patch(id, field("System.Tags", "b"))
    client.patch(id, field("System.Tags", "a"))
    linked = client.patch(id, relation(RELATED, other))

    assert azure.item(id).tags == ("a", "b")
    assert (linked.json()["rev"], azure.item(other).links(RELATED)) == (3, (id,))
    assert client.get(f"{PROJECT}/workitems/{other}/updates").json()["value"][-1]["rev"] == 1
    assert client.patch(id, expect(1), field("System.Title", "y")).status_code == 412
    assert client.patch(id, field("System.Title", "y"), field("System.State", "Nowhere")).status_code == 400
    assert azure.item(id).fields["System.Title"] == "Meter read lost"


def test_rules_states_reasons_dates_and_people_are_checked(client: Client, id: int) -> None:
    untitled = client.create("Bug", field("Custom.FoundIn", "SIT-A"))
    resolved = client.patch(id, field("System.State", "Resolved")).json()["fields"]

    assert untitled.json()["typeKey"] == "RuleValidationException"
    assert "RuleValidationErrors" in untitled.json()["customProperties"]
    assert client.create("Bug", field("System.Title", "x"), field("System.State", "Closed")).status_code == 400
    assert (resolved["System.Reason"], "Microsoft.VSTS.Common.ResolvedDate" in resolved) == ("Fixed", True)
    assert "unknown identity" in message(client.patch(id, field("System.AssignedTo", "nobody@x.example")))


def test_a_query_gives_ids_only_by_days_and_what_one_may_see(azure: Azure, client: Client, id: int) -> None:
    azure.organisation.limits.wiql_results = 1
    assert set(client.wiql("[System.Id] > 0").json()["workItems"][0]) == {"id", "url"}
    assert client.found("[System.CreatedBy] = @me OR [System.CreatedDate] >= @today") == [id]
    assert client.wiql("[System.ChangedDate] > '2026-12-07T08:00:00Z'").status_code == 400
    assert client.found("[System.ChangedDate] > '2026-12-07T08:00:00Z'", timePrecision="true") == [id]

    client.create("Bug", field("System.Title", "x"))
    assert message(client.wiql("[System.Id] > 0")).startswith("VS402337")
    azure.permissions.take(BOT, Right.VIEW_ITEMS)
    assert client.found("[System.Id] > 0") == []


def test_a_batch_has_its_limit_its_order_and_its_gaps(azure: Azure, client: Client, dev: Actor) -> None:
    ids = [dev.create("Bug", {"System.Title": str(number)}) for number in range(5)]
    path = f"{PROJECT}/workitemsbatch"
    asked = client.post(path, {"ids": [*ids, 99], "errorPolicy": "omit", "fields": ["System.Title"]}).json()["value"]

    assert [item for item in asked if item is None] == [None]
    assert [item["id"] for item in asked if item] != ids
    assert client.post(path, {"ids": ids, "fields": [], "$expand": "relations"}).status_code == 400
    assert message(client.post(path, {"ids": list(range(1, 202))})).startswith("VS403474")
    assert "Custom.FoundIn" not in client.get(f"{PROJECT}/workitems/{ids[0]}").json()["fields"]


def test_the_feed_has_values_a_token_at_its_end_and_no_links(azure: Azure, client: Client, id: int) -> None:
    azure.organisation.empty_page_before_last = True
    empty = client.feed()
    page = client.feed(continuationToken=empty["continuationToken"])
    azure.organisation.empty_page_before_last = False
    other = client.create("Bug", field("System.Title", "x")).json()["id"]
    client.patch(id, relation(RELATED, other))
    rest = client.feed(continuationToken=page["continuationToken"])

    assert (empty["values"], empty["isLastBatch"], page["isLastBatch"]) == ([], False, True)
    assert page["values"][0]["fields"]["System.ChangedBy"] == "Dev Patel <dev.patel@si.example>"
    assert [(row["id"], row["rev"]) for row in rest["values"]] == [(other, 1)]


def test_a_batch_of_changes_is_200_with_bodies_that_are_text(client: Client, id: int) -> None:
    headers = {"Content-Type": "application/json-patch+json"}
    parts = [
        {
            "method": "PATCH",
            "uri": f"/_apis/wit/workitems/{number}?api-version=7.1",
            "headers": headers,
            "body": [field("System.Title", "x")],
        }
        for number in (id, 99)
    ]
    answer = client.batch(parts)

    assert (answer.status_code, [part["code"] for part in answer.json()["value"]]) == (200, [200, 404])
    assert all(isinstance(part["body"], str) for part in answer.json()["value"])


def test_comments_make_revisions_and_come_newest_first(azure: Azure, client: Client, id: int) -> None:
    for text in ("one", "two"):
        client.post(f"{PROJECT}/workitems/{id}/comments", {"text": text})
    listed = client.get(f"{PROJECT}/workitems/{id}/comments").json()["comments"]

    assert ([comment["text"] for comment in listed], azure.item(id).rev) == (["two", "one"], 3)


def test_a_wiki_page_has_a_quoted_etag_and_needs_the_pages_above_it(azure: Azure, client: Client) -> None:
    azure.wiki.create()

    def put(path: str, etag: str = "") -> requests.Response:
        where = f"{BASE}/MHHS/_apis/wiki/wikis/MHHS.wiki/pages"
        headers = {"If-Match": etag} if etag else {}
        return client.session.put(where, params={"path": path}, json={"content": "x"}, headers=headers, timeout=5)

    made = put("/a")
    assert made.headers["ETag"].strip('"') != made.headers["ETag"]
    statuses = [made, put("/a", made.headers["ETag"]), put("/a"), put("/a", '"0"'), put("/b/c"), put("/d", '"0"')]
    assert [answer.status_code for answer in statuses] == [201, 200, 409, 412, 404, 404]


def test_deployment_records_have_no_result_while_they_run_and_their_token_in_a_header(
    azure: Azure, client: Client
) -> None:
    azure.pipelines.starts(environment="SIT-A", pipeline="dcc", build="5.2.16.0", jobs=("Web", "Data"))
    answer = client.get("/MHHS/_apis/distributedtask/environments/1/environmentdeploymentrecords", top=1)

    assert "result" not in answer.json()["value"][0]
    assert answer.headers["X-MS-ContinuationToken"] == "1"


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        pytest.param(faults.unauthorised(), (401, ""), id="401, empty"),
        pytest.param(faults.sign_in_page(), (203, "text/html"), id="203, a page"),
        pytest.param(faults.redirected(), (302, "text/html"), id="302"),
        pytest.param(faults.throttled(), (429, "application/json"), id="429"),
        pytest.param(faults.throttled(5), (429, "application/json"), id="429 and how long"),
        pytest.param(faults.slowed_down(5), (200, "application/json"), id="200 and how long"),
        pytest.param(faults.unavailable(applied=False), (503, "application/json"), id="503"),
        pytest.param(faults.changed_meanwhile(), (409, "application/json"), id="TF26071"),
        pytest.param(faults.slow(0.01), (200, "application/json"), id="slow"),
    ],
)
def test_faults_come_on_demand(azure: Azure, client: Client, id: int, fault: Fault, seen: tuple[int, str]) -> None:
    azure.faults.add("update", fault)
    answer = client.patch(id, field("System.Title", "x"))

    assert (answer.status_code, answer.headers.get("Content-Type", "").partition(";")[0]) == seen


def test_a_connection_may_break_after_the_change_was_made(azure: Azure, client: Client, id: int) -> None:
    azure.faults.add("update", faults.reset(applied=True))

    with pytest.raises(requests.ConnectionError):
        client.patch(id, field("System.Title", "x"))
    assert azure.item(id).rev == 2


def test_html_comes_back_in_other_bytes(client: Client, id: int) -> None:
    sent = "<P onclick=x>A<script>b</script><!-- c --></P>"
    kept = client.patch(id, field("Microsoft.VSTS.TCM.ReproSteps", sent)).json()["fields"]

    assert kept["Microsoft.VSTS.TCM.ReproSteps"] == "<p>A</p>"


@pytest.mark.parametrize(
    ("go_wrong", "revisions"),
    [
        pytest.param(lambda hooks: hooks.deliver(), [2, 3], id="as it should be"),
        pytest.param(lambda hooks: hooks.deliver(twice=True), [2, 2, 3, 3], id="twice"),
        pytest.param(lambda hooks: hooks.deliver(newest_first=True), [3, 2], id="in the wrong order"),
        pytest.param(lambda hooks: hooks.lose(), [], id="never"),
    ],
)
def test_service_hooks_are_told_as_badly_as_asked_for(
    azure: Azure, id: int, dev: Actor, go_wrong: Callable[[object], object], revisions: list[int]
) -> None:
    with listening() as endpoint:
        one = azure.hooks.subscribe("workitem.updated", endpoint.url)
        dev.set_state(id, "Active")
        dev.set_state(id, "Resolved")
        go_wrong(azure.hooks)
        assert [post["resource"]["rev"] for post in endpoint.posts] == revisions

        endpoint.answers = [500]
        dev.set_state(id, "Closed")
        azure.hooks.deliver()
        assert azure.hooks.subscription(one.id).status.value == "onProbation"
        azure.hooks.press_test(one.id)
        assert endpoint.posts[-1]["resource"]["workItemId"] == 0
        assert azure.hooks.subscription(one.id).next_try == azure.clock.now() + timedelta(minutes=20)
