"""Places: what another link lost, because links stood elsewhere than they were told to, is put back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from adapters.azure_devops.outcomes import Applied, Refused, Unknown
from adapters.sandbox import faults
from adapters.sandbox.answer import Answer
from adapters.sandbox.faults import CarryOut
from bot.change import Change
from bot.defect import Kind
from tests.adapters.azure_devops.by_hand import patch
from tests.adapters.azure_devops.test_writing_links import RELATED, a_list_with, a_relinking, entry, linked
from tests.adapters.azure_devops.world import MANAGER, World
from tests.jobs.accidents import meanwhile

PAGE = "https://example.com/plan"
WORDS, RETEST = "5.2.16.0, carried", "5.2.17.0, retest here"
TARGETS = range(2, 8)
MISSED = {7: False, 8: True, 9: False}
"""Links that a person makes in between: one that stands before that which is to be changed, so that this is missed."""


def turned_round(carry_out: CarryOut) -> Answer:
    """Of an item alone the links come in another order than that by which a write names them."""
    answer = carry_out()
    item = json.loads(answer.body)
    item["relations"].reverse()
    return replace(answer, body=json.dumps(item).encode())


def moved_on(carry_out: CarryOut) -> Answer:
    """Each stands where the next one is told to."""
    answer = carry_out()
    item = json.loads(answer.body)
    item["relations"].append(item["relations"].pop(0))
    return replace(answer, body=json.dumps(item).encode())


def links_meanwhile(world: World, target: int) -> None:
    world.azure.faults.add("update", meanwhile(lambda: world.azure.person(MANAGER).link(1, RELATED, target, "mine")))


@pytest.mark.parametrize(("target", "is_missed"), MISSED.items())
def test_a_link_that_somebody_makes_in_between_costs_no_other_link(world: World, target: int, is_missed: bool) -> None:
    rev = a_list_with(world, 2, 3, 4)
    world.boards.signed_in_as()
    world.asked()
    links_meanwhile(world, target)

    (outcome,) = world.boards.update([a_relinking(rev, unlinks=(entry(3),))])

    assert isinstance(outcome, Applied)
    assert outcome.item is not None
    assert {link.target for link in outcome.item.relations or ()} == set(linked(world))
    assert linked(world) == {2: WORDS, 4: WORDS, target: "mine"}
    usual = {"workitemsbatch": 1, "get work item": 1, "update": 1}
    more = {"get work item": 3, "update": 2, "updates": 1} if is_missed else {}
    assert world.asked() == usual | more


@pytest.mark.parametrize("target", MISSED)
def test_nor_its_words(world: World, target: int) -> None:
    rev = a_list_with(world, 2, 3, 4)
    links_meanwhile(world, target)

    world.boards.update([a_relinking(rev, links=(entry(3, RETEST),))])

    assert linked(world) == {2: WORDS, 3: RETEST, 4: WORDS, target: "mine"}


def test_also_where_the_answer_is_lost(world: World) -> None:
    rev = a_list_with(world, 2, 3, 4)

    def links_and_says_nothing(carry_out: CarryOut) -> Answer:
        world.azure.person(MANAGER).link(1, RELATED, 8, "mine")
        return faults.reset(applied=True)(carry_out)

    world.azure.faults.add("update", links_and_says_nothing)

    (outcome,) = world.boards.update([a_relinking(rev, links=(entry(3, RETEST),), unlinks=(entry(4),))])

    assert isinstance(outcome, Applied)
    assert linked(world) == {2: WORDS, 3: RETEST, 8: "mine"}


def test_what_was_taken_off_long_ago_does_not_come_back(world: World) -> None:
    """The link that is hit has the words already: this write changes no link at all."""
    rev = a_list_with(world, 2, 3, 4, 9)
    world.boards.update([a_relinking(rev, unlinks=(entry(9),))])
    world.azure.faults.add("update", meanwhile(lambda: world.azure.person(MANAGER).link(1, RELATED, 8, RETEST)))

    world.boards.update([a_relinking(world.rev(1), links=(entry(3, RETEST),), edition=3)])

    assert linked(world) == {2: WORDS, 3: RETEST, 4: WORDS, 8: RETEST}


def test_somebody_who_edits_while_it_is_put_right_is_waited_for(world: World) -> None:
    rev = a_list_with(world, 2, 3, 4)
    links_meanwhile(world, 8)
    edits = meanwhile(lambda: world.azure.person(MANAGER).edit(1, {"System.Title": "Mine"}))
    world.azure.faults.add("update", edits)

    (outcome,) = world.boards.update([a_relinking(rev, unlinks=(entry(3),))])

    assert isinstance(outcome, Applied)
    assert outcome.rev == rev + 1
    assert linked(world) == {2: WORDS, 4: WORDS, 8: "mine"}


def test_a_page_that_lost_its_link_gets_it_back(world: World) -> None:
    rev = a_list_with(world, 2)
    page = {"rel": "Hyperlink", "url": PAGE, "attributes": {"comment": "the plan"}}
    patch(world, 1, [{"op": "add", "path": "/relations/-", "value": page}])
    world.azure.faults.add("get work item", turned_round)

    (outcome,) = world.boards.update([a_relinking(rev + 1, unlinks=(entry(2),))])

    assert isinstance(outcome, Applied)
    assert {(link.url, link.target, link.comment) for link in world.azure.item(1).relations} == {
        (PAGE, None, "the plan"),
    }


def test_of_several_each_is_looked_after(world: World) -> None:
    rev = a_list_with(world, 2, 3)
    world.candidate_list(20)
    world.azure.person(MANAGER).link(20, RELATED, 2, WORDS)
    world.azure.faults.add("get work item", turned_round)
    other = Change(Kind.LIST, 20, world.rev(20), (), (), (entry(2),))

    outcomes = world.boards.update([a_relinking(rev, unlinks=(entry(3),)), other])

    assert all(isinstance(outcome, Applied) for outcome in outcomes)
    assert set(linked(world)) == {2}
    assert world.azure.item(20).relations == ()


def test_what_a_person_takes_off_in_between_is_not_put_back(world: World) -> None:
    rev = a_list_with(world, 2, 3, 4)
    unlink = meanwhile(lambda: world.azure.person(MANAGER).unlink(1, RELATED, 4))
    world.azure.faults.add("update", unlink)

    (outcome,) = world.boards.update([a_relinking(rev, unlinks=(entry(3),))])

    assert isinstance(outcome, Applied)
    assert set(linked(world)) == {2}


def test_where_links_never_stand_where_they_are_told_to_none_is_lost(world: World) -> None:
    rev = a_list_with(world, *TARGETS)
    world.azure.faults.add("get work item", moved_on, times=99)

    (first,) = world.boards.update([a_relinking(rev, unlinks=(entry(3),))])
    (again,) = world.boards.update([a_relinking(rev + 1, unlinks=(entry(3),), edition=3)])

    assert isinstance(first, Unknown)
    assert isinstance(again, Refused)
    assert "by hand" in first.why
    assert "by hand" in again.why
    assert (linked(world), world.rev(1)) == (dict.fromkeys(TARGETS, WORDS), rev + 1)


def test_where_it_cannot_look_what_it_took_off_it_says_so(world: World) -> None:
    rev = a_list_with(world, 2, 3)
    world.azure.faults.add("get work item", turned_round)
    world.azure.faults.add("updates", faults.unauthorised())

    (outcome,) = world.boards.update([a_relinking(rev, unlinks=(entry(3),))])

    assert isinstance(outcome, Unknown)
    assert "other links than it meant may be gone" in outcome.why


def test_an_item_whose_places_cannot_be_asked_is_not_changed(world: World) -> None:
    rev = a_list_with(world, 2)
    world.azure.faults.add("get work item", faults.unauthorised())

    (outcome,) = world.boards.update([a_relinking(rev, unlinks=(entry(2),))])

    assert isinstance(outcome, Refused)
    assert not outcome.is_lasting
    assert set(linked(world)) == {2}
