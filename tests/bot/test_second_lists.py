"""Two lists that wait for the same: which one stands, which is closed, and what a person has to settle."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.candidate_list import CandidateList, ListState
from bot.history import Step
from bot.number import ReleaseType
from bot.overview import list_rows
from bot.picture import Picture
from bot.plan import ActionKind
from bot.propose_lists import plan_lists
from bot.second_lists import alarms
from tests.bot.world import BOT, DEFECT_MANAGER, NOW, a_defect, a_list, a_picture, an_rfc

FIRST, SECOND = a_list(901), a_list(902)
WORDS = "list 901 stands for the same environment, party and type"


def steps(*by: str) -> tuple[Step, ...]:
    return tuple(Step(rev, NOW, who) for rev, who in enumerate(by, 1))


def a_look(*lists: CandidateList, **histories: tuple[Step, ...]) -> Picture:
    told = {int(name.strip("_")): found for name, found in histories.items()}
    return a_picture(a_defect(), *lists, histories={901: steps(BOT), 902: steps(BOT), **told})


def closed(picture: Picture) -> list[tuple[int | None, str]]:
    return [(a.change.id, a.reason) for a in plan_lists(picture) if a.kind is ActionKind.CLOSE_LIST]


def emergency(of: CandidateList, release: str) -> CandidateList:
    return replace(a_list(of.id, release=release), type=ReleaseType.EMERGENCY)


@pytest.mark.parametrize(
    ("first", "second", "gone"),
    [
        pytest.param(FIRST, SECOND, [(902, WORDS)], id="the lower id stands"),
        pytest.param(
            FIRST,
            replace(SECOND, state=ListState.AGREED),
            [(901, WORDS.replace("901", "902"))],
            id="the one that was agreed stands",
        ),
        pytest.param(replace(FIRST, state=ListState.RAISED), SECOND, [], id="an RFC is out for the lower one"),
        pytest.param(replace(FIRST, state=ListState.CLOSED), SECOND, [], id="the lower one is closed"),
        pytest.param(FIRST, replace(SECOND, type=ReleaseType.MAJOR), [], id="of another type"),
    ],
)
def test_the_other_is_closed_where_nobody_has_written_on_it(
    first: CandidateList, second: CandidateList, gone: list[tuple[int, str]]
) -> None:
    assert [one for one in closed(a_look(first, second)) if "stands for" in one[1]] == gone


def test_two_lists_of_one_emergency_are_one_too_many_and_of_two_are_not() -> None:
    twice = a_look(emergency(FIRST, "5.2.15.1"), emergency(SECOND, "5.2.15.1"))
    two = a_look(emergency(FIRST, "5.2.15.1"), emergency(SECOND, "5.2.15.2"))

    assert (902, WORDS) in closed(twice)
    assert [one for one in closed(two) if "stands for" in one[1]] == []


@pytest.mark.parametrize(
    ("history", "why"),
    [
        pytest.param(steps(BOT, DEFECT_MANAGER, BOT), f"{DEFECT_MANAGER} has written on it", id="touched"),
        pytest.param((), "its history has not been read", id="not read yet"),
    ],
)
def test_one_that_a_person_has_written_on_is_left_and_told_of(history: tuple[Step, ...], why: str) -> None:
    picture = a_look(FIRST, SECOND, _902=history)

    assert closed(picture) == []
    assert alarms(picture.facts) == (f"list 902: {WORDS}: close one of them; Shunter leaves it, because {why}",)
    assert {row.list: row.waits_for for row in list_rows(picture)}[902] == f"{WORDS}: close one of them"


def test_a_list_that_has_an_rfc_is_no_second_one() -> None:
    """Its RFC was rejected, so that it is agreed anew."""
    picture = a_picture(a_defect(), FIRST, SECOND, an_rfc(951, of=SECOND), histories={902: steps(BOT)})

    assert 902 not in dict(closed(picture))
    assert alarms(picture.facts) == ()
