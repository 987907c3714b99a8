"""Rehearsed lists: what would have been agreed for a past window, against what people released in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.candidate_list import Entry, Role
from bot.defect import State
from bot.difference import What
from bot.environment import Dated
from bot.number import ReleaseType
from bot.past import Past
from bot.past_windows import raised_for
from bot.proposal import Proposal
from bot.rehearsed_lists import RehearsedList, compare, rehearse_lists
from bot.rfc import RfcState
from tests.bot.a_past import BEFORE, Event, a_past, by_hand, released
from tests.bot.world import MONDAY, SIT_A, SIT_B, WEEK, a_defect, a_programme, an_entry, at, entries

DAY = timedelta(days=1)
CUT_OFF = at("2026-12-04 09:00")
AFTER = CUT_OFF + timedelta(hours=1)
ONE_ENVIRONMENT = a_programme(environments=[replace(SIT_A, level_with=())])
READY, OTHER = (BEFORE, a_defect(123)), (BEFORE, a_defect(456))
OPEN = (BEFORE, a_defect(456, state=State.OPEN))


def all_of(past: Past) -> list[RehearsedList]:
    raised = raised_for(past)
    return list(rehearse_lists(past, raised, raised.facts.programme.environments, ["DCC"]))


def rehearsed(past: Past, environment: str = "SIT-A", start: datetime = MONDAY) -> RehearsedList:
    return next(r for r in all_of(past) if (r.environment, r.window.start) == (environment, start))


def told(found: RehearsedList) -> list[str]:
    return [f"{one.what} {one.defect}: {one.why}" for one in found.differences]


@pytest.mark.parametrize(
    ("listed", "released", "missing", "extra"),
    [
        pytest.param(entries(here=[1, 2]), {1, 2}, set(), set(), id="the same"),
        pytest.param(entries(here=[1, 2]), {1}, {2}, set(), id="people forgot one"),
        pytest.param(entries(here=[1]), {1, 3}, set(), {3}, id="people took one besides"),
        pytest.param(entries(here=[1]), {3}, {1}, {3}, id="people took another one"),
        pytest.param(entries(elsewhere=[2]), set(), {2}, set(), id="found elsewhere, it is on the note as well"),
        pytest.param(frozenset({an_entry(9, Role.CARRIED)}), set(), set(), set(), id="what runs is not named again"),
        pytest.param(frozenset({an_entry(9, Role.CARRIED)}), {9}, set(), set(), id="but it may be"),
        pytest.param(entries(here=[1]), set(), {1}, set(), id="people released nothing"),
        pytest.param(frozenset(), {1}, set(), {1}, id="nothing was due"),
        pytest.param(frozenset(), set(), set(), set(), id="neither did anything"),
    ],
)
def test_two_contents_are_compared(
    listed: frozenset[Entry], released: set[int], missing: set[int], extra: set[int]
) -> None:
    assert compare(listed, frozenset(released)) == (frozenset(missing), frozenset(extra))


THEN = "at the cut-off, Fri 04-Dec-2026 09:00 GMT"
ON_IT = f"ready {THEN}: 5.2.16.0, retest here"
UNHOLD = "in the list for Mon 07-Dec-2026 if the tag Hold is removed by Fri 04-Dec-2026 09:00 GMT"
ACCEPT = (
    "if 5.2.15.0 carries it, the release manager hands it to retest; "
    "or in the list for Mon 07-Dec-2026 if a later version is named by Fri 04-Dec-2026 09:00 GMT"
)
NEVER = "on no RFC of that environment since"
WITH_123, WITH_BOTH = released(by_hand(951, 123)), released(by_hand(951, 123, 456))


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([READY, *WITH_123], [], id="agreed"),
        pytest.param([READY, OTHER, *WITH_123], [f"missing 456: {ON_IT}; {NEVER}"], id="one was forgotten"),
        pytest.param(
            [READY, OTHER, *WITH_123, *released(by_hand(952, 456, start=MONDAY + WEEK, release="5.2.17.0"))],
            [f"missing 456: {ON_IT}; RFC 952 took it on Mon 14-Dec 09:00 GMT"],
            id="one was forgotten, and taken a week later",
        ),
        pytest.param([READY], [f"missing 123: {ON_IT}; {NEVER}"], id="people released nothing"),
        pytest.param(
            [READY, (AFTER, a_defect(123, state=State.OPEN))],
            [f"missing 123: {ON_IT}; open again since Fri 04-Dec 10:00 GMT; {NEVER}"],
            id="reopened after the cut-off",
        ),
        pytest.param(
            [READY, (MONDAY + DAY, a_defect(123, state=State.OPEN))],
            [f"missing 123: {ON_IT}; {NEVER}"],
            id="reopened after the window",
        ),
        pytest.param(
            [READY, OPEN, (CUT_OFF - DAY / 2, a_defect(456)), *WITH_123],
            [f"missing 456: {ON_IT}; resolved Thu 03-Dec 21:00 GMT, after RFC 951 was raised; {NEVER}"],
            id="resolved between the RFC and the cut-off",
        ),
        pytest.param(
            [READY, (BEFORE, a_defect(456, tags=frozenset({"Hold"}))), *WITH_BOTH],
            [f"extra 456: a person holds it (tag Hold); {UNHOLD}"],
            id="a held fix was released",
        ),
        pytest.param(
            [READY, OPEN, (AFTER, a_defect(456)), *WITH_BOTH],
            [f"extra 456: it was open {THEN}; resolved Fri 04-Dec 10:00 GMT"],
            id="resolved after the cut-off",
        ),
        pytest.param(
            [READY, (AFTER, a_defect(456)), *WITH_BOTH],
            [f"extra 456: it was not there {THEN}; raised Fri 04-Dec 10:00 GMT"],
            id="raised after the cut-off",
        ),
        pytest.param(
            [READY, (BEFORE, a_defect(456, party="Elexon")), *WITH_BOTH],
            ["extra 456: its resolving party is Elexon, not DCC"],
            id="another party's",
        ),
        pytest.param(
            [(BEFORE, a_defect(456, version="5.2.15.0")), *released(by_hand(951, 456))],
            [f"extra 456: its version 5.2.15.0 is not above 5.2.15.0, which ran before any list was made; {ACCEPT}"],
            id="its version ran before",
        ),
    ],
)
def test_a_window_is_told_with_the_words_of_the_rule(events: list[Event], expected: list[str]) -> None:
    assert told(rehearsed(a_past(*events, programme=ONE_ENVIRONMENT))) == expected


def test_what_arrived_by_hand_is_built_on() -> None:
    past = a_past(
        READY,
        (BEFORE, a_defect(456, version="5.2.17.0")),
        *released(by_hand(951, 123, start=MONDAY - WEEK)),
        *released(by_hand(952, 456, release="5.2.17.0")),
        since=MONDAY - WEEK,
        programme=ONE_ENVIRONMENT,
    )

    assert [(d.what, d.defect) for d in rehearsed(past, start=MONDAY - WEEK).differences] == [(What.MISSING, 456)]
    assert (rehearsed(past).same, rehearsed(past).differences) == (frozenset({456}), ())


def test_what_is_still_under_way_from_an_earlier_window_is_not_proposed_again() -> None:
    overdue = released(by_hand(951, 123, start=MONDAY - WEEK), at=MONDAY + DAY)
    past = a_past(READY, *overdue, since=MONDAY - WEEK, programme=ONE_ENVIRONMENT)

    assert [found.window.start for found in all_of(past)] == [MONDAY - WEEK]


def test_what_people_raised_early_elsewhere_decides_nothing_before_its_window() -> None:
    """SIT-B's RFC lacks 456: that it stands there already must not leave 456 out of SIT-A's list."""
    past = a_past(
        READY,
        OTHER,
        *released(by_hand(951, 123, 456)),
        *released(by_hand(952, 123, environment="SIT-B")),
        programme=a_programme(environments=[SIT_A, SIT_B]),
    )

    assert rehearsed(past).differences == ()
    assert [(d.what, d.defect) for d in rehearsed(past, "SIT-B").differences] == [(What.MISSING, 456)]


@pytest.mark.parametrize("state", [RfcState.REJECTED, RfcState.WITHDRAWN], ids=["rejected", "withdrawn"])
def test_an_rfc_that_was_given_up_released_nothing(state: RfcState) -> None:
    given_up = by_hand(951, 123)
    past = a_past(READY, (CUT_OFF - DAY, given_up), (AFTER, replace(given_up, state=state)), programme=ONE_ENVIRONMENT)

    found = rehearsed(past)

    assert (found.rfcs, found.same, [d.defect for d in found.differences]) == ((), frozenset(), [123])


def test_two_rfcs_for_one_window_are_taken_together() -> None:
    past = a_past(
        READY,
        OTHER,
        *released(by_hand(951, 123)),
        *released(by_hand(952, 456, release="5.2.17.0")),
        programme=ONE_ENVIRONMENT,
    )

    found = rehearsed(past)

    assert [rfc.id for rfc in found.rfcs] == [951, 952]
    assert (sorted(found.same), found.differences) == ([123, 456], ())


def test_a_list_names_the_release_that_its_fixes_name_whatever_number_people_chose() -> None:
    past = a_past(READY, *released(by_hand(951, 123, release="5.2.17.0")), programme=ONE_ENVIRONMENT)

    found = rehearsed(past)

    assert isinstance(found.proposed, Proposal)
    assert (str(found.proposed.number), [str(rfc.number) for rfc in found.rfcs]) == ("5.2.16.0", ["5.2.17.0"])
    assert found.differences == ()


def test_rehearsing_does_not_depend_on_the_order_in_which_the_past_is_told() -> None:
    events = [
        READY,
        OTHER,
        *released(by_hand(951, 123)),
        *released(by_hand(952, environment="SIT-B")),
    ]

    assert rehearsed(a_past(*events)) == rehearsed(a_past(*reversed(events)))


def test_of_two_windows_with_one_cut_off_the_first_has_the_list() -> None:
    saturday = MONDAY - 2 * DAY
    extra = Dated(saturday, saturday + DAY / 6, ReleaseType.PATCH)
    past = a_past(READY, programme=a_programme(environments=[replace(SIT_A, level_with=(), dated=(extra,))]))

    assert [found.window.start for found in all_of(past)] == [saturday]
