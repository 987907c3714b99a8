"""The turns of a defect: what its history meant, how many fixes it has had, and which of them bounced."""

from datetime import timedelta

import pytest

from bot.change import Field
from bot.defect import State
from bot.history import Step
from bot.turns import BOUNCES, Turn, fixes_in, turns_of
from tests.bot.world import BOT, DEFECT_MANAGER, NOW, PARTY_MANAGER, TESTER

OPEN, RESOLVED, READY, CLOSED, OTHER = (
    State.OPEN,
    State.RESOLVED,
    State.READY_FOR_RETEST,
    State.CLOSED,
    State.OTHER,
)
Told = tuple[str, State | None, str, int | None]
RAISED: Told = (TESTER, OPEN, "", None)
FIXED: Told = (PARTY_MANAGER, RESOLVED, "5.2.16.0", None)
BROUGHT: Told = (BOT, READY, "5.2.16.0", 951)
FAILED: Told = (TESTER, OPEN, "5.2.16.0", 951)
FIXED_AGAIN: Told = (PARTY_MANAGER, RESOLVED, "5.2.17.0", 951)
PASSED: Told = (TESTER, CLOSED, "5.2.17.0", 952)


def history(*told: Told) -> tuple[Step, ...]:
    """Each an hour after another: who, the state that it set if any, the version and the RFC that stood then."""
    hour = timedelta(hours=1)
    return tuple(
        Step(rev, NOW + rev * hour, by, state, wrote={Field.VERSION: version, Field.DELIVERED_BY: str(rfc or "")})
        for rev, (by, state, version, rfc) in enumerate(told, start=1)
    )


@pytest.mark.parametrize(
    ("told", "turns", "fixes"),
    [
        pytest.param((), [], (), id="a history that was not read"),
        pytest.param((RAISED,), [Turn.RAISED], (), id="raised"),
        pytest.param((RAISED, FIXED), [Turn.RAISED, Turn.RESOLVED], ("5.2.16.0",), id="resolved"),
        pytest.param(
            (RAISED, FIXED, BROUGHT, FAILED),
            [Turn.RAISED, Turn.RESOLVED, Turn.READY, Turn.FAILED],
            ("5.2.16.0",),
            id="a retest that failed",
        ),
        pytest.param(
            (RAISED, FIXED, BROUGHT, FAILED, FIXED_AGAIN, (BOT, READY, "5.2.17.0", 952), PASSED),
            [Turn.RAISED, Turn.RESOLVED, Turn.READY, Turn.FAILED, Turn.RESOLVED, Turn.READY, Turn.CLOSED],
            ("5.2.16.0", "5.2.17.0"),
            id="fixed twice, and closed",
        ),
        pytest.param(
            (RAISED, FIXED, BROUGHT, FAILED, (PARTY_MANAGER, RESOLVED, "5.2.16.0", 951)),
            [Turn.RAISED, Turn.RESOLVED, Turn.READY, Turn.FAILED, Turn.RESOLVED],
            ("5.2.16.0",),
            id="resolved again with the same build: a bounce, and no second fix",
        ),
        pytest.param(
            (RAISED, (PARTY_MANAGER, RESOLVED, "5.2.61.0", None), (PARTY_MANAGER, None, "5.2.16.0", None)),
            [Turn.RAISED, Turn.RESOLVED, Turn.NAMED],
            ("5.2.16.0",),
            id="a version that was corrected is no fix of its own",
        ),
        pytest.param(
            (RAISED, FIXED, (PARTY_MANAGER, OPEN, "5.2.16.0", None)),
            [Turn.RAISED, Turn.RESOLVED, Turn.REOPENED],
            ("5.2.16.0",),
            id="reopened before anybody could retest it",
        ),
        pytest.param(
            (RAISED, FIXED, BROUGHT, (DEFECT_MANAGER, RESOLVED, "5.2.16.0", 951)),
            [Turn.RAISED, Turn.RESOLVED, Turn.READY, Turn.TAKEN_BACK],
            ("5.2.16.0",),
            id="taken back by a person",
        ),
        pytest.param(
            (RAISED, FIXED, BROUGHT, (BOT, RESOLVED, "5.2.16.0", None)),
            [Turn.RAISED, Turn.RESOLVED, Turn.READY, Turn.PUT_BACK],
            ("5.2.16.0",),
            id="put back after a rollback",
        ),
        pytest.param(
            (RAISED, FIXED, BROUGHT, (TESTER, CLOSED, "5.2.16.0", 951), (TESTER, OPEN, "5.2.16.0", 951)),
            [Turn.RAISED, Turn.RESOLVED, Turn.READY, Turn.CLOSED, Turn.REOPENED],
            ("5.2.16.0",),
            id="closed, and reopened",
        ),
        pytest.param(
            (RAISED, (TESTER, OTHER, "", None), (TESTER, OPEN, "", None)),
            [Turn.RAISED, Turn.PARKED, Turn.PARKED],
            (),
            id="a state that the process does not know, and back",
        ),
        pytest.param(
            (RAISED, (TESTER, None, "", None), (TESTER, OPEN, "", None)),
            [Turn.RAISED],
            (),
            id="edits, and another word for the same state",
        ),
        pytest.param(
            ((TESTER, RESOLVED, "5.2.16.0", None),), [Turn.RAISED, Turn.RESOLVED], ("5.2.16.0",), id="born resolved"
        ),
    ],
)
def test_a_history_is_told_in_turns(told: tuple[Told, ...], turns: list[Turn], fixes: tuple[str, ...]) -> None:
    found = turns_of(history(*told), BOT)

    assert [taken.turn for taken in found] == turns
    assert fixes_in(found) == fixes


def test_a_bounce_names_who_when_the_version_and_the_rfc() -> None:
    (bounce,) = (t for t in turns_of(history(RAISED, FIXED, BROUGHT, FAILED), BOT) if t.turn in BOUNCES)

    assert (bounce.by, bounce.at, bounce.version, bounce.rfc) == (TESTER, NOW + timedelta(hours=4), "5.2.16.0", 951)


def test_what_was_put_back_names_the_rfc_that_had_brought_it() -> None:
    steps = history(RAISED, FIXED, BROUGHT, (BOT, RESOLVED, "5.2.16.0", None))

    assert turns_of(steps, BOT)[-1].rfc == 951
