"""The campaign's own share in the suite: a few seeds each time, more of them in a campaign."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from time import monotonic

import pytest

from adapters.logs import SHUNTER
from tests.campaign import campaign as module
from tests.campaign.base import close_all
from tests.campaign.campaign import Tally, campaign
from tests.campaign.coverage import missing, table
from tests.campaign.kinds import CELLS, KINDS
from tests.campaign.moment import EVERY
from tests.campaign.report import report
from tests.campaign.simulation import Outcome, Simulation

FEW, SHARE = (0,), range(6, 33)
FOUND_SOMETHING = {
    5: "a fix that was resolved while one list was agreed joined the other list of the same number",
    503: "an RFC got its next edition from a list that had been changed after it was sealed",
}
"""Seeds that have found a fault of the product, with what it was."""


@pytest.fixture(scope="module", autouse=True)
def every_store_is_closed() -> Iterator[None]:
    yield
    close_all()


@cache
def told(seed: int) -> tuple[Outcome, tuple[str, ...]]:
    lines: list[str] = []
    return Simulation(seed, lines.append).run(), tuple(lines)


@pytest.mark.parametrize("seed", FEW)
def test_the_promises_are_kept_in_a_fortnight_of_trouble(seed: int) -> None:
    outcome, _ = told(seed)

    assert outcome.violations == ()
    assert outcome.struck


@pytest.mark.campaign
@pytest.mark.parametrize("seed", sorted({*SHARE, *FOUND_SOMETHING}))
def test_and_in_many_others(seed: int) -> None:
    assert Simulation(seed).run().violations == ()


def test_a_seed_tells_the_same_story_again_and_another_seed_another() -> None:
    outcome, first = told(0)
    again: list[str] = []

    assert Simulation(0, again.append).run() == outcome
    assert tuple(again) == first != told(1)[1]
    assert any(line.split("  ")[1].startswith("!") for line in first)


@pytest.mark.campaign
def test_so_it_does_in_a_process_that_hashes_otherwise() -> None:
    command = [sys.executable, "-m", "tests.campaign", "--seed", "2", "--verbose"]
    stories = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True, timeout=120
        ).stdout
        for seed in ("1", "2")
    }

    (story,) = stories
    assert story.count(b"\n") > 50


def test_a_fault_counts_where_it_has_done_something() -> None:
    """Not every request touches what somebody would delete."""
    cell = next((kind, moment) for kind, moment in CELLS if kind.name == "somebody deletes")
    lines: list[str] = []

    outcome = Simulation(1, lines.append, cells=(cell,)).run()

    deleted = sum("meanwhile somebody deletes" in line for line in lines)
    assert outcome.struck.total() == deleted > 0


class NobodyRenewsTheToken(Simulation):
    def _people_renew_the_token(self) -> None:
        self._renewable = False


def test_a_replica_whose_looks_do_not_come_through_in_the_end_is_found() -> None:
    cell = next((kind, moment) for kind, moment in CELLS if kind.name == "token ends")

    violations = NobodyRenewsTheToken(0, cells=(cell,)).run().violations

    assert any("in the end, with nothing wrong, no look comes through" in violation for violation in violations)


def test_a_report_says_what_never_struck() -> None:
    tally = Tally()
    tally.adds(told(0)[0], 0.5)

    lines = list(report(tally, 0, 1.0))

    assert "seeds 0 to 0: 1 runs in 1 s" in lines
    (never,) = [line for line in lines if line.startswith("never injected")]
    assert len(missing(tally.struck)) == len(CELLS) - len(tally.struck)
    assert missing(tally.struck)[0] in never


def test_no_seed_is_begun_when_the_time_is_over() -> None:
    assert campaign(range(100), processes=1, until=monotonic() - 1).seeds == 0


def test_a_campaign_leaves_its_process_as_it_was() -> None:
    before = SHUNTER.propagate, list(SHUNTER.handlers), gc.get_threshold(), gc.get_freeze_count()

    campaign(range(1), processes=1, until=monotonic() - 1)

    assert (SHUNTER.propagate, SHUNTER.handlers, gc.get_threshold(), gc.get_freeze_count()) == before


def test_a_violation_is_told_when_it_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Outcome(3, ("S1: two RFCs",), Counter(), (), 1)
    sound = replace(broken, violations=())
    monkeypatch.setattr(module, "one", lambda seed: (broken if seed == 3 else sound, 0.0))
    told: list[str] = []

    campaign(range(250), processes=1, until=monotonic() + 60, tell=told.append)

    assert told == ["seed 3: S1: two RFCs", "250 seeds, 1 with violations"]


def test_every_cell_of_the_table_can_be_or_has_a_reason() -> None:
    for kind in KINDS:
        cells = kind.cells()
        assert all(moment in kind.moments or cells[moment] for moment in EVERY), kind.name
    struck = {(kind.name, moment.value): 7 for kind, moment in CELLS}
    assert missing(struck) == []
    rows = list(table(struck))[1 : len(KINDS) + 1]
    assert sum(row.count(" 7") for row in rows) == len(CELLS)
