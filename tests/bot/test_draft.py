"""The draft: which number a party's next release has, and which fixes join it together."""

from typing import Any

import pytest

from bot.candidate_list import CandidateList
from bot.defect import Defect, State
from bot.draft import Drafts
from bot.left_out import Reason
from tests.bot.world import PATCH, a_change_request, a_defect, a_list, a_picture, a_sealed_list, entries, number


def draft(*items: Defect | CandidateList) -> Drafts:
    return a_picture(*items).drafts["DCC"]


def joined(found: Drafts) -> list[int]:
    return sorted(fix.defect for fix in found.fixes)


def waiting(found: Drafts) -> dict[int, str]:
    return {verdict.defect: verdict.words for verdict in found.left_out}


def needs(id: int, *others: int, **other: Any) -> Defect:
    return a_defect(id, depends_on=frozenset(others), **other)


def test_the_highest_version_that_a_ready_fix_names_is_the_number() -> None:
    found = draft(a_defect(1, version="5.2.16.0"), a_defect(2, version="5.2.18.0"), a_defect(3, version="5.2.17.0"))

    assert found.number_of(PATCH) == number("5.2.18.0")
    assert {fix.defect: str(fix.number) for fix in found.fixes} == {1: "5.2.16.0", 2: "5.2.18.0", 3: "5.2.17.0"}


def test_a_fix_that_is_left_out_does_not_set_the_number() -> None:
    found = draft(a_defect(1), a_defect(2, version="5.2.17.0", tags=frozenset({"Hold"})))

    assert (found.number_of(PATCH), joined(found)) == (number("5.2.16.0"), [1])


def test_nor_does_one_that_waits_for_another() -> None:
    found = draft(a_defect(1), needs(2, 3, version="5.2.17.0"), a_defect(3, state=State.OPEN))

    assert (found.number_of(PATCH), joined(found)) == (number("5.2.16.0"), [1])


def test_the_number_that_a_person_set_on_a_list_counts_more() -> None:
    chosen = a_list(release="5.2.20.0", written=None)

    assert draft(a_defect(1), chosen).number_of(PATCH) == number("5.2.20.0")


def test_the_number_that_the_bot_wrote_on_a_list_does_not() -> None:
    assert draft(a_defect(1, version="5.2.17.0"), a_list(release="5.2.16.0")).number_of(PATCH) == number("5.2.17.0")


def test_a_person_sets_it_over_the_number_of_the_bot() -> None:
    ours = a_list(release="5.2.16.0").written

    assert draft(a_defect(1), a_list(release="5.2.18.0", written=ours)).number_of(PATCH) == number("5.2.18.0")


def test_a_draft_without_fixes_has_no_number() -> None:
    found = draft(a_defect(1, version=""), a_list(release="5.2.16.0", written=None))

    assert (found.number_of(PATCH), found.fixes) == (None, frozenset())


def test_a_configuration_fix_travels_under_the_number_of_the_build() -> None:
    found = draft(a_defect(1, version="configuration"), a_defect(2, version="5.2.17.0"))

    assert {fix.defect: str(fix.number) for fix in found.fixes} == {1: "5.2.17.0", 2: "5.2.17.0"}


def test_a_configuration_fix_that_a_release_brings_is_not_brought_again() -> None:
    sealed = a_sealed_list(entries=entries(here=[1, 2]))

    found = draft(a_defect(1, version="configuration"), a_defect(2), a_defect(3, version="5.2.17.0"), sealed)

    assert joined(found) == [3]
    assert waiting(found)[1] == "release 5.2.16.0 brings it already"


def test_change_requests_travel_as_fixes() -> None:
    assert joined(draft(a_change_request(31), a_defect(1))) == [1, 31]


def test_only_what_is_resolved_is_looked_at() -> None:
    states = [state for state in State if state is not State.RESOLVED]
    found = draft(*(a_defect(id, state=state) for id, state in enumerate(states)))

    assert (found.fixes, found.left_out) == (frozenset(), ())


@pytest.mark.parametrize(
    ("other", "words"),
    [
        pytest.param(a_defect(2, state=State.OPEN, state_text="Active"), "is Active", id="still open"),
        pytest.param(a_defect(2, version=""), "is resolved but not in the release", id="left out itself"),
        pytest.param(a_defect(2, state=State.OTHER, state_text="Parked"), "is Parked", id="in a state of its own"),
        pytest.param(None, "cannot be found in this project", id="gone"),
    ],
)
def test_a_fix_waits_for_what_it_depends_on(other: Defect | None, words: str) -> None:
    found = draft(needs(1, 2), *([other] if other else []))

    assert joined(found) == []
    assert waiting(found)[1] == f"it depends on 2, which {words}"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(a_defect(2), id="in the same release"),
        pytest.param(a_defect(2, state=State.READY_FOR_RETEST), id="with its tester"),
        pytest.param(a_defect(2, state=State.CLOSED), id="closed"),
    ],
)
def test_a_fix_does_not_wait_for_what_comes_with_it_or_has_come(other: Defect) -> None:
    assert 1 in joined(draft(needs(1, 2), other))


@pytest.mark.parametrize(
    ("own", "others"),
    [
        pytest.param("5.2.16.0", "configuration", id="it needs a configuration fix"),
        pytest.param("configuration", "5.2.16.0", id="it is a configuration fix"),
    ],
)
def test_a_fix_without_a_build_comes_with_the_others(own: str, others: str) -> None:
    assert joined(draft(needs(1, 2, version=own), a_defect(2, version=others), a_defect(3))) == [1, 2, 3]


def test_what_waits_for_another_is_told_what_would_change_it() -> None:
    (waits, _) = draft(needs(1, 2), a_defect(2, version=""), a_defect(3)).left_out

    assert waits.remedy == (
        "in the list for Mon 07-Dec-2026 if 2 is in it too or has arrived, or the link is removed, "
        "by Fri 04-Dec-2026 09:00 GMT"
    )


def test_nor_for_what_a_release_agreed_before_brings() -> None:
    sealed = a_sealed_list(entries=entries(here=[2]))

    assert joined(draft(needs(1, 2, version="5.2.17.0"), a_defect(2), sealed)) == [1]


def test_what_depends_on_a_waiting_fix_waits_too() -> None:
    found = draft(needs(1, 2), needs(2, 3), needs(3, 4), a_defect(4, state=State.OPEN), a_defect(5))

    assert joined(found) == [5]
    assert set(waiting(found)) == {1, 2, 3}
    assert {verdict.reason for verdict in found.left_out} == {Reason.DEPENDENCY}


def test_fixes_in_a_circle_go_together() -> None:
    assert joined(draft(needs(1, 2), needs(2, 3), needs(3, 1))) == [1, 2, 3]


def test_and_wait_together() -> None:
    found = draft(needs(1, 2), needs(2, 3, 4), needs(3, 1), a_defect(4, state=State.OPEN))

    assert joined(found) == []


def test_a_fix_that_depends_on_itself_waits_for_nothing() -> None:
    assert joined(draft(needs(1, 1))) == [1]
