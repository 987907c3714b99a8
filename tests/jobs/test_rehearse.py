"""Rehearsing: a month that people played by hand is compared with what Shunter would have done in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from adapters.configuration.configuration import Configuration
from adapters.sandbox.azure import Azure
from adapters.sandbox.serve import served
from adapters.terminal.layout import PaperLayout
from adapters.terminal.talk import Output, Talk
from jobs.rehearse import show_rehearsal
from tests.golden_text import Golden
from tests.jobs.by_hand import ByHand
from tests.jobs.small_world import CHANGE, HELD, IN_UIT, SEEDS, Seed, settings, small_programme, small_world

REOPENED, MISSED, LATE, ELSEWHERE = 640, 789, 456, 468
MONDAY = datetime(2026, 12, 7, 9, tzinfo=UTC)


@dataclass
class Asked:
    """What was asked for, and the answer on both streams."""

    code: int
    data: str
    talk: str


@dataclass
class Office:
    """The programme office: it asks for a rehearsal, of the settings of the small world."""

    azure: Azure
    configuration: Configuration

    def rehearse(
        self,
        since: str = "2026-12-03",
        *,
        env: str = "",
        party: str = "",
        output: Output = Output.TABLE,
        layout: PaperLayout = PaperLayout.TABLE,
    ) -> Asked:
        data, side = StringIO(), StringIO()
        said = Talk(output, console(data), console(side), self.configuration.programme.zone)
        code = show_rehearsal(self.configuration, said, since, env, party, layout)
        return Asked(code, data.getvalue(), side.getvalue())

    def rows(self, **asked: Any) -> Any:
        return json.loads(self.rehearse(output=Output.JSON, **asked).data)


def console(file: StringIO) -> Console:
    return Console(file=file, width=120, highlight=False, markup=False, emoji=False)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    azure = small_world((*SEEDS, Seed(REOPENED, "Meter exchange is refused on Sundays", "SIT-A")))
    with served(azure) as url:
        yield Office(azure, settings(small_programme(), azure, url, tmp_path))


def a_month_by_hand(people: ByHand) -> None:
    """5.2.16.0 without one fix, with a held one; one defect handed over in the wrong place, one a day late."""
    people.at(3, 11)
    sit_a = people.raises("SIT-A", "DCC", "5.2.16.0", (123, LATE, HELD, 246, ELSEWHERE, REOPENED), MONDAY)
    people.raises("SIT-B", "DCC", "5.2.16.0", (123, LATE, MISSED, 246, ELSEWHERE), MONDAY.replace(hour=13), 5)
    people.raises("UIT", "Electralink", "3.4.8.0", (*IN_UIT, CHANGE), datetime(2026, 12, 9, 9, tzinfo=UTC))
    people.at(4, 10)
    people.cast.reopen(REOPENED)
    people.takes_off(sit_a, REOPENED)
    people.at(4, 15)
    for environment in ("SIT-A", "SIT-B", "UIT"):
        people.cast.approve(environment)
    people.at(7, 10)
    people.cast.deploy("SIT-A")
    people.at(7, 10, 20)
    people.hands_over(123, HELD, ELSEWHERE)
    people.at(7, 14)
    people.cast.deploy("SIT-B")
    people.at(7, 14, 30)
    people.hands_over(246)
    people.at(8, 11)
    people.hands_over(LATE)
    people.at(9, 10)
    people.cast.deploy("UIT")
    people.at(9, 10, 15)
    people.hands_over(*IN_UIT)
    people.at(10, 9)


def told(differences: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
    return [(row["environment"], row["what"], row["defect"]) for row in differences]


def test_a_month_by_hand_differs_in_exactly_what_people_did_otherwise(office: Office) -> None:
    a_month_by_hand(ByHand(office.azure))

    found = office.rows()

    assert told(found["on_lists"]) == [
        ("SIT-A", "missing", REOPENED),
        ("SIT-A", "missing", MISSED),
        ("SIT-A", "extra", HELD),
    ]
    assert told(found["in_retest"]) == [("SIT-B", "wrong environment", ELSEWHERE), ("SIT-A", "late", LATE)]


def test_the_month_reads_as_a_table(office: Office, golden: Golden) -> None:
    a_month_by_hand(ByHand(office.azure))

    asked = office.rehearse()

    assert asked.code == 0
    golden(asked.data + asked.talk, "rehearsal/table.txt")


def test_the_month_reads_as_a_paper_for_the_board(office: Office, golden: Golden) -> None:
    a_month_by_hand(ByHand(office.azure))

    asked = office.rehearse(layout=PaperLayout.MARKDOWN)

    url = office.configuration.connection.organisation_url
    golden(asked.data.replace(url, "https://dev.azure.com/mhhs"), "rehearsal/paper.md")
