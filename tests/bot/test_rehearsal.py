"""The rehearsal: its sums, and what it says of what it did not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.difference import span
from bot.number import ReleaseType
from bot.rehearsal import Rehearsal, rehearse
from bot.rehearsal_sums import ListSum, MoveSum
from bot.rfc import Rfc
from bot.window import Window
from tests.bot.a_past import BEFORE, Event, a_past, by_hand, released
from tests.bot.test_rehearsed_moves import DEPLOYED, handed_over
from tests.bot.world import MONDAY, a_defect

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NO_RFC = (
    "no RFC of this time names environment, party and number: what people released cannot be seen, nor where it "
    "arrived, so that every hand-over is extra"
)
READY, OTHER, THIRD = ((BEFORE, a_defect(id)) for id in (123, 456, 789))


def rehearsed(*events: Event, environment: str = "SIT-A", party: str = "DCC") -> Rehearsal:
    return rehearse(a_past(*events, since=MONDAY - 7 * DAY), [environment], [party])


def test_lists_are_summed_up_by_environment() -> None:
    found = rehearsed(READY, OTHER, THIRD, *released(by_hand(951, 123, 456)))

    assert found.lists == (ListSum("SIT-A", windows=2, windows_alike=0, same=2, missing=3, extra=0, share="40 %"),)


def test_hand_overs_are_summed_up_with_the_median_of_the_delays() -> None:
    moves = (handed_over(123), handed_over(456, at=DEPLOYED + HOUR), handed_over(789, at=DEPLOYED + 30 * HOUR))

    found = rehearsed(READY, OTHER, THIRD, *released(by_hand(951, 123, 456, 789)), *moves)

    assert found.retests == (
        MoveSum("SIT-A", same=2, late=1, median_delay="1 h", missing=0, extra=0, wrong_environment=0, share="66 %"),
    )


def test_a_window_in_which_nothing_was_to_be_released_has_no_row() -> None:
    found = rehearsed(*released(by_hand(951, start=MONDAY - timedelta(days=70))))

    assert (found.windows, found.lists[0].windows, found.is_empty) == ((), 0, True)


def test_a_window_shows_both_numbers_and_says_when_they_differ() -> None:
    (_, row) = rehearsed(READY, *released(by_hand(951, 123, release="5.2.17.0"))).windows

    assert (row.proposed, row.released) == ("5.2.16.0", "5.2.17.0 (RFC 951, deployed)")
    assert row.words == "people's number is another: 5.2.17.0"


def test_what_stays_missing_is_counted_once_and_named_again() -> None:
    found = rehearsed(READY, OTHER, *released(by_hand(951, 123)))

    assert [row.missing for row in found.windows] == [2, 0]
    assert [row.words for row in found.windows] == ["", "missing since an earlier window: 456"]
    assert [difference.at for difference in found.on_lists if difference.defect == 456] == [MONDAY - 7 * DAY]
    assert found.lists[0].windows_alike == 0


def test_where_no_rfc_can_be_seen_it_is_said_what_that_means() -> None:
    assert rehearsed(READY, handed_over()).notes == (NO_RFC,)


def test_where_nothing_is_proposed_the_window_says_why() -> None:
    held = (BEFORE, a_defect(123, tags=frozenset({"Hold"})))

    (row,) = rehearsed(held, *released(by_hand(951, 123))).windows

    assert (row.proposed, row.extra, row.words) == ("nothing", 1, "no list: no release of DCC is ready")


def test_what_was_asked_for_alone_is_shown() -> None:
    elsewhere = released(by_hand(952, 456, environment="SIT-B"))

    found = rehearsed(READY, OTHER, *released(by_hand(951, 123)), *elsewhere, environment="SIT-B")

    assert [row.environment for row in found.lists] == ["SIT-B"]
    assert {row.environment for row in found.windows} == {"SIT-B"}
    assert {row.environment for row in found.on_lists} == {"SIT-B"}
    assert rehearsed(READY, *released(by_hand(951, 123)), handed_over(), party="Elexon").retests == ()


def test_rfcs_that_are_not_counted_are_named_with_the_reason() -> None:
    nameless = tuple((MONDAY, replace(by_hand(id), number=None)) for id in (951, 952))

    assert rehearsed(*nameless).notes == (
        NO_RFC,
        "not counted, because it names no release number: RFC 951, 952",
    )


WEDNESDAY = MONDAY + timedelta(days=2)
ODD = replace(by_hand(951, 123), window=Window(WEDNESDAY, WEDNESDAY + HOUR, ReleaseType.PATCH))
EMERGENCY = replace(by_hand(951, 123, release="5.2.15.1"), type=ReleaseType.EMERGENCY)


@pytest.mark.parametrize(
    ("rfc", "words"),
    [
        (ODD, "RFC 951 took DCC 5.2.16.0 to SIT-A outside of the windows in the settings"),
        (EMERGENCY, "RFC 951 took DCC 5.2.15.1 to SIT-A as an emergency"),
    ],
    ids=["outside of the windows", "an emergency"],
)
def test_what_is_built_on_and_not_compared_is_named(rfc: Rfc, words: str) -> None:
    assert rehearsed(READY, *released(rfc)).notes == (f"{words}: it is built on, and not compared",)


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (30, "30 min"), (60, "1 h"), (90, "1 h 30 min"), (1500, "25 h")]
)
def test_a_delay_is_told_in_hours_and_minutes(minutes: int, words: str) -> None:
    assert span(timedelta(minutes=minutes)) == words
