"""One RFC: whatever is lost, killed or late between the claim and the answer, exactly one is raised for a list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.sandbox.answer import Answer
from adapters.sandbox.faults import CarryOut, no_answer, reset, unavailable
from adapters.sandbox.mhhs_seeds.people import SIT_DEFECT_MANAGER
from bot.fence import QUARANTINE
from jobs.run import Ending
from tests.jobs.accidents import Killed, killed
from tests.jobs.play import Play

LITTLE = timedelta(seconds=10)


FORGETS = pytest.mark.parametrize(
    "forgets",
    [pytest.param(False, id="with its database"), pytest.param(True, id="without", marks=pytest.mark.slow)],
)


def rfcs(play: Play) -> int:
    return len(play.cast.rfcs("SIT-A", "DCC"))


def is_settled(play: Play) -> bool:
    """One RFC, its list raised, and each linked with the other."""
    (rfc,) = play.cast.rfcs("SIT-A", "DCC")
    listed = play.cast.the_list("SIT-A", "DCC")
    return listed.state == "Raised" and listed.links("System.LinkTypes.Hierarchy-Forward") == (rfc.id,)


@pytest.fixture
def sealed(play: Play) -> Play:
    play.sealed()
    play.at(3, 11, 10)
    return play


LOST_AFTER = {
    "the connection is reset": reset(applied=True),
    "no answer comes": no_answer(applied=True),
    "503": unavailable(applied=True),
}
LOST_BEFORE = {
    "the connection is reset": reset(applied=False),
    "no answer comes": no_answer(applied=False),
    "503": unavailable(applied=False),
}


@pytest.mark.parametrize("how", LOST_AFTER)
@FORGETS
def test_an_rfc_whose_answer_is_lost_is_adopted(sealed: Play, how: str, forgets: bool) -> None:
    sealed.forgets = forgets
    sealed.azure.faults.add("create", LOST_AFTER[how])

    assert sealed.try_to_look().ending is Ending.PARTLY_DONE
    for _ in range(3):
        sealed.azure.clock.advance(LITTLE)
        sealed.look()
        assert rfcs(sealed) == 1

    sealed.azure.clock.advance(QUARANTINE)
    assert not sealed.look().plan
    assert is_settled(sealed)
    sealed.seen()


@pytest.mark.parametrize("how", LOST_BEFORE)
@FORGETS
def test_an_rfc_that_may_be_on_its_way_is_not_raised_again_until_it_cannot_arrive(
    sealed: Play, how: str, forgets: bool
) -> None:
    sealed.forgets = forgets
    sealed.azure.faults.add("create", LOST_BEFORE[how])

    sealed.try_to_look()
    claimed_at = sealed.azure.clock.now()
    sealed.azure.clock.set(claimed_at + QUARANTINE - LITTLE)
    sealed.look("raise_rfcs")
    assert rfcs(sealed) == 0

    sealed.azure.clock.set(claimed_at + QUARANTINE + LITTLE)
    sealed.look("raise_rfcs")
    sealed.look("raise_rfcs")
    assert rfcs(sealed) == 1
    assert is_settled(sealed)
    sealed.seen()


@pytest.mark.parametrize("late", [LITTLE, QUARANTINE - LITTLE], ids=["a little", "nearly for as long as a claim holds"])
def test_an_rfc_that_its_list_shows_late_is_the_only_one(sealed: Play, late: timedelta) -> None:
    """Its answer was lost, and no feed tells of it either."""
    sealed.azure.organisation.doubts.other_ends_after = late
    sealed.azure.organisation.feed_lag = late
    sealed.azure.faults.add("create", reset(applied=True))
    sealed.try_to_look()

    for _ in range(6):
        sealed.azure.clock.advance(QUARANTINE / 4)
        sealed.try_to_look()

    assert is_settled(sealed)
    sealed.seen()


def test_a_creation_that_arrives_minutes_late_is_the_only_one(sealed: Play) -> None:
    sealed.azure.faults.add("create", sealed.azure.faults.held_back())
    sealed.try_to_look("raise_rfcs")

    sealed.azure.clock.advance(timedelta(seconds=110))
    sealed.look("raise_rfcs")
    assert rfcs(sealed) == 0

    sealed.azure.clock.advance(timedelta(seconds=100))
    assert sealed.azure.deliver_held_back() == 1
    for _ in range(3):
        sealed.look("raise_rfcs")
        sealed.azure.clock.advance(QUARANTINE)
    assert is_settled(sealed)
    sealed.seen()


@FORGETS
@pytest.mark.parametrize("applied", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    ("operation", "skip"), [("update", 0), ("create", 0), ("update", 1)], ids=["claim", "create", "mark"]
)
def test_killed_at_any_write_of_raising_it_goes_on_to_exactly_one(
    sealed: Play, operation: str, skip: int, applied: bool, forgets: bool
) -> None:
    sealed.forgets = forgets
    sealed.azure.faults.add(operation, killed(applied=applied), skip=skip)
    with pytest.raises(Killed):
        sealed.try_to_look("raise_rfcs")

    for _ in range(4):
        sealed.azure.clock.advance(QUARANTINE / 2)
        sealed.try_to_look("raise_rfcs")
        assert rfcs(sealed) <= 1

    assert is_settled(sealed)
    sealed.seen()


def test_a_list_that_was_not_marked_is_marked_by_the_next_run(sealed: Play) -> None:
    sealed.azure.faults.add("update", reset(applied=False), skip=1)
    sealed.look("raise_rfcs")
    assert sealed.cast.the_list("SIT-A", "DCC").state == "Agreed"
    sealed.seen()

    sealed.look("raise_rfcs")

    assert sealed.news() == ["list DCC SIT-A Agreed -> Raised"]
    assert is_settled(sealed)


def test_a_number_that_a_person_set_is_still_theirs_on_a_list_that_was_claimed(play: Play) -> None:
    play.proposed()
    listed = play.cast.the_list("SIT-A", "DCC").id
    manager = play.azure.person(SIT_DEFECT_MANAGER)
    manager.edit(listed, {"Custom.ReleaseNumber": "5.2.17.0", "System.State": "Agreed"})
    play.look("agree")
    play.azure.faults.add("create", LOST_BEFORE["503"])
    play.try_to_look("raise_rfcs")
    manager.set_state(listed, "Proposed")

    play.look("propose")

    assert play.azure.item(listed).fields["Custom.ReleaseNumber"] == "5.2.17.0"
    play.seen()


def test_whoever_loses_the_claim_creates_nothing(sealed: Play) -> None:
    """Two replicas, each with a database of its own, decide on the same revision of the list."""
    first = sealed.world
    sealed.forget()
    second = sealed.world

    def the_other_is_faster(carry_out: CarryOut) -> Answer:
        sealed.world = first
        sealed.look("raise_rfcs")
        sealed.world = second
        return carry_out()

    sealed.azure.faults.add("update", the_other_is_faster)
    sealed.try_to_look("raise_rfcs")

    assert rfcs(sealed) == 1
    assert len(sealed.cast.rfcs("SIT-B", "DCC")) == 1
    sealed.seen()


def test_a_list_whose_creation_was_lost_is_created_once(play: Play) -> None:
    play.azure.faults.add("create", reset(applied=True))

    play.try_to_look()
    for _ in range(3):
        play.azure.clock.advance(LITTLE)
        play.try_to_look()

    assert len(play.cast.lists("SIT-A", "DCC")) == 1
    play.seen()
