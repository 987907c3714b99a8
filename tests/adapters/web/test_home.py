"""Whose events are ours: the organisation under either of its addresses, and the project by its id."""

from __future__ import annotations

import json

import pytest

from adapters.web.hooks.event import Event, read_event
from adapters.web.hooks.home import Home
from tests.adapters.web.an_event import an_event

MINE, ANOTHERS = "5b6b9b1e-7d3e-4f0a-9a57-1c2d3e4f5a6b", "00000000-0000-0000-0000-00000000cafe"


@pytest.mark.parametrize(
    ("ours", "theirs", "is_elsewhere"),
    [
        pytest.param("https://dev.azure.com/mhhs", "https://dev.azure.com/mhhs/", False, id="the same"),
        pytest.param("https://dev.azure.com/mhhs", "https://dev.azure.com/MHHS/", False, id="in other case"),
        pytest.param("https://dev.azure.com/mhhs", "https://mhhs.visualstudio.com/", False, id="its former address"),
        pytest.param("https://mhhs.visualstudio.com", "https://dev.azure.com/mhhs/", False, id="its new address"),
        pytest.param("https://dev.azure.com/mhhs", "https://dev.azure.com/fabrikam/", True, id="another"),
        pytest.param("https://dev.azure.com/mhhs", "https://fabrikam.visualstudio.com/", True, id="another's former"),
        pytest.param("https://dev.azure.com/mhhs", "", False, id="not told"),
        pytest.param("https://dev.azure.com/mhhs", "https://[", False, id="no address"),
        pytest.param("https://ado.mhhs.example/tfs", "https://internal-name/tfs/", False, id="a server has many names"),
    ],
)
def test_an_organisation_is_known_by_its_name(ours: str, theirs: str, *, is_elsewhere: bool) -> None:
    assert Home(ours).is_elsewhere(told(organisation=theirs)) is is_elsewhere


@pytest.mark.parametrize(
    ("known", "theirs", "is_elsewhere"),
    [
        pytest.param(MINE, MINE, False, id="ours"),
        pytest.param(MINE, MINE.upper(), False, id="ours in capitals"),
        pytest.param(MINE, ANOTHERS, True, id="another"),
        pytest.param("", ANOTHERS, False, id="not known yet"),
        pytest.param(MINE, "", False, id="not told, as of classic releases"),
    ],
)
def test_a_project_is_known_by_its_id(known: str, theirs: str, *, is_elsewhere: bool) -> None:
    home = Home("https://dev.azure.com/mhhs")
    home.project = known

    assert home.is_elsewhere(told(project=theirs)) is is_elsewhere


def told(*, organisation: str = "https://dev.azure.com/mhhs/", project: str = "") -> Event:
    containers = {"account": {"baseUrl": organisation}, **({"project": {"id": project}} if project else {})}
    return read_event(json.dumps(an_event(resourceContainers=containers)).encode())
