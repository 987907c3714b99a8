"""Every revision of the bot has one record, and every record its revision: also after whatever was killed or lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from adapters.sandbox.answer import Answer
from adapters.sandbox.faults import CarryOut, NoAnswer, reset, unauthorised
from adapters.sandbox.mhhs_seeds.people import SIT_DEFECT_MANAGER, TESS
from adapters.store.records import Result
from bot.fence import FEED_LAG, QUARANTINE
from tests.jobs.accidents import ALWAYS, Killed, is_write, killed, none_came
from tests.jobs.audited import records, revisions, still_open
from tests.jobs.play import Play
from tests.jobs.small_world import IN_SIT_A

SETTLED_BY = QUARANTINE + FEED_LAG


def ends_of(play: Play, item: int) -> list[tuple[str, str]]:
    """The last that became of each write of the item, and in which words."""
    found = [e.conclusions[-1] for e in play.world.store.ledger.entries(item) if e.conclusions]
    return [(c.result.value, c.words) for c in found]


def test_every_revision_of_a_release_has_one_record_and_every_record_its_revision(play: Play) -> None:
    """Two lists agreed and raised, a comment obeyed and answered, one deployed and handed to the testers."""
    since = play.azure.mark()
    play.look()
    play.azure.person(SIT_DEFECT_MANAGER).comment(play.cast.the_list("SIT-A", "DCC").id, "/hold 789 not yet")
    play.look()
    play.azure.clock.advance(timedelta(minutes=20))
    play.look()
    for environment in ("SIT-A", "SIT-B"):
        play.cast.agree(environment)
    play.look()
    play.look()
    play.at(4, 8)
    for environment in ("SIT-A", "SIT-B"):
        play.cast.approve(environment)
    play.look()
    play.at(7, 10)
    play.cast.deploy("SIT-A")
    play.look()

    written = revisions(play, since)
    assert {item.type.name for item in map(play.azure.item, {id for id, _ in written})} == {
        "Bug",
        "Candidate List",
        "Request for Change",
    }
    assert max(written.values()) == 1
    assert records(play, since) == written
    assert still_open(play) == []
    play.seen()


def test_raising_an_rfc_is_three_records(play: Play) -> None:
    play.sealed()
    play.at(3, 11, 10)
    since = play.azure.mark()

    play.look("raise_rfcs")

    listed, rfc = play.cast.the_list("SIT-A", "DCC"), play.cast.the_rfc("SIT-A", "DCC")
    kinds = [e.intent.kind for e in play.world.store.ledger.entries(listed.id)]
    assert kinds[-3:] == ["raise the RFC", "claim the list for its RFC", "mark the list as raised"]
    assert [e.intent.kind for e in play.world.store.ledger.entries(rfc.id)] == ["raise the RFC"]
    assert records(play, since) == revisions(play, since)
    play.seen()


def raising(play: Play) -> None:
    play.sealed()
    play.at(3, 11, 10)


def proposing(play: Play) -> None:
    """Nothing has been written yet."""


def handing_over(play: Play) -> None:
    play.approved()
    play.at(7, 10)
    play.cast.deploy("SIT-A")


def killed_in_handing_over(play: Play, *, applied: bool) -> None:
    handing_over(play)
    play.azure.faults.add("batch", killed(applied=applied))
    with pytest.raises(Killed):
        play.try_to_look()


MOMENTS = [
    pytest.param(proposing, "create", 0, id="a list created"),
    pytest.param(raising, "update", 0, id="a list claimed"),
    pytest.param(raising, "create", 0, id="an RFC created"),
    pytest.param(raising, "update", 1, id="a list marked as raised"),
    pytest.param(handing_over, "batch", 0, id="defects moved"),
]


@pytest.mark.parametrize("applied", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("scene", "operation", "skip"), MOMENTS)
def test_what_a_killed_run_left_open_is_settled_by_a_later_one(
    play: Play, scene: Callable[[Play], None], operation: str, skip: int, applied: bool
) -> None:
    scene(play)
    since = play.azure.mark()
    play.azure.faults.add(operation, killed(applied=applied), skip=skip)
    with pytest.raises(Killed):
        play.try_to_look()
    assert still_open(play)

    for _ in range(5):
        play.azure.clock.advance(SETTLED_BY / 3)
        play.try_to_look()

    assert still_open(play) == []
    assert records(play, since) == revisions(play, since)
    assert max(revisions(play, since).values()) == 1
    play.seen()


@pytest.mark.parametrize(("scene", "operation", "skip"), [MOMENTS[0], MOMENTS[2]])
def test_a_creation_whose_answer_is_lost_is_adopted(
    play: Play, scene: Callable[[Play], None], operation: str, skip: int
) -> None:
    scene(play)
    since = play.azure.mark()
    play.azure.faults.add(operation, reset(applied=True), skip=skip)
    play.try_to_look()

    play.try_to_look()

    (made,) = (r for r in play.azure.revisions_since(since) if r.rev == 1 and ends_of(play, r.id)[0][1])
    assert ends_of(play, made.id)[0] == (Result.APPLIED.value, "adopted after an unknown outcome")
    assert still_open(play) == []
    assert records(play, since) == revisions(play, since)
    play.seen()


def test_a_write_that_arrives_late_is_waited_for(play: Play) -> None:
    handing_over(play)
    since = play.azure.mark()
    play.azure.faults.add("batch", play.azure.faults.held_back())
    play.try_to_look("hand_to_testers")
    play.azure.clock.advance(QUARANTINE / 4)

    play.try_to_look("put_back")
    assert len(still_open(play)) == len(IN_SIT_A), "they may arrive yet"

    assert play.azure.deliver_held_back() == 1
    play.try_to_look("put_back")
    assert still_open(play) == []
    assert records(play, since) == revisions(play, since)
    assert play.states(*IN_SIT_A) == ["Ready for Retest"] * 3
    play.seen()


def test_a_person_who_was_first_leaves_nothing_uncertain(play: Play) -> None:
    killed_in_handing_over(play, applied=False)
    play.cast.retitle(123, "Switch request is accepted for one MPAN only", by=TESS)

    play.look()

    assert ends_of(play, 123) == [("refused", f"not applied: {TESS} was first"), ("applied", "")]
    assert play.states(*IN_SIT_A) == ["Ready for Retest"] * 3
    play.seen()


@pytest.mark.parametrize("operation", ["updates", "workitemsbatch"])
def test_a_failed_read_settles_nothing(play: Play, operation: str) -> None:
    killed_in_handing_over(play, applied=True)
    left = still_open(play)
    play.azure.clock.advance(SETTLED_BY)

    play.azure.faults.add(operation, unauthorised(), times=ALWAYS)
    play.try_to_look()
    assert still_open(play) == left

    play.azure.faults.clear()
    play.look()
    assert still_open(play) == []
    play.seen()


def test_work_items_that_a_read_leaves_out_are_not_taken_for_gone(play: Play) -> None:
    killed_in_handing_over(play, applied=True)
    left = still_open(play)
    play.azure.clock.advance(SETTLED_BY)

    play.azure.faults.add("workitemsbatch", none_came(), times=ALWAYS)
    play.try_to_look()

    assert still_open(play) == left
    play.azure.faults.clear()
    play.look()
    assert still_open(play) == []
    play.seen()


def test_what_is_deleted_is_not_waited_for_for_ever(play: Play) -> None:
    killed_in_handing_over(play, applied=True)
    play.azure.person(TESS).delete(123)
    play.azure.clock.advance(timedelta(hours=23))
    play.try_to_look()
    assert len(still_open(play)) == 1

    play.azure.clock.advance(timedelta(hours=2))
    play.try_to_look()

    assert still_open(play) == []
    assert ends_of(play, 123) == [("refused", "nobody can tell: work item 123 is deleted, or out of sight")]
    play.seen()


def test_a_look_that_writes_nothing_settles_nothing(play: Play) -> None:
    killed_in_handing_over(play, applied=True)
    left = still_open(play)

    play.try_to_look(dry_run=True)

    assert still_open(play) == left
    play.seen()


def test_what_was_sent_again_and_then_arrived_twice_has_one_record(play: Play) -> None:
    """The first gets no answer, and comes while the second is on its way."""
    play.look()
    since, under_way = play.azure.mark(), list[CarryOut]()

    def no_answer(carry_out: CarryOut) -> Answer:
        under_way.append(carry_out)
        raise NoAnswer

    def both(carry_out: CarryOut) -> Answer:
        for earlier in under_way:
            earlier()
        return carry_out()

    play.azure.person(SIT_DEFECT_MANAGER).comment(play.cast.the_list("SIT-A", "DCC").id, "/hold 456 not yet")
    play.azure.faults.add(is_write, no_answer)
    play.azure.faults.add(is_write, both)
    for _ in range(3):
        play.try_to_look()
        play.azure.clock.advance(timedelta(minutes=2))

    assert len(under_way) == 1
    assert records(play, since) == revisions(play, since)
    assert still_open(play) == []
    play.seen()
