"""Reading work items by id."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from tests.adapters.sandbox.client import PROJECT, Client
from tests.adapters.sandbox.conftest import DEV, START

BATCH = f"{PROJECT}/workitemsbatch"


@pytest.fixture(autouse=True)
def ten_defects(azure: Azure) -> None:
    for id in range(1, 11):
        azure.put(id, "Bug", {"System.Title": f"Defect {id}"}, by=DEV, at=START)


def test_fields_without_a_value_are_absent_and_ids_stand_beside_the_fields(client: Client) -> None:
    body = client.get(f"{PROJECT}/workitems/1").json()

    assert (body["id"], body["rev"]) == (1, 1)
    assert body["fields"]["System.CreatedBy"]["uniqueName"] == DEV
    assert body["fields"]["System.CreatedDate"] == "2026-12-07T09:00:00Z"
    assert not {"Custom.FoundIn", "System.Id", "System.Rev"} & set(body["fields"])
    assert "relations" not in body


def test_everything_shows_what_the_server_works_out(client: Client) -> None:
    fields = client.get(f"{PROJECT}/workitems/1", expand_="all").json()["fields"]

    assert (fields["System.Id"], fields["System.Rev"]) == (1, 1)
    assert fields["System.RevisedDate"] == "9999-01-01T00:00:00Z"
    assert fields["System.AuthorizedAs"]["displayName"] == "Dev Patel"


def test_only_the_fields_that_were_asked_for(client: Client) -> None:
    body = client.post(BATCH, {"ids": [1], "fields": ["System.Id", "system.title", "Custom.FoundIn"]}).json()

    assert body["value"][0]["fields"] == {"System.Id": 1, "System.Title": "Defect 1"}


def test_a_batch_answers_in_an_order_of_its_own(client: Client) -> None:
    asked = list(range(1, 11))

    answered = [item["id"] for item in client.post(BATCH, {"ids": asked}).json()["value"]]

    assert sorted(answered) == asked
    assert answered not in (asked, asked[::-1])


def test_one_missing_item_fails_a_batch_or_leaves_a_gap(client: Client, dev: Actor) -> None:
    dev.delete(2)

    strict = client.post(BATCH, {"ids": [1, 2, 99]})
    lenient = client.post(BATCH, {"ids": [1, 2, 99], "errorPolicy": "omit"}).json()

    assert (strict.status_code, strict.json()["message"][:9]) == (404, "TF401232:")
    assert lenient["count"] == 3
    assert sorted(item["id"] if item else 0 for item in lenient["value"]) == [0, 0, 1]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"ids": list(range(1, 202))}, "VS403474: You requested 201 work items which exceeds the limit of 200."),
        ({"ids": [1], "fields": [], "$expand": "relations"}, "can not be used with the fields parameter"),
        ({"ids": [1], "fields": ["Custom.Nothing"]}, "TF51535: Cannot find field Custom.Nothing."),
        ({"ids": [1, 1]}, "names one twice"),
        ({"ids": ["1"]}, "does not know the ids"),
        ({"ids": [1], "depth": 1}, "does not know the key ['depth']"),
        ({"ids": [1], "$expand": "much"}, "does not know the value 'much'"),
        ({"ids": [1], "asOf": "2026-12-07T09:00:00"}, "with its zone"),
    ],
)
def test_a_batch_that_asks_wrongly_is_refused(client: Client, body: object, words: str) -> None:
    answer = client.post(BATCH, body)

    assert answer.status_code == 400
    assert words in answer.text


def test_an_item_as_it_was(client: Client, clock: SettableClock, dev: Actor) -> None:
    clock.advance(timedelta(hours=2))
    dev.edit(1, {"System.Title": "Renamed"})

    then = client.get(f"{PROJECT}/workitems/1", asOf="2026-12-07T10:00:00Z").json()

    assert (then["rev"], then["fields"]["System.Title"]) == (1, "Defect 1")
    assert then["url"].endswith("/revisions/1")
    assert client.get(f"{PROJECT}/workitems/1", asOf="2026-12-01").status_code == 404


def test_several_by_address(client: Client) -> None:
    body = client.get(f"{PROJECT}/workitems", ids="3,1", fields="System.Title").json()

    assert {item["fields"]["System.Title"] for item in body["value"]} == {"Defect 1", "Defect 3"}
