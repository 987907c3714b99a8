"""Contents: what a release brings, what it is built on, and what was there before the first list."""

from dataclasses import replace

from bot.contents import Fixes, Releases, latest_of_each, releases_of
from bot.defect import Fix
from tests.bot.world import PATCH, a_defect, a_list, a_sealed_list, entries, number


def fix(id: int, fixed_by: str) -> Fix:
    return Fix(id, number(fixed_by))


def brings(**brought: list[int]) -> Releases:
    """`v5_2_16_0=[1, 2]`: that release brings the fixes of 1 and 2."""
    numbers = {number(name[1:].replace("_", ".")): ids for name, ids in brought.items()}
    return Releases({n: frozenset(Fix(id, n) for id in ids) for n, ids in numbers.items()})


def ids(fixes: Fixes) -> set[int]:
    return {found.defect for found in fixes}


def test_a_release_contains_what_it_is_built_on() -> None:
    releases = brings(v5_2_16_0=[1], v5_2_17_0=[2], v5_2_19_0=[3])

    assert ids(releases.contents(number("5.2.16.0"))) == {1}
    assert ids(releases.contents(number("5.2.19.0"))) == {1, 2, 3}


def test_the_difference_of_contents_is_what_a_skipped_release_leaves_to_bring() -> None:
    releases = brings(v5_2_16_0=[1], v5_2_17_0=[2], v5_2_18_0=[3])

    lacking = releases.contents(number("5.2.18.0")) - releases.contents(number("5.2.16.0"))

    assert ids(lacking) == {2, 3}


def test_an_emergency_is_built_on_the_number_that_it_fixes_and_not_on_later_ones() -> None:
    releases = brings(v1_0_1_0=[1], v1_0_1_1=[900], v1_0_1_2=[901], v1_0_2_0=[2])

    assert ids(releases.contents(number("1.0.1.2"))) == {1, 900, 901}
    assert ids(releases.contents(number("1.0.1.1"))) == {1, 900}


def test_an_emergency_of_what_ran_before_any_list_is_built_on_that() -> None:
    releases = Releases({number("1.0.1.1"): frozenset({fix(900, "1.0.1.1")})}, (fix(1, "1.0.1.0"), fix(2, "1.0.2.0")))

    assert ids(releases.contents(number("1.0.1.1"))) == {1, 900}


def test_a_regular_release_is_built_on_the_regular_one_before_it() -> None:
    releases = brings(v1_0_1_0=[1], v1_0_1_1=[900], v1_0_2_0=[2])

    assert ids(releases.contents(number("1.0.2.0"))) == {1, 2}


def test_with_other_fixes_a_release_contains_those_and_what_is_below_it_stays() -> None:
    releases = brings(v5_2_16_0=[1], v5_2_17_0=[2], v5_2_18_0=[3])
    assert [ids(releases.contents(n)) for n in releases.brought] == [{1}, {1, 2}, {1, 2, 3}]

    other = releases.with_release(number("5.2.17.0"), frozenset({fix(4, "5.2.17.0")}))

    assert [ids(other.contents(n)) for n in other.brought] == [{1}, {1, 4}, {1, 4, 3}]
    assert ids(releases.contents(number("5.2.18.0"))) == {1, 2, 3}


def test_a_release_is_built_on_what_ran_before_the_first_list() -> None:
    before = (fix(7, "5.2.14.0"), fix(8, "5.2.15.0"), fix(9, "5.2.16.0"))
    releases = Releases({number("5.2.16.0"): frozenset({fix(1, "5.2.16.0")})}, before, number("5.2.15.0"))

    assert ids(releases.contents(number("5.2.15.0"))) == {7, 8}
    assert ids(releases.contents(number("5.2.14.0"))) == {7}
    assert ids(releases.contents(number("5.2.16.0"))) == {1, 7, 8}


def test_a_release_that_people_raised_by_hand_is_known_by_versions() -> None:
    before = (fix(7, "5.2.15.0"), fix(9, "5.2.16.0"), fix(10, "5.2.17.0"))
    releases = Releases({}, before, number("5.2.15.0"))

    assert ids(releases.contents(number("5.2.16.0"))) == {7, 9}


def test_what_was_accepted_by_name_is_in_the_release_and_in_those_built_on_it() -> None:
    accepted = {number("5.2.16.0"): frozenset({fix(555, "5.2.14.0")})}
    by_hand = Releases({}, (fix(7, "5.2.15.0"),), number("5.2.15.0"), accepted=accepted)
    agreed = replace(brings(v5_2_16_0=[1], v5_2_17_0=[2]), accepted=accepted)

    assert ids(by_hand.contents(number("5.2.16.0"))) == {7, 555}
    assert ids(agreed.contents(number("5.2.17.0"))) == {1, 2, 555}


def test_nothing_runs_before_anything_has_arrived() -> None:
    assert brings(v5_2_16_0=[1]).contents(None) == frozenset()


def test_the_newest_release_is_the_last_regular_one() -> None:
    assert brings(v1_0_1_0=[1], v1_0_2_1=[2]).last_agreed(PATCH) == number("1.0.1.0")
    assert brings().last_agreed(PATCH) is None


def test_only_sealed_lists_of_the_party_tell_what_a_release_brings() -> None:
    lists = [
        a_sealed_list(1, entries=entries(here=[123])),
        a_sealed_list(2, environment="SIT-B", entries=entries(here=[246])),
        a_sealed_list(3, party="Elexon", entries=entries(here=[300])),
        a_list(4, entries=entries(here=[400])),
    ]

    found = releases_of("DCC", lists, [], [])

    assert {str(n): ids(fixes) for n, fixes in found.brought.items()} == {"5.2.16.0": {123, 246}}


def test_configuration_fixes_and_unreadable_versions_are_in_no_earlier_build() -> None:
    defects = [a_defect(1, version="configuration"), a_defect(2, version="abc"), a_defect(3, version="5.2.15.0")]

    assert ids(frozenset(releases_of("DCC", [], defects, []).by_version)) == {3}


def test_the_highest_baseline_is_what_the_first_release_is_built_on() -> None:
    assert releases_of("DCC", [], [], [number("5.2.9.0"), number("5.2.15.0")]).floor == number("5.2.15.0")


def test_a_defect_that_was_fixed_twice_is_named_once_with_its_newest_fix() -> None:
    fixes = [fix(1, "5.2.16.0"), fix(1, "5.2.17.0"), fix(2, "5.2.16.0"), fix(1, "5.2.16.1")]

    assert latest_of_each(fixes) == {fix(1, "5.2.17.0"), fix(2, "5.2.16.0")}
