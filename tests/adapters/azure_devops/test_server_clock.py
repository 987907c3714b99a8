"""The server's clock is relied on while it runs as time does; after a jump, not until it has done so for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from adapters.azure_devops.answers import Unreadable
from adapters.azure_devops.server_clock import ServerClock

START = datetime(2026, 12, 7, 9, tzinfo=UTC)
MINUTES, HOURS, DAYS = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass
class Server:
    """A clock that is asked each minute, and what it says then beside the time."""

    clock: ServerClock
    passed: float = 0.0
    off: timedelta = timedelta()

    def minutes(self, count: int) -> None:
        for _ in range(count):
            self.passed += 60
            self.clock.hear(START + timedelta(seconds=self.passed) + self.off)


@pytest.fixture
def server() -> Server:
    passing: list[Server] = []
    server = Server(ServerClock(lambda: passing[0].passed))
    passing.append(server)
    return server


@pytest.mark.parametrize(
    ("by", "words"),
    [
        pytest.param(-1 * MINUTES, "", id="a machine of the service that is a little behind"),
        pytest.param(23 * HOURS, "", id="our machine slept"),
        pytest.param(-3 * MINUTES, "went 3 min back at once", id="a little back"),
        pytest.param(-1 * HOURS, "went 1 h back at once", id="an hour back"),
        pytest.param(2 * DAYS, "went 48 h ahead at once", id="two days ahead"),
        pytest.param(3652 * DAYS, "went 87648 h ahead at once", id="ten years ahead"),
    ],
)
def test_a_jump_is_told_and_what_is_none_is_not(server: Server, by: timedelta, words: str) -> None:
    server.minutes(3)
    server.off = by
    server.minutes(1)

    told = f"nothing is written: the clock of Azure DevOps {words}; writing goes on when it has run steadily for 10 min"
    assert server.clock.why_unsteady() == (told if words else "")


@pytest.mark.parametrize("lasting", [True, False], ids=["it stays there", "it comes back"])
def test_after_a_jump_it_is_relied_on_again_when_it_has_run_steadily(server: Server, lasting: bool) -> None:
    server.minutes(3)
    server.off = -5 * HOURS
    server.minutes(4)
    server.off = -5 * HOURS if lasting else timedelta()
    server.minutes(5 if lasting else 9)
    assert server.clock.why_unsteady() != ""

    server.minutes(3)
    assert server.clock.why_unsteady() == ""


def test_before_any_answer_no_time_is_known() -> None:
    with pytest.raises(Unreadable, match="no answer has carried a date yet"):
        ServerClock(lambda: 0.0).now()
