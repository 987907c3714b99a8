"""Lists, answers and pages: killed, unanswered, or written by two at the same instant, each comes to exist once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest

from adapters.azure_devops.text_values import plain
from adapters.sandbox.answer import Answer
from adapters.sandbox.faults import CarryOut, reset
from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER
from adapters.sandbox.work_item import WorkItem
from bot import second_lists
from bot.fence import FEED_LAG, QUARANTINE
from tests.jobs.accidents import WRITES, Killed, killed
from tests.jobs.play import Play

LITTLE = timedelta(seconds=30)


@contextmanager
def another(play: Play) -> Iterator[None]:
    """Within it another replica looks, with a store of its own; both have read the same before."""
    first = play.world
    play.forget()
    yield
    play.world = first


def at_the_same_instant(play: Play, operation: str) -> None:
    """While the write of one is on its way, the other looks and writes, too."""

    def the_other_is_faster(carry_out: CarryOut) -> Answer:
        with another(play):
            play.try_to_look()
        return carry_out()

    play.azure.faults.add(operation, the_other_is_faster)
    play.try_to_look()


def open_lists(play: Play) -> list[WorkItem]:
    return [item for item in play.cast.lists("SIT-A", "DCC") if item.state != "Closed"]


def answers(play: Play) -> list[str]:
    return [comment.text for comment in play.cast.the_list("SIT-A", "DCC").comments if comment.by.sign_in == BOT]


def asked_for(play: Play) -> None:
    """Somebody of the role asks under the list for what takes a write and an answer."""
    play.proposed()
    play.look()
    play.azure.clock.advance(timedelta(minutes=16))
    play.azure.person(SIT_DEFECT_MANAGER).comment(play.cast.the_list("SIT-A", "DCC").id, "/hold 789 no data")


LOST = {
    "killed before it was sent": killed(applied=False),
    "killed after it was sent": killed(applied=True),
    "its answer is lost": reset(applied=True),
    "it never arrives": reset(applied=False),
}
HOW = pytest.mark.parametrize(
    "how", [pytest.param(how, marks=() if how.startswith("killed after") else pytest.mark.slow) for how in LOST]
)
FORGETS = pytest.mark.parametrize("forgets", [False, True], ids=["with its store", "without"])
LAG = pytest.mark.parametrize(
    "lag", [timedelta(0), pytest.param(FEED_LAG - LITTLE, marks=pytest.mark.slow)], ids=["seen at once", "seen late"]
)


def looks(play: Play, times: int, every: timedelta) -> None:
    for _ in range(times):
        play.azure.clock.advance(every)
        play.try_to_look()


@HOW
@FORGETS
@LAG
def test_a_list_whose_creation_went_wrong_is_one_in_the_end(
    play: Play, how: str, forgets: bool, lag: timedelta
) -> None:
    play.azure.organisation.feed_lag = lag
    play.azure.faults.add("create", LOST[how])
    with suppress(Killed):
        play.try_to_look()
    if forgets:
        play.forget()

    looks(play, 6, (QUARANTINE + FEED_LAG) / 5)

    assert len(open_lists(play)) == 1
    assert open_lists(play)[0].id == min(item.id for item in play.cast.lists("SIT-A", "DCC"))
    if not forgets:
        assert len(play.cast.lists("SIT-A", "DCC")) == 1, "with its store it never creates a second one"
    play.seen()


def test_of_two_lists_that_two_replicas_created_the_lower_stands_and_the_other_says_why_it_is_closed(
    play: Play,
) -> None:
    at_the_same_instant(play, "create")
    first, second = (item.id for item in play.cast.lists("SIT-A", "DCC"))

    looks(play, 2, LITTLE)

    (stands,) = open_lists(play)
    assert stands.id == first
    words = f"Closed: list {first} stands for the same environment, party and type."
    assert plain(play.azure.item(second).comments[-1].text) == words
    assert len(play.cast.rfcs()) == 0
    play.seen()


def test_a_second_list_that_a_person_has_written_on_is_left_and_told_of(play: Play) -> None:
    at_the_same_instant(play, "create")
    first, second = (item.id for item in play.cast.lists("SIT-A", "DCC"))
    play.azure.person(SIT_DEFECT_MANAGER).comment(second, "I have begun to look at this one.")
    told_of: list[str] = []

    for _ in range(3):
        play.azure.clock.advance(LITTLE)
        facts = play.try_to_look().facts
        assert facts is not None
        told_of = list(second_lists.alarms(facts))

    assert [item.id for item in open_lists(play)] == [first, second]
    words = f"list {first} stands for the same environment, party and type: close one of them"
    assert told_of == [f"list {second}: {words}; Shunter leaves it, because {SIT_DEFECT_MANAGER} has written on it"]

    play.cast.agree("SIT-A", "DCC")
    looks(play, 4, LITTLE)
    assert len(play.cast.rfcs("SIT-A", "DCC")) == 1, "whatever people do with two lists, there is one RFC"
    play.seen()


@HOW
@FORGETS
@pytest.mark.parametrize("write", range(2), ids=["obeying", "answering"])
def test_a_command_is_answered_once(play: Play, write: int, how: str, forgets: bool) -> None:
    asked_for(play)
    play.azure.faults.add(lambda call: call.operation in WRITES, LOST[how], skip=write)
    with suppress(Killed):
        play.try_to_look()
    if forgets:
        play.forget()

    looks(play, 3, QUARANTINE)

    assert len(answers(play)) == 1
    assert play.azure.item(789).tags == ("Hold",)
    play.seen()


@pytest.mark.parametrize("operation", ["update", "batch"])
def test_two_replicas_that_read_the_same_command_answer_it_once(play: Play, operation: str) -> None:
    asked_for(play)
    at_the_same_instant(play, operation)

    looks(play, 2, LITTLE)

    assert len(answers(play)) == 1
    assert [by for by in hands_of(play, 789) if by == BOT] == [BOT], "obeyed once"
    play.seen()


def hands_of(play: Play, id: int) -> list[str]:
    return [revision.by.sign_in for revision in play.azure.item(id).history]
