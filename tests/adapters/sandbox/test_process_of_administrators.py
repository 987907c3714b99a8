"""The process as its administrators see it: what a set-up compares its wishes with."""

from __future__ import annotations

import pytest

from adapters.sandbox.azure import Azure
from tests.adapters.sandbox.client import Client


@pytest.fixture
def process(azure: Azure) -> str:
    return f"/_apis/work/processes/{azure.organisation.process.id}"


def test_the_process_is_an_inherited_one(client: Client, process: str) -> None:
    (one,) = client.get("/_apis/work/processes").json()["value"]

    assert (one["name"], one["customizationType"]) == ("MHHS Agile", "inherited")
    assert client.get(process).json() == one
    assert client.get("/_apis/work/processes/00000000-0000-0000-0000-000000000000").status_code == 404


def test_types_are_found_by_their_reference_names_alone(client: Client, process: str) -> None:
    types = client.get(f"{process}/workItemTypes").json()["value"]

    assert "MHHSAgile.CandidateList" in {one["referenceName"] for one in types}
    assert client.get(f"{process}/workItemTypes/MHHSAgile.Bug", expand_="states").json()["states"][0]["name"] == "New"
    assert client.get(f"{process}/workItemTypes/Bug").status_code == 404


def test_states_have_their_category_and_order(client: Client, process: str) -> None:
    states = client.get(f"{process}/workItemTypes/MHHSAgile.Bug/states").json()["value"]

    assert [(s["name"], s["stateCategory"], s["order"]) for s in states][2:4] == [
        ("Resolved", "Resolved", 3),
        ("Ready for Retest", "Resolved", 4),
    ]


def test_fields_say_whose_they_are(client: Client, process: str) -> None:
    fields = client.get(f"{process}/workItemTypes/MHHSAgile.CandidateList/fields").json()["value"]

    by_name = {field["referenceName"]: (field["type"], field["customization"]) for field in fields}
    assert by_name["Custom.Seal"] == ("string", "custom")
    assert by_name["System.Title"] == ("string", "system")
