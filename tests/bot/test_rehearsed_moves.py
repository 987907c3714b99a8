"""Rehearsed moves: what people handed over to testers, against what the deployments would have led to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.defect import State
from bot.past import Past
from bot.rehearsed_moves import RehearsedMove, rehearse_moves
from bot.rfc import RfcState
from tests.bot.a_past import BEFORE, Event, a_past, by_hand, released
from tests.bot.world import MONDAY, SIT_A, SIT_B, WEEK, a_defect, a_programme

HOUR = timedelta(hours=1)
DEPLOYED = MONDAY + HOUR
READY = (BEFORE, a_defect(123))
ARRIVED = "DCC 5.2.16.0 to SIT-A arrived on Mon 07-Dec-2026 10:00 GMT (RFC 951)"
SMOKE_TESTED = a_programme(environments=[replace(SIT_A, smoke_test=True), SIT_B])


def handed_over(id: int = 123, at: datetime = DEPLOYED + HOUR / 2, **other: str) -> Event:
    return at, a_defect(id, state=State.READY_FOR_RETEST, **other)


def becomes(state: State, at: datetime, id: int = 123) -> Event:
    return at, a_defect(id, state=state)


def told(past: Past) -> list[str]:
    return [_told(move) for move in rehearse_moves(past)]


def _told(move: RehearsedMove) -> str:
    if move.difference is None:
        return f"same, {move.delay}"
    return f"{move.difference.what} {move.difference.defect}: {move.difference.why}"


SIT_A_RFC = released(by_hand(951, 123))


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([READY, *SIT_A_RFC, handed_over()], ["same, 0:30:00"], id="within the hour"),
        pytest.param(
            [READY, *SIT_A_RFC, handed_over(at=DEPLOYED + 25 * HOUR)],
            [f"late 123: {ARRIVED}; handed over 25 h after it could be"],
            id="a day later",
        ),
        pytest.param(
            [READY, *SIT_A_RFC, handed_over(at=DEPLOYED + HOUR * 1.5)],
            [f"late 123: {ARRIVED}; handed over 1 h 30 min after it could be"],
            id="after the hour",
        ),
        pytest.param(
            [READY, *SIT_A_RFC],
            [f"missing 123: {ARRIVED}; nobody handed it over"],
            id="never",
        ),
        pytest.param(
            [READY, *SIT_A_RFC, becomes(State.CLOSED, DEPLOYED + 24 * HOUR)],
            [f"missing 123: {ARRIVED}; nobody handed it over, and it was closed on Tue 08-Dec 10:00 GMT"],
            id="closed without having been handed over",
        ),
        pytest.param(
            [READY, *SIT_A_RFC, becomes(State.OPEN, DEPLOYED + HOUR / 2)],
            [],
            id="a person was faster with another decision",
        ),
        pytest.param(
            [READY, handed_over()],
            [
                (
                    "extra 123: it is in 5.2.16.0, for which SIT-A has no list yet; "
                    "it is on the next list that is proposed there"
                )
            ],
            id="nothing was deployed",
        ),
        pytest.param(
            [READY, *released(by_hand(951, 123), at=DEPLOYED + 2 * HOUR), handed_over()],
            [
                (
                    "extra 123: RFC 951 (approved) takes DCC 5.2.16.0 to SIT-A, Mon 07-Dec 09:00 GMT; "
                    "it is deployed in its window"
                )
            ],
            id="before anybody said that it is deployed",
        ),
        pytest.param(
            [(BEFORE, a_defect(123, found_in="SIT-B")), *SIT_A_RFC, handed_over(found_in="SIT-B")],
            [
                (
                    f"wrong environment 123: {ARRIVED}, and SIT-B found it, which ran 5.2.15.0 then: "
                    "release 5.2.16.0 brings it already"
                )
            ],
            id="another environment got it",
        ),
    ],
)
def test_a_hand_over_is_judged_by_what_was_there_just_before_it(events: list[Event], expected: list[str]) -> None:
    assert told(a_past(*events)) == expected


def test_the_delay_begins_when_the_hand_over_could_be_made_and_not_before() -> None:
    """Resolved a day after the deployment, with the version that runs; handed over half an hour later."""
    late = DEPLOYED + 24 * HOUR
    past = a_past(becomes(State.OPEN, BEFORE), *SIT_A_RFC, (late, a_defect(123)), handed_over(at=late + HOUR / 2))

    assert told(past) == ["same, 0:30:00"]


def test_a_version_that_was_corrected_after_the_deployment_is_counted_from_its_correction() -> None:
    wrong, corrected = a_defect(123, version="5.2.99.0"), DEPLOYED + 24 * HOUR
    past = a_past((BEFORE, wrong), *SIT_A_RFC, (corrected, a_defect(123)), handed_over(at=corrected + HOUR / 2))

    assert told(past) == ["same, 0:30:00"]


def test_where_a_smoke_test_is_asked_for_the_delay_begins_when_it_has_passed() -> None:
    passed = replace(by_hand(951, 123), state=RfcState.DEPLOYED, smoke="passed")
    past = a_past(
        READY,
        *SIT_A_RFC,
        (DEPLOYED + 3 * HOUR, passed),
        handed_over(at=DEPLOYED + 3.5 * HOUR),
        programme=SMOKE_TESTED,
    )

    assert told(past) == ["same, 0:30:00"]


def test_what_is_handed_over_before_the_smoke_test_has_passed_is_extra() -> None:
    past = a_past(READY, *SIT_A_RFC, handed_over(), programme=SMOKE_TESTED)

    assert told(past) == [
        f"extra 123: {ARRIVED}, but its smoke test has not passed yet; it waits until that is settled"
    ]


def test_what_was_deployed_without_approval_is_not_due() -> None:
    unapproved = [event for event in SIT_A_RFC if event[1].state is not RfcState.APPROVED]
    past = a_past(READY, *unapproved, handed_over())

    assert told(past) == [
        (
            f"extra 123: {ARRIVED}, but it was deployed without a valid approval: nobody has approved it; "
            "it waits until that is settled"
        )
    ]


def test_what_was_linked_without_a_hand_over_is_told_once_however_often_its_rfc_changed() -> None:
    deployed = replace(by_hand(951, 123), state=RfcState.DEPLOYED)
    changes = [(DEPLOYED + n * HOUR, replace(deployed, evidence=f"log {n}")) for n in range(1, 4)]

    assert told(a_past(READY, *SIT_A_RFC, *changes)) == [f"missing 123: {ARRIVED}; nobody handed it over"]


def test_a_defect_that_bounces_is_judged_once_for_each_fix() -> None:
    second = released(by_hand(952, 123, start=MONDAY + WEEK, release="5.2.17.0"))
    fixed_again = a_defect(123, version="5.2.17.0")
    past = a_past(
        READY,
        *SIT_A_RFC,
        handed_over(),
        becomes(State.OPEN, DEPLOYED + 2 * HOUR),
        (DEPLOYED + 3 * HOUR, fixed_again),
        *second,
        (DEPLOYED + WEEK + HOUR, replace(fixed_again, state=State.READY_FOR_RETEST)),
        until=MONDAY + 2 * WEEK,
    )

    assert told(past) == ["same, 0:30:00", "same, 1:00:00"]


def test_a_defect_that_was_taken_back_and_handed_over_again_is_judged_both_times() -> None:
    past = a_past(
        READY,
        *SIT_A_RFC,
        handed_over(at=DEPLOYED + HOUR / 4),
        becomes(State.RESOLVED, DEPLOYED + HOUR / 2),
        handed_over(at=DEPLOYED + HOUR),
    )

    assert told(past) == ["same, 0:15:00", "same, 0:30:00"]


def test_hand_overs_before_the_first_day_are_not_judged() -> None:
    assert told(a_past(READY, *SIT_A_RFC, handed_over(), since=MONDAY + WEEK / 7, until=MONDAY + WEEK)) == []


def test_an_rfc_that_is_linked_to_nothing_brought_what_names_its_number() -> None:
    other = (BEFORE, a_defect(456, version="5.2.16.1"))

    assert told(a_past(READY, other, *released(by_hand(951)), handed_over())) == ["same, 0:30:00"]


def test_judging_does_not_depend_on_the_order_in_which_the_past_is_told() -> None:
    events = [READY, (BEFORE, a_defect(456)), *released(by_hand(951, 123, 456)), handed_over(), handed_over(456)]

    assert list(rehearse_moves(a_past(*events))) == list(rehearse_moves(a_past(*reversed(events))))


@pytest.mark.parametrize(("minutes", "count"), [(30, 0), (90, 1)], ids=["within the hour", "after it"])
def test_what_was_rolled_back_at_once_was_not_neglected(minutes: int, count: int) -> None:
    undone = replace(by_hand(951, 123), state=RfcState.ROLLED_BACK)

    assert len(told(a_past(READY, *SIT_A_RFC, (DEPLOYED + timedelta(minutes=minutes), undone)))) == count


def test_what_arrived_a_moment_ago_is_not_neglected_yet() -> None:
    assert told(a_past(READY, *SIT_A_RFC, until=DEPLOYED + HOUR / 2)) == []
    assert len(told(a_past(READY, *SIT_A_RFC, until=DEPLOYED + 2 * HOUR))) == 1


def test_each_is_judged_by_the_rfcs_of_its_own_moment() -> None:
    """Both before anything was deployed: one before the approval, one after it."""
    past = a_past(
        READY,
        (BEFORE, a_defect(456)),
        *released(by_hand(951, 123, 456)),
        handed_over(123, at=MONDAY - timedelta(days=3.5)),
        handed_over(456, at=MONDAY - timedelta(days=2)),
    )

    assert [words.split(" takes")[0] for words in told(past)] == [
        "extra 123: RFC 951 (raised)",
        "extra 456: RFC 951 (approved)",
    ]


def test_what_was_resolved_after_the_deployment_and_never_handed_over_is_missing_too() -> None:
    past = a_past(becomes(State.OPEN, BEFORE), *SIT_A_RFC, (DEPLOYED + 24 * HOUR, a_defect(123)))

    assert told(past) == [f"missing 123: {ARRIVED}; nobody handed it over"]


def test_what_was_neglected_before_the_first_day_is_not_judged() -> None:
    closed = becomes(State.CLOSED, DEPLOYED + 5 * HOUR)

    assert told(a_past(READY, *SIT_A_RFC, closed, since=MONDAY + timedelta(days=1))) == []


def test_what_a_person_took_back_and_handed_over_again_is_told_as_that() -> None:
    """Shunter moved it, as its `delivered by` says: what a person decides about it after that is theirs."""
    taken_back = a_defect(123, delivered_by=951)
    past = a_past(
        READY,
        *SIT_A_RFC,
        (DEPLOYED + HOUR / 4, replace(taken_back, state=State.READY_FOR_RETEST)),
        (DEPLOYED + HOUR / 2, taken_back),
        (DEPLOYED + HOUR, replace(taken_back, state=State.READY_FOR_RETEST)),
    )

    assert told(past)[1] == (
        "extra 123: RFC 951 brought its fix, and a person took it back to resolved since; "
        "the defect manager decides; it is handed over again only once its “delivered by” is cleared"
    )


IN_SIT_B = (BEFORE, a_defect(123, found_in="SIT-B"))


def test_what_failed_elsewhere_has_arrived_nowhere() -> None:
    failed = replace(by_hand(951, 123), state=RfcState.DEPLOYED, outcome="failed")
    past = a_past(IN_SIT_B, *SIT_A_RFC[:2], (DEPLOYED, failed), handed_over(found_in="SIT-B"))

    assert [words.partition(":")[0] for words in told(past)] == ["extra 123"]


def test_what_is_in_its_own_environment_and_does_not_count_there_is_not_in_the_wrong_one() -> None:
    elsewhere = released(by_hand(952, 123, environment="SIT-B"))
    past = a_past(READY, *SIT_A_RFC, *elsewhere, handed_over(), programme=SMOKE_TESTED)

    assert [words.partition(":")[0] for words in told(past)] == ["extra 123"]
