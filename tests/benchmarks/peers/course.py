"""The course: an Azure DevOps at a distance, on a port of this machine, that counts what it is asked."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from time import sleep
from typing import IO
from wsgiref.types import StartResponse, WSGIEnvironment

from adapters.sandbox.answer import Answer
from adapters.sandbox.azure import Azure
from adapters.sandbox.call import Call
from adapters.sandbox.mhhs_seeds.people import BOT
from adapters.sandbox.serve import served
from tests.benchmarks.peers.contender import Contender
from tests.benchmarks.peers.cost import Cost
from tests.house import ROOT
from tests.jobs.crowd import one_place
from tests.jobs.small_world import small_programme

TOKEN = "SHUNTER_TOKEN"
PATIENCE = 600.0
"""Seconds that one contender may take for all its works."""


class Distant(Azure):
    """Each answer takes `latency` seconds longer."""

    latency = 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        sleep(self.latency)
        return super().__call__(environ, start_response)


@dataclass(frozen=True, slots=True)
class Course:
    azure: Azure
    url: str

    @property
    def token(self) -> str:
        return self.azure.token_for(BOT)

    def run(self, contender: Contender) -> list[Cost]:
        """One cost for each of its works."""
        with tempfile.TemporaryDirectory() as folder, self._started(contender, Path(folder)) as child:
            return [self._work(child, contender) for _ in range(contender.works)]

    @contextmanager
    def _started(self, contender: Contender, folder: Path) -> Iterator[subprocess.Popen[str]]:
        """With no setting of this machine: neither a proxy nor somebody's sign-in."""
        self._settings(folder / "settings.json")
        words = {"url": self.url, "token": self.token, "settings": str(folder / "settings.json"), "folder": str(folder)}
        environment = {"HOME": str(folder), "AZURE_DEVOPS_CACHE_DIR": str(folder / "cache"), TOKEN: self.token}
        command = [contender.python or sys.executable, "-m", *(word.format(**words) for word in contender.command)]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as child:
            limit = Timer(PATIENCE, child.kill)
            limit.start()
            try:
                yield child
            finally:
                limit.cancel()
                child.kill()

    def _settings(self, file: Path) -> None:
        table = one_place(small_programme()) | {
            "connection": {"organisation_url": self.url, "project": self.azure.organisation.project},
            "sign_in": {"account": BOT, "token_variable": TOKEN},
            "running": {"mode": "act", "resync_hours": 168},
            "limits": {"requests_per_minute": 600, "changes_per_run": 500},
        }
        file.write_text(json.dumps(table))

    def _work(self, child: subprocess.Popen[str], contender: Contender) -> Cost:
        assert child.stdin is not None
        assert child.stdout is not None
        _line(child.stdout, contender)
        with _bodies() as bodies:
            since = len(self.azure.journal)
            child.stdin.write("go\n")
            child.stdin.flush()
            told = json.loads(_line(child.stdout, contender))
        exchanges = self.azure.journal[since:]
        if any(exchange.status not in (200, 201) for exchange in exchanges):
            raise RuntimeError(f"{contender.name}: {[e.operation for e in exchanges if e.status not in (200, 201)]}")
        return Cost(
            requests=len(exchanges),
            received=sum(exchange.bytes_out for exchange in exchanges),
            compressed=sum(len(gzip.compress(body, 6)) for body in bodies),
            sent=sum(exchange.bytes_in for exchange in exchanges),
            connections=len({exchange.connection for exchange in exchanges}),
            seconds=told["seconds"],
            cpu=told["cpu"],
            peak=told["peak"],
            done=told["done"],
        )


@contextmanager
def course(azure: Azure) -> Iterator[Course]:
    with served(azure) as url:
        yield Course(azure, url)


@contextmanager
def _bodies() -> Iterator[list[bytes]]:
    """What was answered to those who take it compressed. It is compressed afterwards, so that no time is measured."""
    bodies: list[bytes] = []

    def hear(call: Call, answer: Answer | None) -> None:
        if answer is not None and "gzip" in call.headers.get("accept-encoding", ""):
            bodies.append(answer.body)

    Azure.watchers.append(hear)
    try:
        yield bodies
    finally:
        Azure.watchers.remove(hear)


def _line(told: IO[str], contender: Contender) -> str:
    line = told.readline()
    if not line:
        raise RuntimeError(f"{contender.name} ended before its work was done")
    return line
