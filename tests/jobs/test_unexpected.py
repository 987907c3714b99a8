"""What nobody expected ends one run, in words, and not the service; its traceback is in the log, without secrets."""

from __future__ import annotations

import logging
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Event

import pytest

from adapters.configuration.configuration import Configuration
from adapters.store.ledger import Ledger
from adapters.store.store import Store
from jobs.cli import main
from jobs.hints import Hints
from jobs.run import Ending, Report
from jobs.schedule import run_until_stopped
from jobs.serve import look
from tests.house import ROOT
from tests.jobs.play import Play
from tests.jobs.small_world import settings, small_programme

SECRET = "canary52" * 6 + "cany"
WORDS = "failed in a way that nobody expected (RuntimeError): the log says where; please report it"


@dataclass(frozen=True)
class Broken:
    """Stands where something works, and does not: whatever is asked of it."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError(f"{name} has no {SECRET}")


@pytest.fixture
def configuration(play: Play, tmp_path) -> Configuration:  # type: ignore[no-untyped-def]
    return settings(small_programme(), play.azure, "http://127.0.0.1/sandbox", tmp_path)


def test_a_run_that_fails_so_is_told_and_recorded_and_the_next_one_does_its_job(
    play: Play, configuration: Configuration, caplog: pytest.LogCaptureFixture
) -> None:
    world = play.world
    report = look(replace(world, spelling=Broken()), configuration)  # type: ignore[arg-type]

    assert (report.ending, report.why) == (Ending.FAILED, WORDS)
    assert caplog.messages == [f"run {report.run}"]
    assert look(replace(world, programme=Broken()), configuration).why == WORDS  # type: ignore[arg-type]
    assert [(run.ending, run.why) for run in world.store.ledger.runs(10)] == [("FAILED", WORDS)] * 2
    assert play.news() == []

    assert look(world, configuration).ending is Ending.DONE
    assert play.news() != []


def test_where_the_ledger_fails_too_the_log_has_both(
    play: Play, configuration: Configuration, caplog: pytest.LogCaptureFixture
) -> None:
    class NoLedger(Ledger):
        def record_run(self, *_args: object, **_given: object) -> None:
            raise RuntimeError("no ledger")

    ledger = play.world.store.ledger
    store = Store(play.world.store.mirror, NoLedger(ledger._database))  # noqa: SLF001
    report = look(replace(play.world, store=store, programme=Broken()), configuration)  # type: ignore[arg-type]

    assert report.why == WORDS
    assert len(caplog.records) == 2


def test_the_schedule_goes_on_after_a_look_that_raised(caplog: pytest.LogCaptureFixture) -> None:
    hints, looks = Hints(Event()), []

    def look_badly() -> Report:
        looks.append(1)
        if len(looks) == 2:
            hints.stop()
        raise RuntimeError(SECRET)

    run_until_stopped(look_badly, lambda _report: None, timedelta(milliseconds=20), hints)

    assert len(looks) == 2
    assert [record.name for record in caplog.records if record.levelno == logging.ERROR] == [
        "apscheduler.executors.default"
    ] * 2


def test_a_command_that_fails_so_ends_with_one_and_shows_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> None:
        raise RuntimeError(f"Authorization: Basic {SECRET}")

    with pytest.raises(SystemExit) as ended:
        main(command)

    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (1, "")
    assert SECRET not in said.err
    assert "RuntimeError: Authorization: Basic ***" in said.err
    assert said.err.endswith("shunter: an error that nobody expected; please report it, with the lines above\n")


def test_what_the_system_refuses_is_one_sentence_without_a_secret(capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> None:
        raise OSError(f"cannot reach https://me:{SECRET}@proxy.example")

    with pytest.raises(SystemExit) as ended:
        main(command)

    assert ended.value.code == 1
    assert capsys.readouterr().err == "shunter: cannot reach https://***@proxy.example\n"


def test_a_program_that_crashes_leaves_no_memory_behind() -> None:
    program = (
        "import resource; from jobs.cli import main; main(lambda: print(resource.getrlimit(resource.RLIMIT_CORE)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)

    assert ran.stdout == "(0, 0)\n"
