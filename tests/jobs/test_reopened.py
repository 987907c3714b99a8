"""A defect that is resolved, reopened and resolved again: at each moment what it is then counts, not what it was."""

from __future__ import annotations

from bot.passport import passport_of
from bot.picture import Picture
from bot.where import Where
from jobs.observe import with_histories
from tests.jobs.play import Play, fixes_of
from tests.jobs.small_world import DCC_FIXES

RETEST = "Ready for Retest"


def test_reopened_before_the_cut_off_it_leaves_the_list_and_comes_back_with_its_next_version(play: Play) -> None:
    play.proposed()
    play.at(3, 10)
    play.cast.reopen(123)
    play.look()
    assert sorted(play.listed("SIT-A")) == sorted(set(DCC_FIXES) - {123})

    play.at(3, 10, 30)
    play.cast.resolve(123, "5.2.17.0")
    play.look()
    listed = play.cast.the_list("SIT-A", "DCC")
    assert sorted(fixes := play.listed("SIT-A")) == sorted(DCC_FIXES), fixes
    assert listed.fields["Custom.ReleaseNumber"] == "5.2.17.0"
    play.seen()


def test_reopened_after_the_cut_off_it_stays_in_the_build_and_goes_to_nobody(play: Play) -> None:
    play.sealed()
    play.at(3, 11, 5)
    play.cast.reopen(123)
    play.at(3, 11, 10)
    play.look()
    play.look()
    play.at(4, 8)
    play.cast.approve("SIT-A")
    play.at(7, 10)
    play.cast.deploy("SIT-A")
    play.look()
    assert play.states(123, 456, 789) == ["Active", RETEST, RETEST]

    play.at(8, 10)
    play.cast.resolve(123, "5.2.17.0")
    play.look()
    assert play.state(123) == "Resolved"
    (next_list,) = play.cast.lists("SIT-A", "DCC", "Proposed")
    assert (play.where(123).where, fixes_of(next_list)) == (Where.ON_LIST, [123])

    passport = passport_of(123, Picture(with_histories(play.world, [123])))
    assert passport is not None
    assert (passport.fixes, [bounce.what for bounce in passport.bounces]) == (("5.2.16.0", "5.2.17.0"), ["reopened"])
    play.seen()
