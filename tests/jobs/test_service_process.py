"""The service as a process: what signals and hangs come to, in what time, and that nothing is done twice after them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest

from adapters.sandbox.answer import Answer
from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import CarryOut, NoAnswer
from adapters.sandbox.serve import served
from jobs.end_at_once import HUNG
from tests.house import ROOT
from tests.jobs.accidents import meanwhile
from tests.jobs.command_line import Shunter, configured_for

pytestmark = pytest.mark.slow

BOUNDED = """
import sys
from dataclasses import replace
import jobs.wiring, jobs.serve as serve
bounds = dict(word.split("=") for word in sys.argv.pop(1).split())
serve.replace = lambda made, **given: replace(made, **given | ({k: float(v) for k, v in bounds.items()}
    if made is serve.BOUNDS else {}))
from jobs.cli import main
main()
"""
"""The program, with bounds that a test can wait for."""
SOON = 60


@pytest.fixture
def shunter(azure: Azure, tmp_path: Path) -> Iterator[Shunter]:
    with served(azure) as url:
        yield configured_for(azure, url, tmp_path)


@dataclass
class Running:
    process: subprocess.Popen[str]
    is_unanswered: Event

    def is_told(self, signal_number: int) -> None:
        self.process.send_signal(signal_number)

    def ended(self) -> tuple[int, str]:
        assert self.process.stderr is not None
        talk = self.process.stderr.read()
        return self.process.wait(SOON), talk


@contextmanager
def running(shunter: Shunter, bounds: str) -> Iterator[Running]:
    """It has sent the first of its changes, which was carried out, and gets no answer."""
    is_unanswered = Event()

    def silence(carry_out: CarryOut) -> Answer:
        carry_out()
        is_unanswered.set()
        raise NoAnswer

    shunter.azure.faults.add("create", silence)
    command = [sys.executable, "-c", BOUNDED, bounds, "run", "--config", str(shunter.config)]
    environment = {**os.environ, **shunter.environment(), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        assert is_unanswered.wait(SOON)
        yield Running(process, is_unanswered)
    finally:
        process.kill()
        process.communicate()
        shunter.azure.faults.clear()


def test_a_store_that_cannot_be_opened_when_it_begins_does_not_end_it(shunter: Shunter, tmp_path: Path) -> None:
    folder, has_written = tmp_path / "not there yet", Event()
    shunter.edit('# file = "/var/lib/shunter/shunter.db"', f'file = "{folder}/shunter.db"')
    shunter.edit("poll_seconds = 30", "poll_seconds = 10")
    shunter.azure.faults.add("create", meanwhile(has_written.set))
    command = [sys.executable, "-m", "jobs.cli", "run", "--config", str(shunter.config)]
    environment = {**os.environ, **shunter.environment(), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as it:
        assert it.stderr is not None
        told = next(line for line in it.stderr if "its folder does not exist" in line)
        folder.mkdir()
        was_cured = has_written.wait(SOON)
        it.send_signal(signal.SIGTERM)
        talk = it.stderr.read()

    assert f"Create {folder}, or name another in the settings." in told
    assert (was_cured, it.returncode, "stopped" in talk) == (True, 0, True)


def lists_of(azure: Azure) -> Counter[str]:
    lists = (item for item in azure.items() if item.type.name == "Candidate List")
    return Counter(f"{item.fields['Custom.ReleaseEnvironment']} {item.fields['Custom.ReleaseParty']}" for item in lists)


def test_an_answer_that_does_not_come_is_not_waited_for_when_it_is_to_stop_and_nothing_is_done_twice(
    shunter: Shunter,
) -> None:
    with running(shunter, "answer=1 ending=20") as service:
        writes = len(shunter.azure.journal)
        began = time.monotonic()
        service.is_told(signal.SIGTERM)
        code, talk = service.ended()
        took = time.monotonic() - began

    assert (code, "stopped" in talk, "Traceback" in talk) == (0, True, False)
    assert took < 15
    assert [e for e in shunter.azure.journal[writes:] if e.operation in ("create", "batch", "update")] == []
    (begun,) = lists_of(shunter.azure).values()
    assert begun == 1

    shunter("run", "--once")
    shunter("run", "--once")
    assert len(lists_of(shunter.azure)) > 1
    assert set(lists_of(shunter.azure).values()) == {1}


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT], ids=lambda second: second.name)
def test_a_second_signal_ends_it_at_once(shunter: Shunter, second: signal.Signals) -> None:
    with running(shunter, "answer=60 ending=60") as service:
        service.is_told(signal.SIGTERM)
        began = time.monotonic()
        while service.process.poll() is None and time.monotonic() - began < SOON:
            service.is_told(second)
            service.is_unanswered.wait(0.05)
            time.sleep(0.05)

    assert service.process.returncode == -second


@pytest.mark.parametrize(
    ("bounds", "is_told", "words"),
    [
        ("beat=0.2 run=4 hung=1", False, "a run did not end when it was told to, and never will"),
        ("answer=60 ending=1", True, "a run did not end in 1 s"),
    ],
    ids=["in a run", "when it is to stop"],
)
def test_what_never_ends_ends_the_process_in_words(shunter: Shunter, bounds: str, is_told: bool, words: str) -> None:
    with running(shunter, bounds) as service:
        if is_told:
            service.is_told(signal.SIGTERM)
        code, talk = service.ended()

    assert code == HUNG
    assert f"{words}: ending, to be started again" in talk
