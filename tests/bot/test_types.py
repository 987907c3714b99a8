"""Types: which release a fix travels with where an environment takes more than one, and what each has on its list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.blocks import blocks
from bot.candidate_list import CandidateList, ListState, Role
from bot.defect import Defect
from bot.environment import Dated, Environment, MustPass
from bot.number import ReleaseType
from bot.party import Numbers
from bot.picture import Picture
from bot.proposal import NoProposal, Proposal, propose
from bot.rewrite_list import PACE
from bot.rfc import RfcState
from bot.standing import standings
from bot.where import Where
from tests.bot.a_run import decided, run
from tests.bot.dated_world import (
    BEFORE_MONDAY,
    BIG,
    MAJOR,
    PATCHES,
    SATURDAY,
    dated,
    on_it,
    programme,
    proposed,
    with_major,
)
from tests.bot.people import agrees, approves, deploys, later, resolves, the_list, the_rfc
from tests.bot.world import (
    MONDAY,
    NOW,
    PATCH,
    WEEK,
    a_defect,
    a_list,
    a_party,
    a_picture,
    a_sealed_list,
    a_window,
    an_environment,
    an_rfc,
    deployed,
    entries,
    facts,
    number,
)

MINOR = ReleaseType.MINOR


def drafted(*items: Any, environments: Iterable[Environment] = (), **world: Any) -> dict[str, tuple[str, set[int]]]:
    """By type: the number of the draft, and its fixes."""
    drafts = a_picture(*items, programme=programme(*environments), **world).drafts["DCC"].by_type
    return {t.value: (str(d.number), {fix.defect for fix in d.fixes}) for t, d in drafts.items() if d.number}


def left_out(*items: Any, environments: Iterable[Environment] = ()) -> dict[int, str]:
    drafts = a_picture(*items, programme=programme(*environments)).drafts["DCC"]
    return {out.defect: out.words for out in drafts.left_out}


def test_each_fix_joins_the_draft_of_the_type_that_its_version_has() -> None:
    assert drafted(PATCHES, BIG) == {"patch": ("5.2.16.0", {123}), "major": ("6.0.0.0", {600})}


def test_without_a_window_of_that_type_it_is_left_out() -> None:
    words = "its version 6.0.0.0 is of type major, and no window for that type is planned"

    assert left_out(PATCHES, BIG, environments=[with_major(dated(NOW - WEEK))]) == {600: words}


@pytest.mark.parametrize(
    ("windows", "type_"),
    [
        pytest.param([dated(SATURDAY)], "patch", id="the weekly window is the next"),
        pytest.param([dated(BEFORE_MONDAY)], "major", id="the dated window is the next"),
    ],
)
def test_a_fix_of_configuration_joins_the_draft_whose_window_comes_first(windows: list[Dated], type_: str) -> None:
    fix = a_defect(7, version="configuration")

    found = drafted(PATCHES, BIG, fix, environments=[with_major(*windows)])

    assert 7 in found[type_][1]


def test_or_the_first_that_has_a_number() -> None:
    fix = a_defect(7, version="configuration")

    assert drafted(PATCHES, fix, environments=[with_major(dated(BEFORE_MONDAY))]) == {"patch": ("5.2.16.0", {7, 123})}


def test_an_environment_may_take_another_regular_type() -> None:
    minor = an_environment("SIT-A", regular_type=MINOR)
    small = a_defect(530, version="5.3.0.0", found_in="SIT-B")

    picture = a_picture(PATCHES, small, programme=programme(minor))

    assert on_it(picture, "SIT-A", MINOR) == ("5.3.0.0", {123, 530})
    assert on_it(picture, "SIT-B", PATCH) == ("5.2.16.0", {123})


@pytest.mark.parametrize(
    ("fixes", "waits"),
    [
        pytest.param([BIG, a_defect(601, version="6.0.1.0")], {601}, id="a patch after a major that comes later"),
        pytest.param([a_defect(601, version="6.0.1.0")], set(), id="no such major is drafted"),
        pytest.param([BIG, a_defect(77, version="5.2.17.0")], set(), id="a patch before it"),
    ],
)
def test_a_version_above_a_larger_release_waits_until_that_comes_first(fixes: list[Defect], waits: set[int]) -> None:
    found = left_out(PATCHES, *fixes)

    assert found == dict.fromkeys(waits, "its version 6.0.1.0 follows 6.0.0.0, whose window comes later")


def test_it_does_not_wait_where_the_larger_one_comes_first() -> None:
    found = drafted(PATCHES, BIG, a_defect(601, version="6.0.1.0"), environments=[with_major(dated(BEFORE_MONDAY))])

    assert found["patch"] == ("6.0.1.0", {123, 601})


@pytest.mark.parametrize(
    ("dependent", "waits"),
    [
        pytest.param(a_defect(1, depends_on=frozenset({600})), True, id="a patch on a fix of the major"),
        pytest.param(
            a_defect(1, version="6.0.0.0", depends_on=frozenset({123})), False, id="the major on a fix of a patch"
        ),
    ],
)
def test_a_fix_waits_for_one_of_a_release_that_comes_later(dependent: Defect, waits: bool) -> None:
    words = "it depends on 600, which is resolved but not in the release"

    assert left_out(PATCHES, BIG, dependent) == ({1: words} if waits else {})


def test_each_type_has_its_own_list_in_its_own_window() -> None:
    world = run(facts(PATCHES, BIG, programme=programme()))

    made = {(c.environment, c.type.value, str(c.number), c.window.start) for c in world.lists.values()}

    assert made == {
        ("SIT-A", "patch", "5.2.16.0", MONDAY),
        ("SIT-A", "major", "6.0.0.0", SATURDAY),
        ("SIT-B", "patch", "5.2.16.0", MONDAY),
    }


def test_and_a_second_run_changes_nothing() -> None:
    world = run(facts(PATCHES, BIG, programme=programme()))

    assert not decided(later(world, NOW + 2 * PACE))


def test_the_major_release_contains_the_patches_below_it() -> None:
    picture = a_picture(PATCHES, BIG, programme=programme())

    assert on_it(picture) == ("6.0.0.0", {123, 600})
    assert on_it(picture, type_=PATCH) == ("5.2.16.0", {123})


def test_what_arrives_before_it_leaves_its_list() -> None:
    sealed = a_sealed_list(state=ListState.RAISED)

    picture = a_picture(PATCHES, BIG, sealed, an_rfc(of=sealed), programme=programme())

    assert on_it(picture) == ("6.0.0.0", {600})


def test_an_environment_without_such_a_window_gets_no_list_of_that_type() -> None:
    picture = a_picture(PATCHES, BIG, programme=programme())

    assert on_it(picture, "SIT-B") == "no window for a release of type major is planned whose notice can be kept"


def test_nobody_is_told_of_types_that_nothing_is_planned_for() -> None:
    picture = a_picture(PATCHES, programme=programme())

    assert [p for p in propose(picture) if p.environment == "SIT-B" and isinstance(p, NoProposal)] == [
        NoProposal("SIT-B", "Elexon", PATCH, "no release of Elexon is ready")
    ]


def test_a_fix_whose_environment_gets_no_list_says_why() -> None:
    picture = a_picture(a_defect(600, version="6.0.0.0", found_in="SIT-B"), programme=programme())

    found = standings(picture)[600]

    assert found.where is Where.LEFT_OUT
    assert found.words == (
        "it is in 6.0.0.0, for which SIT-B has no list yet "
        "(no window for a release of type major is planned whose notice can be kept)"
    )


def an_agreed_major(start: datetime) -> CandidateList:
    return a_sealed_list(
        905,
        release="6.0.0.0",
        type=MAJOR,
        state=ListState.RAISED,
        window=a_window(start, MAJOR),
        entries=entries([600], fixed_by="6.0.0.0"),
    )


AGREED_MAJOR, EARLY_MAJOR = an_agreed_major(SATURDAY), an_agreed_major(BEFORE_MONDAY)


def test_a_major_that_is_agreed_for_later_does_not_end_the_patches_before_it() -> None:
    rfc = an_rfc(of=AGREED_MAJOR)

    picture = a_picture(PATCHES, BIG, AGREED_MAJOR, rfc, programme=programme())

    assert on_it(picture, type_=PATCH) == ("5.2.16.0", {123})
    assert proposed(picture, type_=PATCH) == proposed(a_picture(PATCHES, programme=programme()), type_=PATCH)


def test_once_it_has_arrived_numbers_go_on_above_it() -> None:
    rfc = an_rfc(of=AGREED_MAJOR, state=RfcState.DEPLOYED)
    histories = {rfc.id: deployed(rfc, NOW - timedelta(hours=1))}
    items = (PATCHES, a_defect(601, version="6.0.1.0"), AGREED_MAJOR, rfc)

    arrived = a_picture(*items, programme=programme(), histories=histories).drafts["DCC"]

    assert {out.defect: out.words for out in arrived.left_out} == {
        123: "its version 5.2.16.0 is not above 6.0.0.0, which was agreed without it"
    }
    assert arrived.number_of(PATCH) == number("6.0.1.0")


def test_nor_does_a_patch_go_where_the_major_comes_before_it() -> None:
    world = programme(with_major(dated(BEFORE_MONDAY)))

    picture = a_picture(PATCHES, BIG, EARLY_MAJOR, an_rfc(of=EARLY_MAJOR), programme=world)

    assert on_it(picture, type_=PATCH) == "5.2.16.0 is below 6.0.0.0, which comes to SIT-A before"


def test_a_list_that_would_go_back_behind_another_is_not_agreed() -> None:
    major_first = programme(with_major(dated(BEFORE_MONDAY)))
    world = facts(PATCHES, BIG, EARLY_MAJOR, an_rfc(of=EARLY_MAJOR), a_list(), programme=major_first)

    world = agrees(world, "SIT-A", release="5.2.16.0")
    reasons = [action.reason for action in decided(world) if action.subject == "list 901"]

    assert reasons == ["its number 5.2.16.0 is below 6.0.0.0, which comes to SIT-A before"]


@pytest.mark.parametrize(
    ("type_", "listed"),
    [
        pytest.param(MAJOR, ("6.0.0.0", set[int]()), id="a major one all the same"),
        pytest.param(PATCH, "no release of DCC is ready", id="a patch not"),
    ],
)
def test_a_release_with_nothing_new_goes_ahead(type_: ReleaseType, listed: Any) -> None:
    announced = dated(numbers={"DCC": number("6.0.0.0")})

    assert on_it(a_picture(programme=programme(with_major(announced))), type_=type_) == listed


def test_nor_does_shunter_make_one_up() -> None:
    by_shunter = programme(parties=[a_party(numbers=Numbers.SHUNTER)])

    assert on_it(a_picture(a_defect(123, version=""), programme=by_shunter), type_=PATCH) == ("5.2.16.0", {123})
    assert {p.type for p in propose(a_picture(programme=by_shunter)) if isinstance(p, NoProposal)} == {PATCH}


def test_with_nothing_new_it_still_goes_to_the_environment_that_comes_first() -> None:
    announced = dated(numbers={"DCC": number("6.0.0.0")})
    after_sit_b = with_major(announced, must_pass=(MustPass("SIT-B", True),))

    assert on_it(a_picture(programme=programme(after_sit_b))) == "6.0.0.0 has to be deployed to SIT-B first"


def test_it_is_agreed_raised_and_deployed_like_any_other() -> None:
    announced = dated(numbers={"DCC": number("6.0.0.0")})
    world = run(facts(programme=programme(with_major(announced), parties=[a_party()])))
    assert the_list(world, "SIT-A").entries == frozenset()

    world = run(agrees(world, "SIT-A"), times=3)
    assert the_rfc(world, "SIT-A").number == number("6.0.0.0")
    world = run(deploys(approves(world, "SIT-A"), "SIT-A"), times=2)

    assert Picture(world).running("SIT-A", "DCC") == number("6.0.0.0")
    assert not decided(later(world, NOW + 2 * PACE))


def test_the_lists_of_two_types_move_through_a_run_of_weeks() -> None:
    """Two patches are released while the major one waits, agreed, for its Saturday."""
    world = run(facts(PATCHES, BIG, programme=programme()))
    world = run(agrees(world, "SIT-A", release="6.0.0.0"), times=3)
    world = run(agrees(world, "SIT-A", release="5.2.16.0"), times=3)
    assert {str(r.number) for r in world.rfcs.values()} == {"5.2.16.0", "6.0.0.0"}

    world = approves(world, "SIT-A", release="5.2.16.0")
    world = run(later(deploys(world, "SIT-A", release="5.2.16.0"), MONDAY), times=2)
    world = run(resolves(world, a_defect(77, version="5.2.17.0")))

    assert Picture(world).running("SIT-A", "DCC") == number("5.2.16.0")
    assert {e.fix.defect for e in the_list(world, "SIT-A", "5.2.17.0").entries} == {77}
    assert the_list(world, "SIT-A", "6.0.0.0").state is ListState.RAISED


def test_a_type_whose_window_has_passed_unagreed_loses_its_list() -> None:
    world = run(facts(PATCHES, BIG, programme=programme()))

    world = run(later(world, SATURDAY + timedelta(minutes=1)), times=2)

    assert the_list(world, "SIT-A", "6.0.0.0").state is ListState.CLOSED
    assert not decided(later(world, world.now + 2 * PACE))


def test_unless_a_person_has_waived_its_notice() -> None:
    waived = a_list(
        905,
        release="6.0.0.0",
        type=MAJOR,
        window=a_window(BEFORE_MONDAY, MAJOR),
        entries=entries([600], fixed_by="6.0.0.0"),
        waiver="Rhona: agreed with the test manager",
    )
    late_notice = {MAJOR: 3, MINOR: 1, PATCH: 1}
    world = programme(with_major(dated(BEFORE_MONDAY)), notice=late_notice)

    assert on_it(a_picture(PATCHES, BIG, waived, programme=world)) == ("6.0.0.0", {123, 600})
    assert on_it(a_picture(PATCHES, BIG, programme=world), type_=PATCH) == ("5.2.16.0", {123})


def test_what_it_brings_is_retested_where_it_was_found() -> None:
    found = proposed(a_picture(PATCHES, BIG, programme=programme()))

    assert isinstance(found, Proposal)
    assert {entry.role for entry in found.entries} == {Role.RETEST_HERE}


def test_a_raised_major_says_what_it_contains_by_its_number_and_does_not_name() -> None:
    """A patch for SIT-B was agreed after it: what SIT-A has not run comes with the major release, by its number."""
    patch = a_sealed_list(901, environment="SIT-B", state=ListState.RAISED, entries=entries([], [123]))

    found = blocks(AGREED_MAJOR, a_picture(PATCHES, BIG, AGREED_MAJOR, an_rfc(of=AGREED_MAJOR), patch))

    assert found == ("it would bring 123 too, and its list does not name them: reject the RFC to agree it anew",)
