"""The fence: no create that passed a claim can arrive once the claim's quarantine is over."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot import fence
from bot.fence import CLIENT_TIMEOUT, LATE_APPLY, QUARANTINE, SEND_WITHIN, insist_on_room, is_quarantined
from tests.bot.world import NOW


def test_the_quarantine_outlasts_the_latest_create_that_its_claim_lets_through() -> None:
    assert QUARANTINE > SEND_WITHIN + CLIENT_TIMEOUT + LATE_APPLY
    assert timedelta(seconds=400) <= QUARANTINE


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        pytest.param("MARGIN = timedelta(seconds=80)", "MARGIN = timedelta(0)", id="without a margin"),
        pytest.param("QUARANTINE = SEND_WITHIN + CLIENT_TIMEOUT", "QUARANTINE = SEND_WITHIN", id="one time forgotten"),
    ],
)
def test_a_fence_whose_times_do_not_add_up_is_not_even_imported(right: str, wrong: str) -> None:
    source = Path(fence.__file__).read_text(encoding="utf-8")
    assert right in source
    exec(source, {})

    with pytest.raises(ValueError, match="ends before the latest create"):
        exec(source.replace(right, wrong), {})


def test_a_request_that_may_take_longer_than_the_quarantine_allows_for_is_refused() -> None:
    insist_on_room(CLIENT_TIMEOUT)

    with pytest.raises(ValueError, match=r"make CLIENT_TIMEOUT in bot/fence\.py longer"):
        insist_on_room(CLIENT_TIMEOUT + timedelta(seconds=1))


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
