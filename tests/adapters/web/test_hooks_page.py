"""What `docs/hooks.md` tells people to do can be done as it stands, and nothing that it names is ignored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from adapters.configuration.load import load
from adapters.sandbox.azure import Azure
from adapters.sandbox.mhhs_seeds.people import TESS
from adapters.sandbox.transport import InProcess
from adapters.web.hooks.worth import TELLING
from tests.adapters.configuration.a_file import ENVIRON, LAST_LINE, changed
from tests.adapters.sandbox.client import Client
from tests.house import ROOT
from tests.jobs.small_world import small_world

PAGE = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")
EVENTS = re.findall(r"^\| .* \| `(workitem\.\w+)` \|$", PAGE, re.MULTILINE)


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def azure() -> Azure:
    return small_world()


@pytest.fixture
def client(azure: Azure) -> Iterator[Client]:
    with requests.Session() as session:
        session.mount("http://sandbox", InProcess(azure))
        session.auth = ("", azure.token_for(TESS))
        yield Client(session, "http://sandbox/sandbox")


def wanted(azure: Azure, event: str) -> dict[str, Any]:
    """The page's own request, for this event, this project, and an address of this machine."""
    told: dict[str, Any] = json.loads(block("json"))
    told["eventType"] = event
    told["publisherInputs"]["projectId"] = azure.organisation.project_id
    told["consumerInputs"]["url"] = "http://127.0.0.1:8420/hooks"
    return told


def test_the_page_names_events_that_are_hints() -> None:
    assert len(EVENTS) == 4
    assert set(EVENTS) < TELLING


@pytest.mark.parametrize("event", EVENTS)
def test_each_subscription_of_the_page_can_be_made(azure: Azure, client: Client, event: str) -> None:
    made = client.post("/_apis/hooks/subscriptions", wanted(azure, event))

    assert (made.status_code, made.json()["status"]) == (200, "enabled")


def test_the_settings_of_the_page_are_right(tmp_path: Path) -> None:
    (tmp_path / "hooks-password").touch(0o600)
    (tmp_path / "hooks-password").write_text("a-password-of-hooks")
    table = block("toml").replace("/etc/shunter/hooks-password", "hooks-password")
    (tmp_path / "config.toml").write_text(changed((LAST_LINE, f"{LAST_LINE}{table}")))

    assert load(tmp_path / "config.toml", ENVIRON).hooks is not None
