"""What stops writing while Shunter runs, how much of it, and that it goes on by itself, without a restart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.configuration.configuration import Configuration
from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import unauthorised
from adapters.sandbox.mhhs_process import BUG
from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER
from adapters.sandbox.permissions import Right
from adapters.sandbox.process import StateDefinition
from jobs.ready import not_ready
from jobs.run import Ending, Report
from jobs.serve import look
from tests.jobs.accidents import ALWAYS, WRITES, is_write
from tests.jobs.play import URL, Play
from tests.jobs.small_world import DCC_FIXES, settings, small_programme

MOVED = [f"{id} Resolved -> Ready for Retest" for id in (123, 456, 789)]
RECORDED = "RFC DCC SIT-A deployment recorded"
AREA = "MHHS\\Vault"


@pytest.fixture
def configuration(azure: Azure, tmp_path: Path) -> Configuration:
    return settings(small_programme(), azure, URL, tmp_path)


def looked(play: Play, configuration: Configuration) -> Report:
    """A look of the service."""
    return look(play.world, configuration)


def test_a_token_that_lost_its_scope_to_write_tries_one_write_a_look_and_goes_on_when_it_is_back(
    deployed: Play, configuration: Configuration
) -> None:
    token = deployed.azure.token_for(BOT)
    deployed.azure.tokens.rescope(token, may_write=False)

    for _ in range(2):
        since = len(deployed.azure.journal)
        report = looked(deployed, configuration)
        assert report.ending is Ending.PARTLY_DONE
        assert "adds the scope Work items (read and write)" in report.read_only
        assert "vso.work_write" in report.why
        assert [name for name in deployed.asked(since) if name in WRITES] == ["batch"]
        assert report.facts is not None
        assert len(report.facts.lists) == 3
        assert len(report.plan) == 4
    assert deployed.news() == []

    deployed.azure.tokens.rescope(token, may_write=True)
    assert looked(deployed, configuration).ending is Ending.DONE
    assert deployed.news() == [*MOVED, RECORDED]


def test_two_rfcs_to_raise_are_not_tried_one_after_the_other_with_such_a_token(
    play: Play, configuration: Configuration
) -> None:
    play.sealed()
    play.at(3, 11, 10)
    token = play.azure.token_for(BOT)
    play.azure.tokens.rescope(token, may_write=False)
    since = len(play.azure.journal)

    looked(play, configuration)

    assert [name for name in play.asked(since) if name in WRITES] == ["update"]
    play.azure.tokens.rescope(token, may_write=True)
    assert looked(play, configuration).ending is Ending.DONE
    assert len(play.cast.rfcs()) == 2
    play.seen()


def test_a_token_that_is_taken_for_reading_and_signed_out_for_writing_names_the_scope(
    deployed: Play, configuration: Configuration
) -> None:
    deployed.azure.faults.add(is_write, unauthorised(), times=ALWAYS)

    report = looked(deployed, configuration)

    assert report.ending is Ending.SIGNED_OUT
    assert report.facts is not None
    assert "adds the scope Work items (read and write)" in report.read_only
    deployed.azure.faults.clear()
    assert looked(deployed, configuration).ending is Ending.DONE
    assert deployed.news() == [*MOVED, RECORDED]


def test_where_one_area_is_closed_to_the_bot_only_what_lies_there_waits(
    deployed: Play, configuration: Configuration
) -> None:
    deployed.azure.organisation.areas |= {AREA}
    deployed.azure.person(SIT_DEFECT_MANAGER).edit(456, {"System.AreaPath": AREA})
    deployed.azure.permissions.take(BOT, Right.EDIT_ITEMS, AREA)

    for _ in range(2):
        report = looked(deployed, configuration)
        assert report.ending is Ending.PARTLY_DONE
        (refused,) = [r.outcome for r in report.results if r.action.subject == "defect 456"]
        assert "The following permission is needed: Edit work items in this node" in getattr(refused, "why", "")
    assert deployed.news() == [MOVED[0], MOVED[2], RECORDED]

    deployed.azure.permissions.give_back(BOT, Right.EDIT_ITEMS, AREA)
    assert looked(deployed, configuration).ending is Ending.DONE
    assert deployed.news() == [MOVED[1]]


def test_a_state_that_is_renamed_in_service_stops_what_is_written_is_named_and_comes_back(
    deployed: Play, configuration: Configuration
) -> None:
    """The defects wait for no six hours, although the server said no to each of them for good."""
    assert not_ready(deployed.world, configuration) is None
    process = deployed.azure.organisation.process
    hidden = replace(BUG, states=tuple(s for s in BUG.states if s.name != "Ready for Retest"))
    deployed.azure.organisation.process = replace(process, types=(hidden, *process.types[1:]))

    assert looked(deployed, configuration).ending is Ending.PARTLY_DONE
    assert deployed.news() == [RECORDED]
    for _ in range(2):
        report = looked(deployed, configuration)
        assert report.ending is Ending.FAILED
        assert report.why.startswith("type 'Bug' has no state 'Ready for Retest'")

    deployed.azure.organisation.process = process
    assert looked(deployed, configuration).ending is Ending.DONE
    assert deployed.news() == MOVED


def bugs_have(play: Play, *states: StateDefinition) -> None:
    process = play.azure.organisation.process
    play.azure.organisation.process = replace(process, types=(replace(BUG, states=states), *process.types[1:]))


def test_defects_that_all_stand_in_a_renamed_state_close_no_list(play: Play, configuration: Configuration) -> None:
    play.proposed()
    assert looked(play, configuration).ending is Ending.DONE
    person = play.azure.person(SIT_DEFECT_MANAGER)
    fixed = (replace(state, name="Fixed") if state.name == "Resolved" else state for state in BUG.states)
    bugs_have(play, *fixed)
    for id in DCC_FIXES:
        person.set_state(id, "Fixed")

    held = looked(play, configuration)
    named = looked(play, configuration)

    assert (held.ending, named.ending) == (Ending.FAILED, Ending.FAILED)
    assert held.read_only.startswith(
        "nothing is written: there are work items in a new state (defect Fixed), and type 'Bug' has no state 'Resolved'"
    )
    assert named.why.startswith("type 'Bug' has no state 'Resolved'")
    assert play.news() == []
    bugs_have(play, *BUG.states)
    for id in DCC_FIXES:
        person.set_state(id, "Resolved")
    assert looked(play, configuration).ending is Ending.DONE
    assert play.listed("SIT-A") == sorted(DCC_FIXES)
    play.seen()


def test_a_state_that_is_added_is_asked_about_once_and_goes_its_way(play: Play, configuration: Configuration) -> None:
    play.proposed()
    looked(play, configuration)
    play.at(3, 10)
    bugs_have(play, *BUG.states, replace(BUG.states[0], name="Parked"))
    play.azure.person(SIT_DEFECT_MANAGER).set_state(789, "Parked")
    since = len(play.azure.journal)

    assert looked(play, configuration).ending is Ending.DONE

    assert play.listed("SIT-A") == [123, 246, 456, 468]
    assert "states" in play.asked(since)
    since = len(play.azure.journal)
    looked(play, configuration)
    assert "states" not in play.asked(since)
    play.seen()
