"""One store, one process: a second one says so and ends, and it takes over once the first is gone, however it went."""

from __future__ import annotations

import pytest

from jobs.configured import TAKEN
from tests.processes.installation import Installation
from tests.processes.shunter_process import by_command

LOOKED = "what it wrote: shunter audit"


@pytest.mark.slow
def test_a_second_process_on_the_same_store_ends_at_once_and_says_who_has_it(installation: Installation) -> None:
    first = installation.start("run")
    first.says(LOOKED)
    asked = installation.line.requests

    for words in (("run",), ("run", "--once")):
        second = installation.start(*words, by=by_command)
        assert second.ended(within=10) == TAKEN
        assert f"process {first.pid} acts on it already. Stop that one first" in second.words
    assert installation.line.requests == asked
    assert first.is_alive

    first.kill()
    assert installation.look().ended() == 0


def test_one_that_only_looks_is_not_kept_waiting(installation: Installation) -> None:
    first = installation.start("run")
    first.says(LOOKED)

    assert installation.start("status").ended() == 0
    assert first.is_alive
    assert first.end() == 0
