"""The race for a number: two lists of a party are agreed with the same one, and only one can keep it [M11]."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.blocks import blocks
from bot.candidate_list import CandidateList, ListState
from bot.facts import Facts
from bot.number import Number
from bot.number_race import holder_of_number
from bot.party import Numbers
from bot.picture import Picture
from bot.rewrite_list import PACE
from tests.bot.a_run import decided, listed, run
from tests.bot.after import after
from tests.bot.numbered_world import numbered, without_version
from tests.bot.people import agrees, edits_list, later, resolves, the_list
from tests.bot.world import NOW, a_defect, a_list, a_programme, a_sealed_list, an_rfc, approved, entries, facts, number

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
            of(902, "UIT", entries=OTHER_CONTENT),
            [of(903, "SIT-A", claim="r1.1")],
            903,
            id="then the one that is claimed",
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
    found = holder_of_number(own, others, {}, [number("5.2.15.0")])

    assert (found.id if found is not None else None) == holder


def test_the_one_that_has_an_rfc_keeps_it_before_a_lower_id() -> None:
    low, high = of(901, "SIT-A"), of(902, "UIT", entries=OTHER_CONTENT, state=ListState.RAISED)
    rfcs = {high.id: an_rfc(of=high)}

    assert holder_of_number(low, [low, high], rfcs) == high
    assert holder_of_number(high, [low, high], rfcs) is None


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


@pytest.mark.parametrize(
    ("told", "holder"),
    [
        pytest.param({(number("5.2.16.0"), 77)}, None, id="what was delivered otherwise, or accepted by name"),
        pytest.param({(number("5.2.17.0"), 77)}, 901, id="with another release"),
    ],
)
def test_what_people_said_of_a_deployed_release_is_no_other_content(
    told: set[tuple[Number, int]], holder: int | None
) -> None:
    found = holder_of_number(of(902, "UIT", entries=OTHER_CONTENT), [of(901, "SIT-A")], {}, (), told)

    assert (found.id if found is not None else None) == holder


def test_what_came_without_a_list_is_older_than_a_release_above_it() -> None:
    """SIT-A had 5.2.16.0 by hand: the list of UIT, which missed it, brings its fix along."""
    first = of(901, "SIT-A", entries=entries([77], fixed_by="5.2.17.0"), release="5.2.17.0")
    second = of(902, "UIT", entries=entries([77], fixed_by="5.2.17.0") | entries([123]), release="5.2.17.0")

    assert holder_of_number(second, [first], {}, [number("5.2.15.0"), number("5.2.16.0")]) is None
    assert holder_of_number(second, [first], {}, [number("5.2.15.0")]) == first


def by_party(*items: Any) -> Facts:
    world = facts(*items, programme=a_programme())
    assert world.programme.parties["DCC"].numbers is Numbers.PARTY
    return world


def test_a_party_that_numbers_its_builds_means_one_content_by_one_number_too() -> None:
    first, second = of(901, "SIT-A"), of(902, "UIT", entries=OTHER_CONTENT)

    plan = {a.subject: (a.kind.value, a.reason) for a in decided(by_party(a_defect(123), a_defect(77), first, second))}

    assert plan["list 901"][0] == "raise the RFC"
    assert plan["list 902"] == ("put the list back to proposed", TAKEN)


def resolved_while_agreed() -> Facts:
    """SIT-B's list is agreed; in the run that seals it SIT-A's list takes in 77, which is resolved just then."""
    world = agrees(run(by_party(a_defect(123))), "SIT-B")
    world = later(world, NOW + PACE)
    return run(resolves(world, a_defect(77)))


def test_a_fix_that_is_resolved_while_the_first_list_is_agreed_stays_out_of_the_other_one() -> None:
    world = resolved_while_agreed()
    sealed = the_list(world, "SIT-B")
    assert (set(listed(world, "SIT-B")), set(listed(world, "SIT-A"))) == ({123}, {123, 77})

    world = run(agrees(world, "SIT-A"))

    assert sealed.is_sealed
    assert the_list(world, "SIT-A").state is ListState.PROPOSED
    assert the_list(world, "SIT-B").state is ListState.AGREED

    world = run(later(world, world.now + PACE), times=2)

    assert set(listed(world, "SIT-A")) == {123}
    assert in_bucket(world, 77) == "its version 5.2.16.0 is not above 5.2.16.0, which was agreed without it"


def test_so_it_does_once_the_first_list_has_its_rfc() -> None:
    world = run(resolved_while_agreed(), times=3)
    world = run(agrees(world, "SIT-A"))

    assert the_list(world, "SIT-A").state is ListState.PROPOSED
    assert the_list(world, "SIT-B").state is ListState.RAISED


def test_a_link_that_somebody_makes_takes_the_number_from_no_list_that_has_an_rfc() -> None:
    """Its RFC's history tells what was agreed: the other list still names something else."""
    raised = of(902, "SIT-B", state=ListState.RAISED)
    other = of(901, "SIT-A", entries=OTHER_CONTENT)
    rfc = an_rfc(of=raised)
    linked = replace(raised, entries=raised.entries | entries([88]))

    picture = Picture(facts(a_defect(123), linked, other, rfc, histories={rfc.id: approved(rfc)}))

    found = picture.holder_of(other)
    assert found is not None
    assert found.id == raised.id


def in_bucket(world: Facts, id: int) -> str:
    """Why it is on no list."""
    return next(out.words for out in Picture(world).drafts["DCC"].left_out if out.defect == id)
