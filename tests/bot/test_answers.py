"""Answers: how people's lines are read, and whose each of them is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.answers import Answer, Said, Says, read_answer, read_answers, said, unreadable
from tests.bot.world import BOT, ENVIRONMENTS_MANAGER, NOW, PASSER_BY, an_rfc, answering

RFC = an_rfc()
HOUR = timedelta(hours=1)
MET = "3: met, baseline 5.2 confirmed by ops"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        pytest.param(MET, Answer("3", Says.MET, "baseline 5.2 confirmed by ops"), id="as it should be"),
        pytest.param("3:met", Answer("3", Says.MET), id="nothing but the state"),
        pytest.param("  Point 03 :  MET -  all well ", Answer("3", Says.MET, "all well"), id="case, blanks, the word"),
        pytest.param("- 4: not applicable, no package", Answer("4", Says.NOT_APPLICABLE, "no package"), id="a bullet"),
        pytest.param("4: N/A", Answer("4", Says.NOT_APPLICABLE), id="in short"),
        pytest.param("4: Not-Applicable", Answer("4", Says.NOT_APPLICABLE), id="with a hyphen"),
        pytest.param("5: waived, agreed on 3 Dec", Answer("5", Says.WAIVED, "agreed on 3 Dec"), id="waived"),
        pytest.param("2: approved; go/no-go: 4 Dec", Answer("2", Says.APPROVED, "go/no-go: 4 Dec"), id="approved"),
        pytest.param("6: not met, the plan is missing", Answer("6", Says.NOT_MET, "the plan is missing"), id="not met"),
        pytest.param("Test: ready, up", Answer("test", Says.READY, "up"), id="a group is ready"),
        pytest.param("Central  Parties: NOT ready", Answer("central parties", Says.NOT_READY), id="and is not"),
        pytest.param("12: met", Answer("12", Says.MET), id="a point that there is not, which is told elsewhere"),
        pytest.param("3: ready", None, id="points are not ready"),
        pytest.param("Test: met", None, id="groups are not met"),
        pytest.param("3: metropolis", None, id="only half a word"),
        pytest.param("3 is met", None, id="no colon"),
        pytest.param("looks good to me", None, id="prose"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_line_is_read_whatever_its_case_and_blanks(line: str, answer: Answer | None) -> None:
    assert read_answer(line) == answer


def test_what_is_written_out_is_read_back() -> None:
    answer = Answer("central parties", Says.NOT_READY, "ABC's firewall: closed")

    assert read_answer(str(answer)) == answer


def test_of_several_lines_about_one_thing_the_last_stands_and_what_cannot_be_read_is_kept() -> None:
    text = f"{MET}\n\nlooks good\nTest: ready\n3: not met\n"

    assert read_answers(text) == {"3": Answer("3", Says.NOT_MET), "test": Answer("test", Says.READY)}
    assert list(unreadable(text)) == ["looks good"]


@pytest.mark.parametrize(
    ("told", "by", "hours"),
    [
        pytest.param([(ENVIRONMENTS_MANAGER, MET)], ENVIRONMENTS_MANAGER, 1, id="who wrote it"),
        pytest.param(
            [(ENVIRONMENTS_MANAGER, MET), (PASSER_BY, f"{MET}\n4: met")],
            ENVIRONMENTS_MANAGER,
            1,
            id="another line came",
        ),
        pytest.param(
            [(ENVIRONMENTS_MANAGER, MET), (PASSER_BY, f"4: met\n  {MET.upper().replace('BASELINE', 'baseline')}")],
            PASSER_BY,
            2,
            id="other letters are other words",
        ),
        pytest.param(
            [(ENVIRONMENTS_MANAGER, MET), (PASSER_BY, f"4: met\n point 3:  MET;  {MET[8:].strip()}")],
            ENVIRONMENTS_MANAGER,
            1,
            id="only blanks and the state's case were changed",
        ),
        pytest.param(
            [(ENVIRONMENTS_MANAGER, "3: met, baseline 5.1"), (PASSER_BY, MET)], PASSER_BY, 2, id="changed by a second"
        ),
        pytest.param(
            [(ENVIRONMENTS_MANAGER, MET), (PASSER_BY, ""), (PASSER_BY, MET)], PASSER_BY, 3, id="taken out and put back"
        ),
        pytest.param(
            [(ENVIRONMENTS_MANAGER, MET), (PASSER_BY, f"{MET}\n3: not met"), (PASSER_BY, MET)],
            PASSER_BY,
            3,
            id="contradicted, and the contradiction taken out",
        ),
        pytest.param([(BOT, MET)], BOT, 1, id="the bot, which is judged elsewhere"),
    ],
)
def test_a_line_is_whoevers_revision_it_stands_since(told: list[tuple[str, str]], by: str, hours: int) -> None:
    steps = answering(RFC, *told)

    found = said(told[-1][1], steps)["3"]

    assert (found.by, found.at, found.seal) == (by, NOW + hours * HOUR, RFC.seal)


def test_what_no_history_tells_is_nobodys() -> None:
    assert said(MET, ()) == {"3": Said(Answer("3", Says.MET, MET[8:]), "", None, "")}
