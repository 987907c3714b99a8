"""The race for a number: two lists of a party are agreed with the same one, and only one can keep it [M11]."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.blocks import blocks
from bot.candidate_list import CandidateList, ListState
from bot.facts import Facts
from bot.number_race import holder_of_number
from bot.party import Numbers
from bot.picture import Picture
from bot.rewrite_list import PACE
from tests.bot.a_run import decided, listed, run
from tests.bot.after import after
from tests.bot.numbered_world import numbered, without_version
from tests.bot.people import agrees, edits_list, later, resolves, the_list
from tests.bot.world import NOW, PATCH, a_defect, a_list, a_programme, a_sealed_list, an_rfc, entries, facts, number

OTHER_CONTENT = entries([123, 77])
TAKEN = (
    "5.2.16.0 stands for what list 901 of SIT-A names, and this list names something else: "
    "it is proposed anew, with that content or with the next number"
)


def of(id: int, environment: str, **other: Any) -> CandidateList:
    return a_sealed_list(id, environment=environment, **other)


@pytest.mark.parametrize(
    ("own", "others", "holder"),
    [
        pytest.param(of(902, "UIT"), [of(901, "SIT-A")], None, id="the same content to two environments"),
        pytest.param(of(902, "UIT", entries=OTHER_CONTENT), [of(901, "SIT-A")], 901, id="the lower id keeps it"),
        pytest.param(of(901, "SIT-A"), [of(902, "UIT", entries=OTHER_CONTENT)], None, id="and is not asked"),
        pytest.param(
            a_list(901, state=ListState.AGREED), [of(902, "UIT", entries=OTHER_CONTENT)], 902, id="the sealed one first"
        ),
        pytest.param(
            of(902, "UIT", entries=OTHER_CONTENT, release="5.2.17.0"), [of(901, "SIT-A")], None, id="another number"
        ),
        pytest.param(
            of(902, "UIT", entries=entries([123]) | entries([5], fixed_by="5.2.14.0")),
            [of(901, "SIT-A")],
            None,
            id="what one environment has missed is older",
        ),
        pytest.param(
            of(902, "UIT", entries=entries([123]) | entries([5], fixed_by="5.2.15.0")),
            [of(901, "SIT-A")],
            None,
            id="also that of the release just before",
        ),
        pytest.param(
            of(902, "UIT", entries=entries([77], fixed_by="5.2.17.0"), release="5.2.17.0"),
            [of(901, "SIT-A")],
            None,
            id="another number for other content",
        ),
        pytest.param(
            of(902, "UIT"),
            [replace(of(901, "SIT-A"), entries=OTHER_CONTENT)],
            None,
            id="the other was changed since it was sealed",
        ),
        pytest.param(
            of(902, "UIT"),
            [of(901, "SIT-A", entries=entries([123]) | entries([5], fixed_by="5.2.14.0"))],
            None,
            id="or what the other has missed",
        ),
        pytest.param(
            of(903, "UIT", entries=OTHER_CONTENT), [of(902, "SIT-B"), of(901, "SIT-A")], 901, id="of two the lower id"
        ),
        pytest.param(
            of(902, "UIT", entries=entries([123]) | entries([900], fixed_by="5.2.15.1")),
            [of(901, "SIT-A")],
            None,
            id="an emergency's fix",
        ),
        pytest.param(
            replace(of(902, "UIT"), entries=OTHER_CONTENT), [of(901, "SIT-A")], None, id="changed since it was sealed"
        ),
        pytest.param(a_list(902, release=""), [of(901, "SIT-A")], None, id="without a number"),
    ],
)
def test_who_keeps_the_number(own: CandidateList, others: list[CandidateList], holder: int | None) -> None:
    found = holder_of_number(own, others, {}, number("5.2.15.0"))

    assert (found.id if found is not None else None) == holder


def test_the_one_that_has_an_rfc_keeps_it_before_a_lower_id() -> None:
    low, high = of(901, "SIT-A"), of(902, "UIT", entries=OTHER_CONTENT, state=ListState.RAISED)
    rfcs = {high.id: an_rfc(of=high)}

    assert holder_of_number(low, [low, high], rfcs, None) == high
    assert holder_of_number(high, [low, high], rfcs, None) is None


def racing() -> Facts:
    """77 is resolved between two looks: UIT's list names it already, SIT-A's does not yet."""
    world = run(numbered(without_version()))
    world = resolves(world, without_version(77))
    both = entries([123]) | entries([77])
    world = edits_list(world, "UIT", entries=frozenset(replace(e, role=next(iter(both)).role) for e in both))
    world = edits_list(world, "UIT", written=the_list(world, "SIT-A").written)
    return agrees(agrees(world, "SIT-A"), "UIT")


def test_of_two_lists_agreed_at_the_same_second_the_second_goes_back_in_words() -> None:
    world = racing()
    first, second = the_list(world, "SIT-A"), the_list(world, "UIT")

    plan = {a.subject: (a.kind.value, a.reason) for a in decided(world)}
    world = run(world)

    assert plan[f"list {first.id}"][0] == "seal the list"
    assert plan[f"list {second.id}"] == ("put the list back to proposed", TAKEN.replace("901", str(first.id)))
    assert the_list(world, "SIT-A").is_sealed
    assert the_list(world, "UIT").state is ListState.PROPOSED


def test_and_is_proposed_with_the_next_number() -> None:
    world = run(racing(), times=3)

    world = run(later(world, NOW + 2 * PACE), times=2)

    assert (str(the_list(world, "UIT").number), set(listed(world, "UIT"))) == ("5.2.17.0", {123, 77})
    assert str(the_list(world, "SIT-A", "5.2.16.0").number) == "5.2.16.0"
    assert not decided(later(world, world.now + 2 * PACE))


def test_the_order_in_which_they_were_read_does_not_matter() -> None:
    world = racing()
    turned = replace(world, lists=dict(reversed(list(world.lists.items()))))

    assert decided(turned) == decided(world)


def test_where_two_replicas_sealed_both_the_second_goes_back_and_gets_no_rfc() -> None:
    first = of(901, "SIT-A")
    second = of(902, "UIT", entries=OTHER_CONTENT)
    world = numbered(without_version(), without_version(77), first, second)

    plan = {a.subject: (a.kind.value, a.reason) for a in decided(world)}
    world = after(decided(world), world)

    assert plan["list 902"] == ("put the list back to proposed", TAKEN)
    assert plan["list 901"][0] == "raise the RFC"
    assert blocks(second, Picture(numbered(without_version(), first, second))) == (TAKEN,)
    assert world.lists[902].state is ListState.PROPOSED


def test_a_party_that_numbers_its_builds_means_one_build_by_one_number() -> None:
    """Then both lists name it all: the first goes back, for it lacks what the other names."""
    first, second = of(901, "SIT-A"), of(902, "UIT", entries=OTHER_CONTENT)
    world = facts(a_defect(123), a_defect(77), first, second, programme=a_programme())

    reasons = {a.subject: a.reason for a in decided(world)}

    assert world.programme.parties["DCC"].numbers is Numbers.PARTY
    assert reasons["list 901"] == "its release would bring 77 too, and it does not name them"
    assert first.type is PATCH
