"""What sources of evidence show, as values for the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.facts import Facts
from bot.outcome import Outcome
from bot.sighting import Shows, Sighting
from tests.bot.world import MONDAY, number

TEN_PAST = MONDAY + timedelta(minutes=10)


def a_deployment(release: str = "5.2.16.0", at: datetime = TEN_PAST, **other: Any) -> Sighting:
    """Ended well, in SIT-A, ten minutes after the window opened."""
    words = f"pipeline dcc-release, run {release}, stage SIT-A: {other.get('outcome', Outcome.SUCCEEDED).value}"
    usual = Sighting(Shows.DEPLOYMENT, "SIT-A", "DCC", number(release), at, Outcome.SUCCEEDED, words)
    return replace(usual, **other)


def a_smoke_test(outcome: Outcome = Outcome.SUCCEEDED, at: datetime = TEN_PAST + timedelta(hours=1)) -> Sighting:
    passed = 12 if outcome is Outcome.SUCCEEDED else 11
    words = f"test run 7, Smoke SIT-A: {passed} of 12 passed"
    return a_deployment(at=at, shows=Shows.SMOKE_TEST, outcome=outcome, words=words)


def seen(facts: Facts, *sightings: Sighting, now: datetime | None = None) -> Facts:
    """Besides what was seen before; looked at a quarter of an hour after the last of them ended, unless told."""
    last = max((s.at for s in sightings), default=facts.now)
    return replace(facts, now=now or last + timedelta(minutes=15), sightings=(*facts.sightings, *sightings))
