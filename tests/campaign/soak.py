"""A soak: months of virtual time, a release a week, and one request in a hundred that goes wrong.

`python -m tests.campaign.soak --days 182 [--every 7] [--poll 120] [--seed 7]`: Shunter is a process of its own, whose
memory, files and seconds are told by the week; the server, its history and the clock are in this one.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from adapters.sandbox.answer import Answer
from adapters.sandbox.azure import Azure
from adapters.sandbox.call import Call
from adapters.sandbox.faults import CarryOut, Fault
from adapters.sandbox.mhhs_seeds.people import BOT
from adapters.sandbox.serve import served
from adapters.store.store import opened
from tests.campaign.checker.checking import Checker
from tests.campaign.checker.heard import Heard, overhearing
from tests.campaign.checker.violation import Violation
from tests.campaign.mishaps import MISHAPS
from tests.campaign.weeks import Weeks
from tests.house import ROOT
from tests.jobs.small_world import small_settings, small_world

POLL = timedelta(minutes=2)
WEEK = timedelta(days=7)
SHARE = 0.01
"""Of all requests, how many go wrong."""
QUIET = timedelta(hours=7)


@dataclass(frozen=True, slots=True)
class Measured:
    """At the end of so many days. `seconds` and `processor` are of one look, the mean since the last time."""

    days: float
    looks: int
    failed: int
    mishaps: int
    seconds: float
    processor: float
    memory: int
    objects: int
    handles: int
    threads: int
    disk: int
    rows: dict[str, int]

    @property
    def audit(self) -> int:
        return sum(count for name, count in self.rows.items() if name.startswith("ledger"))

    def __str__(self) -> str:
        return (
            f"{self.days:6.1f} {self.looks:8} {self.failed:7} {self.mishaps:8} {self.seconds * 1000:9.1f}"
            f" {self.processor * 1000:9.1f} {self.memory / 1e6:9.1f} {self.objects:9} {self.handles:8}"
            f" {self.disk / 1e6:8.2f} {self.audit:7}"
        )


HEADING = "  days    looks  failed  mishaps   ms/look  ms of CPU  memory MB   objects  handles  disk MB   audit"


@dataclass
class Soaked:
    """The process; while it looks it may wait, and that time passes."""

    azure: Azure
    process: subprocess.Popen[str]
    began: float = 0.0

    def look(self) -> Any:
        return self._asked(f"look {self._now()}")

    def measure(self) -> Any:
        return self._asked("measure")

    def _asked(self, line: str) -> Any:
        self._tell(line)
        while "wait" in (said := self._heard()):
            self.azure.clock.advance(timedelta(seconds=said["wait"]))
            self._tell(str(self._now()))
        return said

    def _now(self) -> float:
        return self.azure.clock.now().timestamp() - self.began

    def _tell(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def _heard(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "Shunter has ended"
        return json.loads(line)


@dataclass
class Soak:
    """`tell` hears each line of the table as soon as it is known."""

    azure: Azure
    soaked: Soaked
    store: Path
    checker: Checker
    heard: Heard
    rng: random.Random
    tell: Callable[[Measured], object]
    poll: timedelta = POLL
    mishaps: int = 0
    failed: int = 0
    found: list[Violation] = field(default_factory=list)
    _is_quiet: bool = False
    _fault: Fault | None = None

    def run(self, days: float, every: timedelta = WEEK) -> tuple[Measured, ...]:
        weeks, start = Weeks(self.azure), self.azure.clock.now()
        self.azure.faults.add(self._is_struck, self._strikes, times=10**9)
        told, looks, seconds, processor, since = [], 0, 0.0, 0.0, 0
        end, due = start + timedelta(days=days), start + every
        while (now := self.azure.clock.now()) < end:
            weeks.until(now)
            came = self.soaked.look()
            looks, seconds, processor = looks + 1, seconds + came["seconds"], processor + came["processor"]
            self.failed += came["ending"] != "DONE"
            assert "nobody expected" not in came["why"], came["why"]
            self.azure.clock.advance(self.poll)
            if now + self.poll >= min(due, end):
                due += every
                made = max(1, looks - since)
                told.append(self._measured((now - start) / timedelta(days=1), looks, seconds / made, processor / made))
                seconds, processor, since = 0.0, 0.0, looks
                self.found += self.checker.news()
                self.tell(told[-1])
        self._comes_to_rest()
        return tuple(told)

    def _measured(self, days: float, looks: int, seconds: float, processor: float) -> Measured:
        return Measured(days, looks, self.failed, self.mishaps, seconds, processor, **self.soaked.measure())

    def _comes_to_rest(self) -> None:
        self._is_quiet = True
        self.azure.clock.advance(QUIET)
        for _ in range(10):
            self.soaked.look()
            self.azure.clock.advance(self.poll)
        with opened(self.store) as store:
            self.found += self.checker.when_quiet([store.ledger])

    def _is_struck(self, call: Call) -> bool:
        if self._is_quiet or call.by.sign_in != BOT or self.rng.random() >= SHARE:
            return False
        fitting = [fault for when, fault in MISHAPS.values() if when(call)]
        if not fitting:
            return False
        self._fault = self.rng.choice(fitting)(self.heard)
        self.mishaps += 1
        return True

    def _strikes(self, carry_out: CarryOut) -> Answer:
        fault, self._fault = self._fault, None
        assert fault is not None
        return fault(carry_out)


@contextmanager
def soak(folder: Path, seed: int, tell: Callable[[Measured], object], poll: timedelta = POLL) -> Iterator[Soak]:
    azure = small_world()
    azure.token_for(BOT)
    with served(azure) as url, overhearing(azure) as heard:
        configuration = small_settings(azure, url, folder)
        assert isinstance(configuration.store, Path)
        command = [sys.executable, "-m", "tests.campaign.soaked", url, str(folder)]
        with subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            soaked = Soaked(azure, process, azure.clock.now().timestamp())
            checker = Checker(azure, configuration.programme, heard)
            yield Soak(azure, soaked, configuration.store, checker, heard, random.Random(seed), tell, poll)
            assert process.stdin is not None
            process.stdin.close()


def main(given: list[str]) -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.campaign.soak", description=__doc__)
    asked.add_argument("--days", type=float, default=7)
    asked.add_argument("--every", type=float, default=7, help="days from one line of the table to the next")
    asked.add_argument("--poll", type=float, default=POLL.total_seconds(), help="seconds from one look to the next")
    asked.add_argument("--seed", type=int, default=1)
    told = asked.parse_args(given)
    began = time.monotonic()
    sys.stdout.write(HEADING + "\n")

    def line(measured: Measured) -> None:
        sys.stdout.write(f"{measured}\n")
        sys.stdout.flush()

    with (
        tempfile.TemporaryDirectory() as folder,
        soak(Path(folder), told.seed, line, timedelta(seconds=told.poll)) as made,
    ):
        weeks = made.run(told.days, timedelta(days=told.every))
        found = made.found
    sys.stdout.write(f"{weeks[-1].rows}\n{len(made.azure.journal)} requests, {time.monotonic() - began:.0f} s\n")
    for violation in found:
        sys.stdout.write(f"{violation}\n")
    sys.stdout.write("every promise was kept\n" if not found else f"{len(found)} violations\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
