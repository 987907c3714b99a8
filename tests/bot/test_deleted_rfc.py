"""An RFC that somebody deletes: its list and number stay as they are, shown, until a person has decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.candidate_list import ListState
from bot.facts import Facts
from bot.picture import Picture
from bot.rewrite_list import PACE
from bot.standing import standings
from bot.where import Where
from bot.why_not_raised import why_not_raised
from tests.bot.a_run import raised, run
from tests.bot.people import agrees, edits_list, later, the_list
from tests.bot.world import NOW, a_change_request, a_defect, facts

FIXES = [a_defect(123), a_defect(246, found_in="SIT-B"), a_change_request(31)]
LOST = "its RFC is not there any more: restore it, or set the list back to proposed to have it raised anew"


def without_rfcs(world: Facts) -> Facts:
    return replace(world, rfcs={})


@pytest.mark.parametrize("state", [ListState.RAISED, ListState.CLOSED])
def test_where_somebody_deletes_an_rfc_its_list_and_number_stay_and_nothing_is_proposed_for_it(
    state: ListState,
) -> None:
    whole = raised(facts(*FIXES), "SIT-A")
    whole = edits_list(whole, "SIT-A", state=state, claim="r1.1: DCC 5.2.16.0 to SIT-A, edition 1")
    lists = {c.id for c in whole.lists.values() if c.environment == "SIT-A"}

    world = run(later(without_rfcs(whole), NOW + PACE), times=2)

    assert {c.id for c in world.lists.values() if c.environment == "SIT-A"} == lists
    assert world.rfcs == {}
    assert why_not_raised(the_list(world, "SIT-A"), Picture(world)) == LOST
    assert run(replace(world, rfcs=whole.rfcs)).rfcs.keys() == whole.rfcs.keys()


def test_its_fixes_wait_there_and_say_so() -> None:
    world = without_rfcs(raised(facts(a_defect(123)), "SIT-A"))

    found = standings(Picture(world))[123]

    assert (found.where, found.next_step) == (Where.ON_LIST, LOST)


def test_set_back_to_proposed_by_a_person_it_is_agreed_and_raised_anew() -> None:
    world = without_rfcs(raised(facts(*FIXES), "SIT-A"))
    world = run(edits_list(world, "SIT-A", state=ListState.PROPOSED), times=2)

    world = run(agrees(world, "SIT-A"), times=3)

    assert [str(rfc.number) for rfc in world.rfcs.values()] == ["5.2.16.0"]
    assert the_list(world, "SIT-A").state is ListState.RAISED
