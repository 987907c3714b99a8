"""The fence: no create that passed a claim can arrive once the claim's quarantine is over."""

from datetime import timedelta

import pytest

from bot.fence import CLIENT_TIMEOUT, LATE_APPLY, QUARANTINE, SEND_WITHIN, is_quarantined
from tests.bot.world import NOW


def test_the_quarantine_outlasts_the_latest_create_that_its_claim_lets_through() -> None:
    assert QUARANTINE > SEND_WITHIN + CLIENT_TIMEOUT + LATE_APPLY
    assert timedelta(seconds=400) <= QUARANTINE


@pytest.mark.parametrize(
    ("passed", "quarantined"),
    [
        pytest.param(timedelta(0), True, id="just claimed"),
        pytest.param(QUARANTINE - timedelta(seconds=1), True, id="a second before its end"),
        pytest.param(QUARANTINE, False, id="at its end"),
        pytest.param(timedelta(days=3), False, id="long ago"),
        pytest.param(-timedelta(seconds=5), True, id="read before it was claimed"),
    ],
)
def test_a_claim_is_left_alone_until_its_quarantine_is_over(passed: timedelta, quarantined: bool) -> None:
    assert is_quarantined(NOW - passed, NOW) is quarantined
