"""Shunter comes in mid-programme: week 1 was deployed by hand, by an RFC that a person raised with its key alone."""

from __future__ import annotations

from bot.number import read_number
from bot.where import Where
from tests.jobs.play import Play, text
from tests.jobs.small_world import DCC_BUILD, DCC_FIXES, HELD, IN_SIT_A, IN_SIT_B

PARTY, RELEASE_MANAGER, DEPLOYER = "rm@dcc.example", "rhona.reid@si.example", "dora.okafor@si.example"
KEY = {
    "System.Title": "DCC 5.2.16.0 to SIT-A",
    "Custom.ReleaseEnvironment": "SIT-A",
    "Custom.ReleaseParty": "DCC",
    "Custom.ReleaseNumber": DCC_BUILD,
}


def raised_by_hand(play: Play) -> int:
    return play.azure.person(PARTY).create("Request for Change", KEY)


def deployed_by_hand(play: Play) -> int:
    rfc = raised_by_hand(play)
    play.azure.person(RELEASE_MANAGER).set_state(rfc, "Approved")
    play.azure.person(DEPLOYER).set_state(rfc, "Deployed")
    return rfc


def test_what_was_deployed_by_hand_runs_and_its_fixes_wait_for_the_release_manager(play: Play) -> None:
    rfc = deployed_by_hand(play)
    play.at(3, 10)
    play.look()
    assert play.news() == [
        "RFC DCC SIT-A deployment recorded",
        "list DCC SIT-B created",
        "list Electralink UIT created",
    ]
    assert play.picture().running("SIT-A", "DCC") == read_number(DCC_BUILD)
    assert play.listed("SIT-B") == sorted(DCC_FIXES)
    assert {play.where(id).where for id in (*IN_SIT_A, HELD)} == {Where.ON_NO_NOTE}
    assert not play.look().plan

    play.at(3, 11)
    play.cast.accept(rfc, *IN_SIT_A)
    play.look("hand_to_testers")
    assert play.news() == [f"{id} Resolved -> Ready for Retest" for id in IN_SIT_A]
    assert not play.look("hand_to_testers").plan


def test_the_next_release_is_built_on_it_for_who_missed_it_and_for_who_has_it(play: Play) -> None:
    deployed_by_hand(play)
    later = 555
    play.cast.resolve(later, "5.2.17.0")
    play.at(3, 10)
    play.look()
    play.seen()
    assert play.listed("SIT-A") == [later]
    assert play.listed("SIT-B") == sorted([*DCC_FIXES, HELD, later])

    play.at(3, 11)
    play.cast.agree("SIT-A", "DCC")
    play.look()
    play.at(3, 11, 30)
    play.look()
    assert play.listed("SIT-B") == sorted([*DCC_FIXES, HELD, later])
    play.seen()


def test_one_that_is_still_under_way_gets_the_list_that_is_agreed_for_its_key(play: Play) -> None:
    rfc = raised_by_hand(play)
    play.look()
    assert "list DCC SIT-A created" in play.news()

    play.at(3, 11)
    play.cast.agree("SIT-A", "DCC")
    play.look()
    assert play.news() == ["list DCC SIT-A sealed as edition 1"]
    play.at(3, 11, 10)
    play.look()
    play.look()
    assert [item.id for item in play.cast.rfcs("SIT-A")] == [rfc]
    assert set(IN_SIT_A) < set(play.azure.item(rfc).links("System.LinkTypes.Related"))
    assert "Retest in SIT-A" in text(play.azure.item(rfc), "Custom.ReleaseNote")
    assert play.cast.the_list("SIT-A", "DCC").state == "Raised"

    play.at(4, 8)
    play.cast.approve("SIT-A", "DCC")
    play.at(7, 10)
    play.cast.deploy("SIT-A", "DCC")
    play.seen()
    play.look("hand_to_testers")
    assert play.news() == [f"{id} Resolved -> Ready for Retest" for id in IN_SIT_A]
    assert play.states(*IN_SIT_B) == ["Resolved"] * len(IN_SIT_B)
