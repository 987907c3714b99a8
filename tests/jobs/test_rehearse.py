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
from adapters.configuration.store_place import FILE
from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import sign_in_page
from adapters.sandbox.serve import served
from adapters.terminal.layout import PaperLayout
from adapters.terminal.talk import Output, Talk
from jobs.rehearse import show_rehearsal
from tests.golden_text import Golden
from tests.jobs.accidents import WRITES, nothing_can_be_read
from tests.jobs.by_hand import ByHand
from tests.jobs.command_line import configured_for
from tests.jobs.play import Play
from tests.jobs.small_world import CHANGE, HELD, IN_UIT, SEEDS, Seed, small_settings, small_world

REOPENED, MISSED, LATE, ELSEWHERE = 640, 789, 456, 468
WORLD = (*SEEDS, Seed(REOPENED, "Meter exchange is refused on Sundays", "SIT-A"))
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
    azure = small_world(WORLD)
    with served(azure) as url:
        yield Office(azure, small_settings(azure, url, tmp_path))


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


def test_the_rehearsal_writes_nothing_neither_there_nor_here(office: Office, tmp_path: Path) -> None:
    a_month_by_hand(ByHand(office.azure))
    mark, since = office.azure.mark(), len(office.azure.journal)

    office.rehearse()

    assert list(office.azure.revisions_since(mark)) == []
    assert not set(WRITES) & {exchange.operation for exchange in office.azure.journal[since:]}
    assert not (office.configuration.folder / FILE).exists()


def test_the_whole_past_costs_a_request_for_each_page_of_two_feeds(office: Office) -> None:
    a_month_by_hand(ByHand(office.azure))
    since = len(office.azure.journal)

    office.rehearse()

    asked = [e.operation for e in office.azure.journal[since:] if e.operation not in ("discovery", "options")]
    assert sorted(asked) == ["connection", "links feed", "revisions feed"]


def test_rehearsing_again_tells_the_same(office: Office) -> None:
    a_month_by_hand(ByHand(office.azure))

    assert office.rehearse() == office.rehearse()


def test_one_environment_or_party_can_be_asked_for(office: Office) -> None:
    a_month_by_hand(ByHand(office.azure))

    of_sit_b, of_electralink = office.rows(env="SIT-B"), office.rows(party="Electralink")

    assert (told(of_sit_b["on_lists"]), told(of_sit_b["in_retest"])) == (
        [],
        [("SIT-B", "wrong environment", ELSEWHERE)],
    )
    assert (told(of_electralink["on_lists"]), told(of_electralink["in_retest"])) == ([], [])
    assert [row["environment"] for row in of_electralink["windows"]] == ["UIT"]


def test_an_rfc_of_which_nobody_filled_in_the_window_is_for_that_of_its_deployment(office: Office) -> None:
    people = ByHand(office.azure)
    people.at(3, 11)
    people.raises("SIT-A", "DCC", "5.2.16.0", (123, LATE, MISSED, REOPENED, 246, ELSEWHERE), None)
    people.at(4, 15)
    people.cast.approve("SIT-A")
    people.at(7, 10)
    people.cast.deploy("SIT-A")
    people.at(7, 18)

    (row,) = office.rows(env="SIT-A")["windows"]

    assert (row["same"], row["missing"], row["extra"]) == (6, 0, 0)


def test_a_project_in_which_nothing_happened_says_so(office: Office) -> None:
    ByHand(office.azure).at(3, 10)

    asked = office.rehearse()

    assert asked.code == 0
    assert "there is nothing to compare" in asked.talk
    assert "Windows: none" in asked.data


@pytest.mark.parametrize(
    ("since", "env", "party", "words"),
    [
        ("October", "", "", "“October” is no day: write it as 2026-10-01"),
        ("2026-12-04", "", "", "2026-12-04 is still to come"),
        ("2026-12-03", "SIT-C", "", "SIT-C is not in the settings: there are SIT-A, SIT-B, UIT"),
        ("2026-12-03", "", "Dcc", "Dcc is not in the settings: there are DCC, Electralink"),
    ],
)
def test_what_cannot_be_rehearsed_is_a_wrong_call(office: Office, since: str, env: str, party: str, words: str) -> None:
    answer = office.rehearse(since, env=env, party=party)

    assert (answer.code, answer.data, answer.talk.strip()) == (2, "", words)


def test_a_past_that_cannot_be_read_is_not_rehearsed(office: Office) -> None:
    nothing_can_be_read(office.azure, sign_in_page(203))

    asked = office.rehearse()

    assert (asked.code, asked.data) == (4, "")
    assert "signed out" in asked.talk


def test_weeks_that_the_bot_has_run_itself_show_no_difference(play: Play, tmp_path: Path) -> None:
    play.at(3, 11)
    play.look()
    for environment in ("SIT-A", "SIT-B", "UIT"):
        play.cast.agree(environment)
    play.look()
    play.look()
    play.at(4, 8)
    for environment in ("SIT-A", "SIT-B", "UIT"):
        play.cast.approve(environment)
    for day, hour, environment in ((7, 10, "SIT-A"), (7, 14, "SIT-B"), (9, 10, "UIT")):
        play.at(day, hour)
        play.cast.deploy(environment)
        play.look()
    play.at(15, 9)
    play.look()
    play.seen()

    with served(play.azure) as url:
        found = Office(play.azure, small_settings(play.azure, url, tmp_path)).rows()

    assert (found["on_lists"], found["in_retest"], found["notes"]) == ([], [], [])
    assert [(row["environment"], row["windows"], row["same"], row["share"]) for row in found["lists"]] == [
        ("SIT-A", 1, 5, "100 %"),
        ("SIT-B", 1, 5, "100 %"),
        ("UIT", 1, 3, "100 %"),
    ]
    assert [(row["environment"], row["same"], row["share"]) for row in found["retests"]] == [
        ("SIT-A", 3, "100 %"),
        ("SIT-B", 2, "100 %"),
        ("UIT", 2, "100 %"),
    ]


def test_the_command_line_rehearses(tmp_path: Path) -> None:
    azure = small_world(WORLD)
    a_month_by_hand(ByHand(azure))
    with served(azure) as url:
        ask = configured_for(azure, url, tmp_path)
        table = ask("rehearse", "--since", "2026-12-03", "--env", "SIT-A", "--party", "DCC")
        paper = ask("rehearse", "--since", "2026-12-03", "--format", "markdown")
        without_day = ask("rehearse")

    assert (table.code, paper.code, without_day.code) == (0, 0, 2)
    assert "wrong environment" not in table.data
    assert paper.data.startswith("# Rehearsal: Thu 03\\-Dec\\-2026 to Thu 10\\-Dec\\-2026")
