"""Sightings: what a source of evidence shows of one deployment, or of one smoke test [M4.4], [C5.5]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from bot.candidate_list import Key
from bot.dates import spoken
from bot.number import Number
from bot.outcome import Outcome

EVIDENCE = "evidence"
"""The rule that Shunter's mark names where it writes what such a source shows: its own word counts there alone."""


class Shows(Enum):
    """What a source is evidence of."""

    DEPLOYMENT = "deployment"
    SMOKE_TEST = "smoke test"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One deployment that has ended, or one test run. `at` is its end, in UTC and whole seconds.

    A smoke test that passed has succeeded, any other has failed. `words` name the source and what it says, for one
    line of evidence.
    """

    shows: Shows
    environment: str
    party: str
    number: Number
    at: datetime
    outcome: Outcome
    words: str

    @property
    def key(self) -> Key:
        return Key(self.environment, self.party, self.number)


def told(sighting: Sighting, zone: ZoneInfo) -> str:
    """What the source says, and when that was."""
    return f"{sighting.words}, {spoken(sighting.at, zone)}"


def by_key(sightings: Sequence[Sighting], shows: Shows) -> Mapping[Key, tuple[Sighting, ...]]:
    """Those of one kind, oldest first, by what they are about."""
    found: dict[Key, list[Sighting]] = {}
    for sighting in sorted(sightings, key=lambda s: (s.at, s.words)):
        if sighting.shows is shows:
            found.setdefault(sighting.key, []).append(sighting)
    return {key: tuple(seen) for key, seen in found.items()}
