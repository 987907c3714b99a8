"""Level environments: what one has and the other lacks, by contents, and what under way brings it [M7.4]."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from bot.candidate_list import ListState, Role
from bot.facts import Facts
from bot.level import LevelRow, MissingRow, lacking, level_rows, missing_rows
from bot.picture import Picture
from bot.rfc import RfcState
from tests.bot.a_run import run
from tests.bot.any_world import any_facts
from tests.bot.people import agrees, approves, deploys, later, sets, the_list, the_rfc
from tests.bot.world import (
    ELEXON,
    MONDAY,
    RELEASE_MANAGER,
    WEEK,
    a_defect,
    a_party,
    a_picture,
    a_programme,
    a_sealed_list,
    an_entry,
    an_environment,
    an_rfc,
    at,
    deployed,
    entries,
    facts,
    number,
)

FIVE = (123, 246, 456, 468, 789)
HOUR = timedelta(hours=1)


def five_fixes() -> Facts:
    found = dict.fromkeys((123, 456, 789), "SIT-A") | dict.fromkeys((246, 468), "SIT-B")
    defects = (a_defect(id, found_in=place, severity="2 - High") for id, place in found.items())
    return facts(*defects, programme=a_programme(parties=[a_party()]))


def one_arrived() -> Facts:
    """5.2.16.0 is agreed for both, raised for both, and deployed to SIT-A alone."""
    world = run(five_fixes())
    for environment in ("SIT-A", "SIT-B"):
        world = agrees(world, environment)
    world = run(world, times=3)
    return run(deploys(approves(later(world, MONDAY + HOUR), "SIT-A"), "SIT-A"))


def the_row(world: Facts) -> LevelRow:
    return level_rows(Picture(world))[0]


def test_environments_that_run_the_same_are_level() -> None:
    assert the_row(five_fixes()) == LevelRow("DCC", "SIT-A", "5.2.15.0", "SIT-B", "5.2.15.0", 0, 0, "")
    assert missing_rows(Picture(five_fixes())) == ()


def test_there_is_one_row_for_a_pair_and_a_party_that_deploys_to_both() -> None:
    elsewhere = a_party("RECCo", environments=("SIT-A", "UIT"))
    picture = a_picture(programme=a_programme(parties=[a_party(), ELEXON, elsewhere]))

    assert [(r.party, r.environment, r.level_with) for r in level_rows(picture)] == [
        ("DCC", "SIT-A", "SIT-B"),
        ("Elexon", "SIT-A", "SIT-B"),
    ]


def test_what_is_behind_says_by_how_much_and_which_rfc_levels_it_by_when() -> None:
    world = one_arrived()
    row = the_row(world)

    assert (row.behind_by, row.ahead_by) == (0, 5)
    assert row.words == (
        f"SIT-B is behind by five fixes: RFC {the_rfc(world, 'SIT-B').id} (raised) for DCC 5.2.16.0 brings them, "
        "window Mon 07-Dec-2026 09:00 GMT"
    )


def test_each_fix_that_is_missing_is_named_with_what_brings_it() -> None:
    world = one_arrived()
    rows, rfc = missing_rows(Picture(world)), the_rfc(world, "SIT-B")

    assert [row.defect for row in rows] == [*FIVE]
    assert rows[0] == MissingRow(
        123, "2 - High", "DCC", "5.2.16.0", "SIT-B", "SIT-A", f"RFC {rfc.id}", MONDAY, "Defect 123"
    )


def test_a_window_that_has_passed_is_told() -> None:
    row = the_row(later(one_arrived(), MONDAY + 3 * HOUR))

    assert "brings them, whose window of Mon 07-Dec-2026 09:00 GMT has passed" in row.words


def test_missed_environment_the_next_release_levels_it() -> None:
    """Its deployment needs another build: the RFC is withdrawn, and next week's list for SIT-B names all five."""
    world = sets(one_arrived(), "SIT-B", RfcState.WITHDRAWN, RELEASE_MANAGER)
    late = a_defect(900, found_in="SIT-A", version="5.2.17.0", severity="3 - Medium")
    world = later(replace(world, defects={**world.defects, 900: late}), MONDAY + 24 * HOUR)

    assert the_row(world).words == (
        "SIT-B is behind by five fixes: a list (proposed by the next run) for DCC 5.2.17.0 brings them, "
        "window Mon 14-Dec-2026 09:00 GMT"
    )

    world = run(world)
    assert f"list {the_list(world, 'SIT-B').id} (proposed) for DCC 5.2.17.0 brings them" in the_row(world).words


