"""Keeping lists: proposed once, rewritten when they change and not more often, closed when nothing is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.candidate_list import CandidateList, ListState
from bot.change import Field, LinkKind
from bot.defect import Defect
from bot.facts import Facts
from bot.picture import Picture
from bot.plan import Action, ActionKind
from bot.propose_lists import plan_lists
from bot.remark import Remark
from bot.rewrite_list import PACE
from bot.rfc import Rfc
from tests.bot.after import after, edited
from tests.bot.world import (
    NOW,
    WEEK,
    a_defect,
    a_list,
    a_party,
    a_picture,
    a_programme,
    a_sealed_list,
    an_entry,
    an_rfc,
    at,
    entries,
    facts,
    number,
)

ONLY_SIT_A = a_programme(parties=[a_party(environments=("SIT-A",))])


def decided(*items: Defect | CandidateList | Rfc, **other: Any) -> list[Action]:
    return list(plan_lists(a_picture(*items, **{"programme": ONLY_SIT_A} | other)))


def kept(*items: Defect | CandidateList | Rfc) -> Facts:
    """A world whose list has just been brought up to date, a while ago."""
    world = facts(*items, programme=ONLY_SIT_A)
    world = after(plan_lists(Picture(world)), world)
    return replace(world, now=world.now + PACE)


def with_defect(world: Facts, defect: Defect) -> Facts:
    return replace(world, defects={**world.defects, defect.id: defect})


def test_a_list_is_created_with_its_key_its_window_and_a_link_for_each_fix() -> None:
    (action,) = decided(a_defect(123), a_defect(246, found_in="SIT-B"))

    assert action.kind is ActionKind.CREATE_LIST
    assert action.reason == "5.2.16.0 brings 1 fix to SIT-A"
    assert edited(action)[Field.TITLE] == ("Candidate list: DCC 5.2.16.0 to SIT-A, Mon 07-Dec-2026 09:00 GMT")
    assert edited(action)[Field.NUMBER] == number("5.2.16.0")
    assert edited(action)[Field.SEQUENCE] == 1
    assert [(link.kind, link.target, link.comment) for link in action.change.links] == [
        (LinkKind.ENTRY, 123, "5.2.16.0, retest here")
    ]


def test_the_sequence_goes_on_after_the_lists_before() -> None:
    (action,) = decided(a_defect(), a_list(901, state=ListState.CLOSED, sequence=4))

    assert edited(action)[Field.SEQUENCE] == 5


def test_no_list_is_created_where_nothing_is_left_to_release() -> None:
    assert decided() == []


def test_a_list_that_says_everything_is_left_alone() -> None:
    assert list(plan_lists(Picture(kept(a_defect())))) == []


def test_a_new_fix_is_linked_and_one_that_went_is_not_any_more() -> None:
    world = kept(a_defect(123), a_defect(456))
    world = with_defect(world, a_defect(789))
    world = with_defect(world, a_defect(456, tags=frozenset({"Hold"})))

    (action,) = plan_lists(Picture(world))

    assert (action.kind, action.reason) == (ActionKind.REWRITE_LIST, "1 added, 1 taken off")
    assert [link.target for link in action.change.links] == [789]
    assert [link.target for link in action.change.unlinks] == [456]


def test_a_fix_with_a_later_build_is_linked_anew() -> None:
    world = with_defect(kept(a_defect(123)), a_defect(123, version="5.2.17.0"))

    (action,) = plan_lists(Picture(world))

    assert [link.comment for link in action.change.links] == ["5.2.17.0, retest here"]
    assert [link.comment for link in action.change.unlinks] == ["5.2.16.0, retest here"]
    assert after(plan_lists(Picture(world)), world).lists[1001].entries == {an_entry(123, fixed_by="5.2.17.0")}


def test_a_corrected_title_is_shown() -> None:
    world = with_defect(kept(a_defect(123)), a_defect(123, title="Corrected"))

    (action,) = plan_lists(Picture(world))

    assert set(edited(action)) == {Field.BODY}


def test_a_list_is_not_rewritten_more_often_than_its_pace() -> None:
    world = with_defect(kept(a_defect(123)), a_defect(456))
    soon = replace(world, now=world.now - timedelta(seconds=1))

    assert list(plan_lists(Picture(soon))) == []
    assert len(plan_lists(Picture(world))) == 1


def test_when_its_window_passes_the_same_list_stands_for_the_next() -> None:
    world = replace(kept(a_defect(123)), now=at("2026-12-04 09:01"))

    (action,) = plan_lists(Picture(world))

    assert edited(action)[Field.WINDOW_START] == at("2026-12-14 09:00")
    window = "Mon 14-Dec-2026 09:00 GMT to Mon 14-Dec-2026 11:00 GMT"
    words = f"The window passed without agreement; the list now stands for {window}."
    assert edited(action)[Field.REMARK] == Remark((words,))
    assert list(plan_lists(Picture(replace(after(plan_lists(Picture(world)), world), now=world.now + PACE)))) == []


def test_a_list_on_which_nothing_is_left_is_closed_and_says_why() -> None:
    world = with_defect(kept(a_defect(123)), a_defect(123, tags=frozenset({"Hold"})))

    (action,) = plan_lists(Picture(world))

    assert action.kind is ActionKind.CLOSE_LIST
    assert edited(action)[Field.REMARK] == Remark(("Closed: nothing is left to release: no release of DCC is ready.",))


def test_the_number_that_a_person_set_is_kept_as_theirs() -> None:
    world = kept(a_defect(123))
    chosen = replace(world.lists[1001], number=number("5.2.18.0"), rev=9)
    world = replace(world, lists={1001: chosen})

    world = after(plan_lists(Picture(world)), world)

    assert world.lists[1001].number == number("5.2.18.0")
    assert world.lists[1001].chosen_number == number("5.2.18.0")


def test_an_agreed_list_keeps_its_entries_whatever_comes_up() -> None:
    agreed = a_list(state=ListState.AGREED, changed_at=NOW - WEEK)

    (action,) = decided(a_defect(123), a_defect(456), agreed)

    assert set(edited(action)) == {Field.BODY}
    assert (action.change.links, action.change.unlinks) == ((), ())


def test_an_agreed_list_shows_what_blocks_it() -> None:
    (action,) = decided(a_defect(123, tags=frozenset({"Hold"})), a_sealed_list())

    words = "123 is held, but 5.2.16.0 contains it: unhold it, or agree a build without it"
    assert action.reason == words
    assert edited(action)[Field.BODY].notices == (words,)


def test_an_agreed_list_of_a_chosen_number_keeps_it_as_chosen() -> None:
    agreed = a_list(state=ListState.AGREED, written=None)

    world = facts(a_defect(123), agreed, programme=ONLY_SIT_A)

    assert after(plan_lists(Picture(world)), world).lists[901].chosen_number == agreed.number


def test_a_fix_held_for_one_environment_is_on_its_list_with_a_warning() -> None:
    (action,) = decided(a_defect(123, tags=frozenset({"Hold SIT-A"})))

    assert edited(action)[Field.BODY].notices == (
        "123 is held for SIT-A: while it is, no RFC is raised for a release that contains it",
    )


@pytest.mark.parametrize("state", [ListState.RAISED, ListState.CLOSED, ListState.OTHER], ids=lambda s: s.value)
def test_a_list_that_is_past_agreement_is_never_rewritten(state: ListState) -> None:
    sealed = a_sealed_list(state=state, entries=entries(here=[123]))

    assert [a for a in decided(a_defect(123), sealed) if a.change.id == sealed.id] == []


def test_a_list_of_another_release_names_what_was_found_there_and_has_no_list_yet() -> None:
    """A person has it stand for the release that another environment has already."""
    there = a_sealed_list(environment="SIT-B", state=ListState.RAISED, entries=entries(elsewhere=[123]))
    here = a_list(902, number=number("5.2.16.0"), entries=entries(here=[123]))
    fixes = [a_defect(123), a_defect(124, version="5.2.17.0"), a_defect(125, version="5.2.17.0", found_in="SIT-B")]

    planned = plan_lists(a_picture(*fixes, there, here, an_rfc(of=there)))

    (action,) = [a for a in planned if a.kind is ActionKind.REWRITE_LIST and a.change.id == here.id]
    assert [(line.id, line.reason) for line in edited(action)[Field.BODY].left_out] == [
        (124, "it is in 5.2.17.0, for which SIT-A has no list yet")
    ]
