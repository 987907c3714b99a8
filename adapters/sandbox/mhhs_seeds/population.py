"""The population: all seeds of the default world, the told ones and those that fill it up to its size."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from adapters.sandbox.mhhs_seeds.change_requests import CHANGE_REQUESTS
from adapters.sandbox.mhhs_seeds.eligible import ODD_ELIGIBLE
from adapters.sandbox.mhhs_seeds.known_issues import KNOWN_ISSUES
from adapters.sandbox.mhhs_seeds.left_out import ACTIVE_AND_NEEDED, LEFT_OUT
from adapters.sandbox.mhhs_seeds.moments import HIGHEST_ID, LOWEST_ID
from adapters.sandbox.mhhs_seeds.parties import PARTIES, SIT_A, SIT_B, STAGING, UIT
from adapters.sandbox.mhhs_seeds.people import TESTERS
from adapters.sandbox.mhhs_seeds.seed import CRITICAL, HIGH, LOW, MEDIUM, DefectSeed, Stage
from adapters.sandbox.mhhs_seeds.titles import TITLES
from adapters.sandbox.mhhs_seeds.worked_example import WORKED_EXAMPLE

TOLD = (*WORKED_EXAMPLE, *ODD_ELIGIBLE, *LEFT_OUT, *KNOWN_ISSUES, ACTIVE_AND_NEEDED)

DELIVERED_OR_OPEN = (*30 * ("DCC",), *(party for party in PARTIES if party != "DCC" for _ in range(19)))
"""Whose the defects are that are no fixes to deploy: one entry for each."""

# DCC has none here: all of its ready fixes are those of the worked example.
ELIGIBLE = {
    "Electralink": (SIT_A, SIT_B, SIT_A, SIT_B, SIT_A, SIT_B),
    "Elexon": (SIT_A, SIT_B, UIT, SIT_A, SIT_B, STAGING, UIT, SIT_A),
    "RECCo": (SIT_B, SIT_A, UIT, SIT_A, SIT_B),
    "St Clements": (SIT_A, SIT_B, SIT_A, SIT_B, SIT_A),
    "Avanade": (SIT_A, UIT, SIT_B, SIT_B, UIT, SIT_A),
}

NEW, ACTIVE, READY_FOR_RETEST, CLOSED = 25, 40, 10, 50
OLD, NOT_SO_OLD, RECENT = 750, 800, 960
"""Highest ids of what has been closed, is ready for retest, is resolved: an id tells when its item was raised."""

SEVERITIES = (CRITICAL, *4 * (HIGH,), *8 * (MEDIUM,), *4 * (LOW,))


def defects(rng: Random) -> tuple[DefectSeed, ...]:
    """Two hundred, lowest id first; the same for the same state of `rng`."""
    filling = _Filling(rng)
    filled = (
        *filling.eligible(),
        *filling.elsewhere(Stage.CLOSED, CLOSED, youngest=OLD),
        *filling.elsewhere(Stage.READY_FOR_RETEST, READY_FOR_RETEST, youngest=NOT_SO_OLD),
        *filling.elsewhere(Stage.ACTIVE, ACTIVE, youngest=HIGHEST_ID),
        *filling.elsewhere(Stage.NEW, NEW, youngest=HIGHEST_ID),
    )
    return tuple(sorted((*TOLD, *filled), key=lambda seed: seed.id))


class _Filling:
    """Hands out ids and titles, each once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        taken = {seed.id for seed in TOLD} | {change.id for change in CHANGE_REQUESTS}
        self._ids = [id for id in range(LOWEST_ID, HIGHEST_ID + 1) if id not in taken]
        self._titles = {party: iter(titles) for party, titles in TITLES.items()}
        self._parties = iter(rng.sample(DELIVERED_OR_OPEN, len(DELIVERED_OR_OPEN)))

    def eligible(self) -> Iterator[DefectSeed]:
        for party, environments in ELIGIBLE.items():
            for environment in environments:
                yield self._defect(
                    Stage.RESOLVED, party, environment, version=PARTIES[party].next_build, youngest=RECENT
                )

    def elsewhere(self, stage: Stage, count: int, *, youngest: int) -> Iterator[DefectSeed]:
        """Defects that are no fix to deploy: not resolved yet, or delivered long ago."""
        for _ in range(count):
            party = next(self._parties)
            yield self._defect(stage, party, self._rng.choice(PARTIES[party].environments), youngest=youngest)

    def _defect(self, stage: Stage, party: str, environment: str, *, youngest: int, version: str = "") -> DefectSeed:
        rng = self._rng
        severity = rng.choice(SEVERITIES)
        return DefectSeed(
            id=self._id(youngest),
            title=next(self._titles[party]),
            stage=stage,
            party=party,
            found_in=environment,
            version=version,
            severity=severity,
            priority=min(4, max(1, int(severity[0]) + rng.choice((-1, 0, 0, 1)))),
            raised_by=self._raised_by(party),
            retest_by=rng.choice(TESTERS) if rng.random() < 0.3 else "",
        )

    def _id(self, youngest: int) -> int:
        id = self._rng.choice([id for id in self._ids if id <= youngest])
        self._ids.remove(id)
        return id

    def _raised_by(self, party: str) -> str:
        by_the_party = self._rng.random() < 0.15
        return PARTIES[party].release_manager if by_the_party else self._rng.choice(TESTERS)
