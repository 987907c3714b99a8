"""Alerts: each rule asks for numbers that exist, has been tried, and has its paragraph that says what to do."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest

from adapters.metrics import registry_of
from bot.canary import CanaryReport
from jobs.metrics import METRICS
from jobs.signs import Signs
from tests.house import ROOT

RULES = ROOT / "deploy" / "alerts.rules.yml"
PAGE = ROOT / "docs" / "alerts.md"
AT = datetime(2026, 12, 7, 9, tzinfo=UTC)
ALL_TOLD = Signs(
    interval=timedelta(minutes=2),
    acts=True,
    started=AT,
    succeeded={"propose": AT},
    waiting={123: AT},
    uncertain=(AT,),
    credential_ends=AT,
    canary=CanaryReport("r1", AT, ()),
)
WORDS_OF_PROMETHEUS = {"absent", "and", "clamp_min", "or", "time", "unless"}


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load(RULES.read_text())["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def asked_for(expression: str) -> set[str]:
    return set(re.findall(r"[a-z]\w*", expression)) - WORDS_OF_PROMETHEUS


def told() -> set[str]:
    lines = generate_latest(registry_of(METRICS, lambda: ALL_TOLD)).decode().splitlines()
    return {re.split(r"[ {]", line)[0] for line in lines if not line.startswith("#")}


EACH = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])


@EACH
def test_it_asks_for_what_is_told(rule: dict[str, Any]) -> None:
    assert asked_for(rule["expr"])
    assert asked_for(rule["expr"]) - told() == set()


@EACH
def test_it_says_how_bad_it_is_and_where_it_is_written_what_to_do(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert rule["annotations"]["summary"].endswith(".")
    assert rule["annotations"]["runbook_url"] == f"docs/alerts.md#{rule['alert'].lower()}"


def test_for_each_there_is_a_paragraph_and_for_nothing_else() -> None:
    page = PAGE.read_text()

    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == [rule["alert"] for rule in rules()]
    paragraphs = re.split(r"^## .+$", page, flags=re.MULTILINE)[1:]
    assert all(len(paragraph.split()) > 30 for paragraph in paragraphs)


def test_each_is_tried_by_the_tests_of_promtool() -> None:
    tests = yaml.safe_load((RULES.parent / "alerts.tests.yml").read_text())["tests"]
    tried = {(one["alertname"], bool(one["exp_alerts"])) for test in tests for one in test["alert_rule_test"]}

    assert tried == {(rule["alert"], fires) for rule in rules() for fires in (True, False)}
