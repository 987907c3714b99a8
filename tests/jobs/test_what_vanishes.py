"""What vanishes, comes back, or is seen late: nothing is taken for gone that is not, and nothing is made twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.faults import unreachable
from adapters.sandbox.mhhs_seeds.people import SIT_DEFECT_MANAGER, SIT_RELEASE_MANAGER
from bot.defect import Kind
from jobs.run import Ending
from tests.jobs.accidents import ALWAYS, is_write, meanwhile
from tests.jobs.play import Play
from tests.jobs.small_world import DCC_BUILD, IN_SIT_A, KNOWN_ISSUE, OPEN

RETEST = "Ready for Retest"


def test_an_rfc_that_a_person_deleted_is_not_raised_again_and_is_known_when_it_comes_back(play: Play) -> None:
    play.raised()
    rfc = play.cast.the_rfc("SIT-A", "DCC").id
    manager = play.azure.person(SIT_RELEASE_MANAGER)
    manager.delete(rfc)
    for minute in (20, 40):
        play.at(3, 11, minute)
        play.look("raise_rfcs", "agree", "close")
    assert play.news() == []

    manager.restore(rfc)
    play.at(4, 8)
    play.cast.approve("SIT-A")
    play.look()
    play.at(7, 10)
    play.cast.deploy("SIT-A")
    play.look()

    assert play.states(*IN_SIT_A) == [RETEST, RETEST, RETEST]
    assert len(play.cast.rfcs("SIT-A")) == 1
    play.seen()


def test_a_defect_that_was_deleted_leaves_the_lists(play: Play) -> None:
    play.proposed()
    play.at(3, 10)
    play.azure.person(SIT_DEFECT_MANAGER).delete(789)

    play.look()

    assert play.listed("SIT-A") == play.listed("SIT-B") == [123, 246, 456, 468]
    assert play.news() == ["list DCC SIT-A rewritten", "list DCC SIT-B rewritten"]


def test_a_defect_that_is_deleted_while_its_list_is_made_keeps_the_list_from_nobody(play: Play) -> None:
    manager = play.azure.person(SIT_DEFECT_MANAGER)
    play.azure.faults.add("create", meanwhile(lambda: manager.delete(789)))

    assert play.try_to_look().ending is Ending.PARTLY_DONE
    play.azure.clock.advance(timedelta(minutes=2))
    play.look()

    assert play.listed("SIT-A") == play.listed("SIT-B") == [123, 246, 456, 468]
    play.seen()


@pytest.mark.parametrize("gone", [Actor.delete, Actor.destroy], ids=["deleted", "destroyed, which no feed tells"])
def test_a_fix_that_is_gone_when_it_is_added_keeps_no_other_off_the_list(
    play: Play, gone: Callable[[Actor, int], None]
) -> None:
    play.proposed()
    play.at(3, 10)
    for id in (OPEN, KNOWN_ISSUE):
        play.cast.resolve(id, DCC_BUILD)
    manager = play.azure.person(SIT_DEFECT_MANAGER)
    play.azure.faults.add(is_write, meanwhile(lambda: gone(manager, OPEN)))

    assert play.try_to_look().ending is Ending.PARTLY_DONE
    play.azure.clock.advance(timedelta(minutes=2))
    play.look()

    assert play.listed("SIT-A") == play.listed("SIT-B") == [123, 246, 456, 468, KNOWN_ISSUE, 789]
    play.seen()


def test_a_defect_that_was_deleted_after_the_seal_stops_no_other(play: Play) -> None:
    play.approved()
    play.azure.person(SIT_DEFECT_MANAGER).delete(789)
    play.at(7, 10)
    play.cast.deploy("SIT-A")

    play.try_to_look("hand_to_testers")

    assert play.news() == ["123 Resolved -> Ready for Retest", "456 Resolved -> Ready for Retest"]


@pytest.mark.parametrize("gone", [Actor.destroy, Actor.move_away], ids=["destroyed", "moved to another project"])
def test_a_defect_of_which_no_feed_tells_that_it_is_gone_is_left_out_and_forgotten(
    play: Play, gone: Callable[[Actor, int], None]
) -> None:
    play.approved()
    play.look()
    gone(play.azure.person(SIT_DEFECT_MANAGER), 789)
    play.at(7, 10)
    play.cast.deploy("SIT-A")

    play.try_to_look("hand_to_testers")

    assert play.news() == ["123 Resolved -> Ready for Retest", "456 Resolved -> Ready for Retest"]
    play.azure.clock.advance(play.world.resync_interval)
    facts = play.try_to_look(dry_run=True).facts
    assert facts is not None
    assert 789 not in facts.defects


@pytest.mark.parametrize("gone", [Actor.destroy, Actor.move_away], ids=["destroyed", "moved to another project"])
def test_a_list_that_is_gone_stops_no_run_and_another_is_proposed(
    play: Play, gone: Callable[[Actor, int], None]
) -> None:
    play.proposed()
    play.look()
    gone(play.azure.person(SIT_DEFECT_MANAGER), play.cast.the_list("SIT-A", "DCC").id)
    play.azure.clock.advance(play.world.resync_interval)

    report = play.try_to_look("propose")
    again = play.try_to_look("propose")

    assert (report.ending, again.ending) == (Ending.DONE, Ending.DONE)
    assert "list DCC SIT-A created" in play.news()
    assert play.cast.the_list("SIT-A", "DCC").rev == 1


def test_a_defect_that_is_destroyed_before_it_can_be_put_back_stops_no_look(play: Play) -> None:
    play.delivered()
    play.at(7, 11)
    play.cast.roll_back("SIT-A")
    play.azure.person(SIT_DEFECT_MANAGER).destroy(789)

    play.try_to_look()
    play.azure.clock.advance(timedelta(minutes=2))
    report = play.try_to_look()

    assert (report.ending, play.states(123, 456)) == (Ending.DONE, ["Resolved", "Resolved"])
    play.seen()


def test_a_list_that_is_destroyed_a_moment_after_it_was_written_is_gone_at_once(play: Play) -> None:
    play.proposed()
    play.look()
    play.at(3, 10)
    play.cast.hold(789, "no data")
    play.look()
    play.seen()
    play.azure.person(SIT_DEFECT_MANAGER).destroy(play.cast.the_list("SIT-A", "DCC").id)

    play.look("propose")

    assert play.news() == ["list DCC SIT-A created"]


def test_a_defect_that_becomes_a_change_request_is_one_from_then_on(play: Play) -> None:
    play.proposed()
    play.look()
    play.at(3, 10)
    play.azure.person(SIT_DEFECT_MANAGER).change_type(789, "Change Request")

    facts = play.look("propose").facts

    assert facts is not None
    assert (facts.defects[789].kind, facts.defects[789].state_text) == (Kind.CHANGE_REQUEST, "New")
    assert play.listed("SIT-A") == [123, 246, 456, 468]
    assert play.news() == ["list DCC SIT-A rewritten", "list DCC SIT-B rewritten"]


def test_a_feed_that_lags_makes_nothing_happen_twice(play: Play) -> None:
    play.azure.organisation.feed_lag = timedelta(minutes=5)
    for minute in range(9):
        play.at(3, 9, 40 + minute)
        play.look()
    assert play.news() == ["list DCC SIT-A created", "list DCC SIT-B created", "list Electralink UIT created"]

    play.at(3, 11)
    play.cast.agree("SIT-A")
    for minute in range(12):
        play.at(3, 11, minute)
        play.look()

    assert play.news() == [
        "RFC DCC SIT-A created",
        "list DCC SIT-A Agreed -> Raised",
        "list DCC SIT-A claimed",
        "list DCC SIT-A sealed as edition 1",
        "list DCC SIT-B rewritten",  # what is left out has a later list by now
    ]


def test_after_three_days_without_an_answer_it_catches_up_at_once(play: Play) -> None:
    play.approved()
    play.look()
    play.azure.faults.add(lambda _: True, unreachable(), times=ALWAYS)
    for day in (5, 6, 7):
        play.at(day, 10)
        assert play.try_to_look().ending is Ending.FAILED
    play.cast.deploy("SIT-A")
    play.azure.faults.clear()
    since = len(play.azure.journal)

    play.at(8, 8)
    play.look("hand_to_testers")

    assert play.states(*IN_SIT_A) == [RETEST, RETEST, RETEST]
    assert len(play.asked(since)) <= 6
    play.seen()
