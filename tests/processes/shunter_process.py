"""A process of Shunter: started, watched, stopped and killed by whoever started it, and by nobody else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from threading import Lock
from typing import Protocol

from tests.house import ROOT
from tests.processes.nursery import be_shunter, limit_files, nursery

PATIENCE = 150
"""Seconds that anything is waited for, on however slow a machine."""
ONE_AT_A_TIME = Lock()
"""How a child of the nursery ended can be read only once, and whoever starts one reads it of all the others."""


class Running(Protocol):
    """What `subprocess` and `multiprocessing` have in common."""

    @property
    def pid(self) -> int: ...
    def wait(self, timeout: float) -> int | None: ...


@dataclass(frozen=True)
class ShunterProcess:
    """`said`: the file with all that it has printed."""

    running: Running
    said: Path
    began: float

    @property
    def pid(self) -> int:
        return self.running.pid

    @property
    def words(self) -> str:
        return self.said.read_text(errors="replace")

    @property
    def is_alive(self) -> bool:
        return self.running.wait(0) is None

    def ended(self, within: float = PATIENCE) -> int:
        """Its exit code; that of a process that was killed is negative."""
        code = self.running.wait(within)
        assert code is not None, f"it did not end within {within} s, and said: {self.words}"
        return code

    def kill(self) -> None:
        """It is gone when this returns."""
        if self.is_alive:
            os.kill(self.pid, signal.SIGKILL)
            self.ended()

    def stop(self) -> None:
        """It does nothing more when this returns, until it goes on."""
        os.kill(self.pid, signal.SIGSTOP)
        until(lambda: _state(self.pid) == "T", "it does not stop")

    def go_on(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def end(self) -> int:
        """As an operator ends it."""
        os.kill(self.pid, signal.SIGTERM)
        return self.ended()

    def says(self, words: str, times: int = 1) -> None:
        """Waits until it has said so."""
        until(lambda: self.words.count(words) >= times or not self.is_alive, f"it never says {words!r}")
        assert self.words.count(words) >= times, f"it has ended without {words!r}: {self.words}"


Start = Callable[[tuple[str, ...], Mapping[str, str], Path, int | None], ShunterProcess]
"""Words, environment, the file for what it says, and a limit for the size of its files."""


def by_command(
    words: tuple[str, ...], environment: Mapping[str, str], said: Path, file_limit: int | None = None
) -> ShunterProcess:
    """As an operator starts it: `shunter <words>`."""
    return _command([str(Path(sys.executable).with_name("shunter")), *words], environment, said, file_limit)


def in_a_hurry(
    words: tuple[str, ...], environment: Mapping[str, str], said: Path, file_limit: int | None = None
) -> ShunterProcess:
    """With a shorter send deadline."""
    return _command([sys.executable, "-m", "tests.processes.hurried", *words], environment, said, file_limit)


def from_tree(folder: Path) -> Start:
    """Of the version whose sources lie there."""

    def start(
        words: tuple[str, ...], environment: Mapping[str, str], said: Path, file_limit: int | None = None
    ) -> ShunterProcess:
        return _command([sys.executable, "-m", "jobs.cli", *words], environment, said, file_limit, folder)

    return start


def _command(
    command: Sequence[str], environment: Mapping[str, str], said: Path, file_limit: int | None, folder: Path = ROOT
) -> ShunterProcess:
    with said.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=lambda: limit_files(file_limit),  # noqa: PLW1509  (it takes no lock)
        )
    return ShunterProcess(_Command(process), said, time.monotonic())


def from_the_nursery(
    words: tuple[str, ...], environment: Mapping[str, str], said: Path, file_limit: int | None = None
) -> ShunterProcess:
    """The same `main` with the same words, in a process that need not import anything first."""
    process = nursery().Process(target=be_shunter, args=(words, dict(environment), said, file_limit))
    with ONE_AT_A_TIME:
        process.start()
    return ShunterProcess(_Child(process), said, time.monotonic())


@dataclass(frozen=True)
class _Command:
    process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        return self.process.pid

    def wait(self, timeout: float) -> int | None:
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None


@dataclass(frozen=True)
class _Child:
    """Any thread may ask."""

    process: ForkServerProcess

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    def wait(self, timeout: float) -> int | None:
        given_up = time.monotonic() + timeout
        while (code := self._code()) is None and time.monotonic() < given_up:
            time.sleep(0.002)
        return code

    def _code(self) -> int | None:
        with ONE_AT_A_TIME:
            return self.process.exitcode


def until(holds: Callable[[], bool], otherwise: str, within: float = PATIENCE) -> None:
    """Waits for what a real process does in its own time."""
    given_up = time.monotonic() + within
    while not holds():
        assert time.monotonic() < given_up, otherwise
        time.sleep(0.01)


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
