"""A client finds its way, whatever the case of the address."""

from __future__ import annotations

import pytest

from adapters.sandbox.azure import Azure
from tests.adapters.sandbox.client import BASE, Client
from tests.adapters.sandbox.conftest import BOT


@pytest.mark.parametrize("organisation", ["acme", "ACME", "Acme"])
def test_locations_are_told_whatever_the_case(client: Client, organisation: str) -> None:
    answer = client.session.options(f"http://sandbox/{organisation}/_APIS", timeout=5)

    rows = answer.json()["value"]
    assert answer.json()["count"] == len(rows) == len({row["id"] for row in rows}) > 50
    assert {"id", "area", "resourceName", "routeTemplate", "resourceVersion"} < set(rows[0])


def test_no_area_is_elsewhere(client: Client) -> None:
    assert client.get("/_apis/ResourceAreas").json() == {"count": 0, "value": []}


def test_the_service_says_who_is_signed_in(client: Client) -> None:
    user = client.get("/_apis/ConnectionData").json()["authenticatedUser"]

    assert user["providerDisplayName"] == "Shunter"
    assert user["properties"]["Account"]["$value"] == BOT


def test_the_project_is_found_by_name_and_by_id_and_tells_its_process(client: Client) -> None:
    by_name = client.get("/_apis/projects/mhhs", includeCapabilities="true").json()
    by_id = client.get(f"/_apis/projects/{by_name['id']}").json()

    assert by_id["name"] == "MHHS"
    assert by_name["capabilities"]["processTemplate"]["templateName"] == "MHHS Agile"


def test_another_project_does_not_exist(client: Client) -> None:
    answer = client.get("/Other/_apis/wit/workitems/1")

    assert answer.status_code == 404
    assert answer.json()["typeKey"] == "ProjectDoesNotExistWithNameException"


def test_every_answer_has_the_date_of_the_server_and_an_activity(azure: Azure, client: Client) -> None:
    headers = client.get("/_apis/projects").headers

    assert headers["Date"] == "Mon, 07 Dec 2026 09:00:00 GMT"
    assert headers["ActivityId"] != client.get("/_apis/projects").headers["ActivityId"]
    assert headers["X-VSS-UserData"].endswith(BOT)


@pytest.mark.parametrize("path", ["/_apis/wit/nothing", "/MHHS/_apis/test/plans", "/nowhere"])
def test_an_unknown_address_is_refused_by_name(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert "sandbox does not know" in answer.text
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_a_parameter_that_is_not_known_is_refused(client: Client) -> None:
    answer = client.get("/_apis/projects", depth="1")

    assert answer.status_code == 400
    assert "does not know the parameter ['depth']" in answer.text


def test_another_organisation_is_not_here(client: Client) -> None:
    assert client.session.get(BASE.replace("acme", "other") + "/_apis/projects", timeout=5).status_code == 404
