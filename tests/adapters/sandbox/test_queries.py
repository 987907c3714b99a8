"""What a query finds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from tests.adapters.sandbox.client import Client
from tests.adapters.sandbox.conftest import BOT, DEV, START, TIM

MEANT: dict[int, dict[str, object]] = {
    1: {
        "System.Title": "Meter read lost",
        "System.State": "Resolved",
        "Custom.FoundIn": "SIT-A",
        "System.AssignedTo": DEV,
    },
    2: {"System.Title": "O'Dowd's case", "System.State": "New", "Custom.FoundIn": "SIT-B", "System.Tags": "Hold SIT-B"},
    3: {"System.Title": "meter serial", "System.State": "Resolved", "System.Tags": "Hold; Emergency"},
    4: {
        "System.Title": "Change of tariff",
        "System.State": "New",
        "Custom.PlannedFor": datetime(2026, 12, 9, 15, tzinfo=UTC),
    },
}


@pytest.fixture(autouse=True)
def world(azure: Azure) -> None:
    for id, fields in MEANT.items():
        type = "Change Request" if id == 4 else "Bug"
        azure.put(id, type, fields, by=TIM, at=START - timedelta(days=5 - id))


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("[System.State] = 'resolved'", [1, 3]),
        ("[State] = 'Resolved'", [1, 3]),
        ("Id = 2", [2]),
        ("[System.Id] > 1 AND [System.Id] <= 3", [2, 3]),
        ("[System.Id] IN (4, 1)", [1, 4]),
        ("[System.State] NOT IN ('Resolved')", [2, 4]),
        ("[System.Id] = 1 OR [System.Id] = 2 AND [System.State] = 'Resolved'", [1]),
        ("([System.Id] = 1 OR [System.Id] = 2) AND NOT [System.State] = 'Resolved'", [2]),
        ("[System.TeamProject] = @project AND [System.WorkItemType] IN ('Change Request')", [4]),
        ("[System.Title] CONTAINS 'METER'", [1, 3]),
        ("[System.Title] NOT CONTAINS 'meter'", [2, 4]),
        ("[System.Title] = 'O''Dowd''s case'", [2]),
        ("[System.Title] = \"O'Dowd's case\"", [2]),
        ("[System.Tags] CONTAINS 'hold'", [3]),
        ("[System.Tags] CONTAINS 'Hold SIT-B'", [2]),
        ("[System.Tags] IS EMPTY", [1, 4]),
        ("[System.Tags] IS NOT EMPTY", [2, 3]),
        ("[Custom.FoundIn] = ''", [3, 4]),
        ("[Custom.FoundIn] <> ''", [1, 2]),
        ("[Custom.FoundIn] <> 'SIT-A'", [2, 3, 4]),
        ("[Custom.FoundIn] > 'SIT-A'", [2]),
        ("[System.AssignedTo] = 'Dev Patel'", [1]),
        ("[System.AssignedTo] = 'dev.patel@si.example'", [1]),
        ("[System.AssignedTo] = ''", [2, 3, 4]),
        ("[System.CreatedBy] = @me", []),
        ("[System.CreatedBy] = 'Tim O''Dowd'", [1, 2, 3, 4]),
        ("[System.AreaPath] UNDER 'MHHS'", [1, 2, 3, 4]),
        ("[System.AreaPath] NOT UNDER 'MHHS\\DCC'", [1, 2, 3, 4]),
        ("[Custom.PlannedFor] = '2026-12-09'", [4]),
        ("[System.CreatedDate] >= @today - 2", [3, 4]),
        ("[System.CreatedDate] < @today-2", [1, 2]),
        ("[System.CreatedDate] = [System.ChangedDate]", [1, 2, 3, 4]),
    ],
)
def test_a_condition_finds(client: Client, where: str, ids: list[int]) -> None:
    assert client.found(where) == ids


def test_ever_looks_into_the_past_and_was_finds_what_is_gone(azure: Azure, client: Client) -> None:
    azure.person(DEV).set_state(1, "Closed")

    assert client.found("EVER [System.State] = 'Resolved'") == [1, 3]
    assert client.found("[System.State] EVER 'Resolved'") == [1, 3]
    assert client.found("[System.State] = 'Resolved'") == [3]


def test_a_comment_is_found_by_its_words(azure: Azure, client: Client) -> None:
    azure.person(DEV).comment(2, "<p>Waiting for <b>DCC</b></p>")
    azure.person(DEV).set_state(2, "Active")

    assert client.found("[System.History] CONTAINS WORDS 'wait* dcc'") == [2]
    assert client.found("[System.History] CONTAINS WORDS 'wait'") == []


def test_times_count_only_when_asked_for(client: Client) -> None:
    later_that_day = "[Custom.PlannedFor] > '2026-12-09T14:00:00Z'"

    assert client.found(later_that_day, timePrecision="true") == [4]
    assert client.found("[Custom.PlannedFor] > '2026-12-09'") == []
    assert "cannot supply a time" in client.wiql(later_that_day).text


def test_results_come_in_the_order_that_was_asked_for(client: Client) -> None:
    by_state = "ORDER BY [System.State] DESC, [System.Id] DESC"

    assert client.found("[System.Id] > 0", order=by_state) == [3, 1, 4, 2]
    assert client.found("[System.Id] > 0", order="ORDER BY [Custom.FoundIn]") == [3, 4, 1, 2]
    assert client.found("[System.Id] > 0", order="ORDER BY [System.CreatedDate] DESC") == [4, 3, 2, 1]


def test_a_query_as_of_a_time_sees_what_was_so_then(azure: Azure, client: Client, clock: SettableClock) -> None:
    clock.advance(timedelta(hours=1))
    azure.person(DEV).set_state(3, "Closed")

    assert client.found("[System.State] = 'Resolved'", order="ASOF '2026-12-07T09:30:00Z'") == [1, 3]
    assert client.found("[System.Id] > 0", order="ASOF '2026-12-03T12:00:00Z'") == [1]


def test_the_answer_has_ids_and_nothing_else_of_the_items(client: Client) -> None:
    body = client.wiql("[System.Id] = 1", order="ORDER BY [System.Id]").json()

    assert set(body["workItems"][0]) == {"id", "url"}
    assert body["workItems"][0]["url"].endswith("/_apis/wit/workItems/1")
    assert body["asOf"] == "2026-12-07T09:00:00Z"
    assert body["columns"][0]["referenceName"] == "System.Id"
    assert body["sortColumns"][0]["descending"] is False
    assert "sortColumns" not in client.wiql("[System.Id] = 1").json()


def test_deleted_items_are_not_found(azure: Azure, client: Client) -> None:
    azure.person(DEV).delete(1)

    assert client.found("[System.State] = 'Resolved'") == [3]


def test_too_many_results_are_an_error_unless_fewer_are_asked_for(azure: Azure, client: Client) -> None:
    azure.organisation.limits.wiql_results = 3

    assert "VS402337" in client.wiql("[System.Id] > 0").text
    assert "VS402337" in client.wiql("[System.Id] > 0", top_=3).text
    assert client.found("[System.Id] > 0", top_=2) == [1, 2]
    assert client.found("[System.Id] > 1") == [2, 3, 4]


def test_a_lagging_index_hides_what_is_young(azure: Azure, client: Client, clock: SettableClock) -> None:
    azure.organisation.feed_lag = timedelta(minutes=5)
    azure.person(DEV).set_state(3, "Closed")

    assert client.found("[System.State] = 'Resolved'") == [1, 3]
    clock.advance(timedelta(minutes=6))
    assert client.found("[System.State] = 'Resolved'") == [1]


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("[Custom.Nothing] = 'x'", "TF51005"),
        ("[System.State] LIKE 'x'", "An operator is expected"),
        ("[System.Tags] = 'Hold'", "cannot be compared with ="),
        ("[System.Description] = 'x'", "cannot be compared with ="),
        ("[System.State] UNDER 'x'", "cannot be compared with UNDER"),
        ("[System.Id] = 'seven'", "does not fit"),
        ("[System.State] = 7", "does not fit"),
        ("[System.Id] = @follows", "does not know the macro @follows"),
        ("[System.CreatedDate] > @StartOfDay", "does not know the macro"),
        ("[System.AssignedTo] IN GROUP 'x'", "does not know the operator IN GROUP"),
        ("[System.CreatedDate] > '07/12/2026'", "write it in ISO 8601"),
        ("[System.State] = 'x", "character that cannot stand there"),
        ("([System.State] = 'x'", "closing bracket"),
        ("[System.State] = ", "A value is expected"),
        ("NOT EVER [System.State] = 'x'", "EVER cannot be negated"),
        ("[System.State] = 'x' GARBAGE", "Expecting the end of the query"),
    ],
)
def test_a_query_that_cannot_be_read_is_refused(client: Client, where: str, words: str) -> None:
    answer = client.wiql(where)

    assert answer.status_code == 400
    assert words in answer.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT [System.Id]", "TF51006: The query statement is missing a FROM clause."),
        ("SELECT [System.Id] FROM workitemLinks", "does not know queries over workitemLinks"),
        ("SELECT * FROM workitems", "A field is expected"),
        ("SELECT [System.Id] FROM workitems" + " " * 32_000, "longer than"),
    ],
)
def test_a_statement_that_cannot_be_read_is_refused(client: Client, query: str, words: str) -> None:
    answer = client.post("/MHHS/_apis/wit/wiql", {"query": query})

    assert answer.status_code == 400
    assert words in answer.text


def test_the_project_macro_needs_a_project_in_the_address(client: Client) -> None:
    query = {"query": "SELECT [System.Id] FROM workitems WHERE [System.TeamProject] = @project"}

    assert client.post("/_apis/wit/wiql", query).status_code == 400
    assert client.post("/MHHS/Some Team/_apis/wit/wiql", query).status_code == 200


def test_the_bot_is_me(azure: Azure, client: Client) -> None:
    id = azure.person(BOT).create("Candidate List", {"System.Title": "SIT-A, DCC"})

    assert client.found("[System.CreatedBy] = @me") == [id]