def test_where_nothing_under_way_levels_it_the_reason_is_told() -> None:
    programme = a_programme(
        [an_environment("SIT-A", level_with=("SIT-B",)), an_environment("SIT-B", weekly=())], [a_party()]
    )
    world = replace(sets(one_arrived(), "SIT-B", RfcState.WITHDRAWN, RELEASE_MANAGER), programme=programme)

    assert the_row(world).words == (
        "SIT-B is behind by five fixes: nothing under way brings them "
        "(no list: no window is left whose notice can be kept: the settings name none for the next twelve weeks)"
    )
    assert {(row.levelled_by, row.by) for row in missing_rows(Picture(world))} == {("nothing under way", None)}


def test_it_is_told_both_ways() -> None:
    ahead = a_sealed_list(901, environment="SIT-A", release="5.2.15.1", entries=entries([7], fixed_by="5.2.15.1"))
    other = a_sealed_list(902, environment="SIT-B", entries=entries([123, 456]), state=ListState.RAISED)
    rfcs = [an_rfc(951, of=ahead, state=RfcState.DEPLOYED), an_rfc(952, of=other, state=RfcState.DEPLOYED)]
    picture = a_picture(
        ahead, other, *rfcs, a_defect(7), a_defect(123), now=MONDAY + WEEK, histories={r.id: deployed(r) for r in rfcs}
    )

    row = level_rows(picture)[0]

    assert (row.behind_by, row.ahead_by) == (2, 1)
    assert row.words.startswith("SIT-A is behind by two fixes: ")
    assert "; SIT-B is behind by one fix: " in row.words


def test_contents_are_compared_and_never_numbers() -> None:
    """The higher number brings nothing that the lower one does not have but a later fix of the same defect."""
    first = a_sealed_list(901, environment="SIT-A", release="5.2.15.1", entries=entries([900], fixed_by="5.2.15.1"))
    second = a_sealed_list(902, environment="SIT-B", release="5.2.16.0", entries=frozenset({an_entry(900)}))
    rfcs = [an_rfc(951, of=first, state=RfcState.DEPLOYED), an_rfc(952, of=second, state=RfcState.DEPLOYED)]
    picture = a_picture(first, second, *rfcs, histories={r.id: deployed(r) for r in rfcs})

    assert lacking("SIT-B", "SIT-A", "DCC", picture) == frozenset()
    assert {fix.number for fix in lacking("SIT-A", "SIT-B", "DCC", picture)} == {number("5.2.16.0")}


def test_where_it_is_not_known_what_runs_nothing_is_counted() -> None:
    unknown = a_party(baseline={"SIT-A": number("5.2.15.0")})
    picture = a_picture(a_defect(1, version="5.2.14.0"), programme=a_programme(parties=[unknown]))

    row = level_rows(picture)[0]

    assert (row.behind_by, row.ahead_by, row.words) == (None, None, "nothing is known of what runs in SIT-B")
    assert missing_rows(picture) == ()


@pytest.mark.parametrize("role", [Role.RETEST_ELSEWHERE, Role.CHANGE])
def test_whatever_its_role_a_fix_counts(role: Role) -> None:
    sealed = a_sealed_list(901, state=ListState.RAISED, entries=frozenset({an_entry(246, role)}))
    rfc = an_rfc(951, of=sealed, state=RfcState.DEPLOYED)

    picture = a_picture(sealed, rfc, histories={rfc.id: deployed(rfc)}, now=at("2026-12-08 09:00"))

    assert {fix.defect for fix in lacking("SIT-B", "SIT-A", "DCC", picture)} == {246}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_facts())
def test_in_any_world_every_count_has_its_rows(world: Facts) -> None:
    picture = Picture(world)
    counted = sum((row.behind_by or 0) + (row.ahead_by or 0) for row in level_rows(picture))

    assert len(missing_rows(picture)) == counted
