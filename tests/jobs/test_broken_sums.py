"""Where a sum over all fixes does not add up, what rests on it stops, for those whom it concerns; the rest goes on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.picture import Picture
from jobs.run import Ending
from tests.bot.lossy import Forgetful, Losing
from tests.jobs.play import Play

MOVED = [f"{id} Resolved -> Ready for Retest" for id in (123, 456, 789)]
LOST = (
    "the resolved fixes of DCC do not add up (123, 246, 456, 468, 512, 789): stopped for DCC until they do: "
    "hand_to_testers, put_back, close, propose; please report it"
)


def test_a_defect_that_is_nowhere_keeps_its_party_s_from_the_testers_and_nothing_else_from_happening(
    play: Play,
) -> None:
    play.approved()
    play.at(7, 10)
    play.cast.deploy("SIT-A")
    play.azure.person("rm@electralink.example").edit(301, {"System.State": "Active"})
    play.world = replace(play.world, picture=partial(Losing, party="DCC"))

    report = play.try_to_look()

    assert (report.ending, report.why, report.stopped) == (Ending.PARTLY_DONE, "", (LOST,))
    assert play.world.store.ledger.runs(1)[0].why == LOST
    assert play.news() == ["RFC DCC SIT-A deployment recorded", "list Electralink UIT rewritten"]

    play.world = replace(play.world, picture=Picture)
    play.look()
    assert play.news() == MOVED


def test_a_list_that_would_not_name_a_fix_is_not_made_and_every_other_is(play: Play) -> None:
    play.world = replace(play.world, picture=partial(Forgetful, where="SIT-A"))

    report = play.try_to_look()

    assert report.ending is Ending.PARTLY_DONE
    (stopped,) = report.stopped
    assert stopped == (
        "DCC 5.2.16.0 carries fixes to SIT-A that its list would not name (123, 246, 456, 468, 789): stopped for DCC "
        "in SIT-A until they do: agree, raise_rfcs, propose; please report it"
    )
    assert play.news() == ["list DCC SIT-B created", "list Electralink UIT created"]

    play.world = replace(play.world, picture=Picture)
    play.look()
    assert play.news() == ["list DCC SIT-A created"]


def test_what_does_not_rest_on_the_sum_is_not_told_that_it_is_broken(play: Play) -> None:
    play.world = replace(play.world, picture=partial(Losing, party="DCC"))

    assert play.look("record_deployments").stopped == ()
