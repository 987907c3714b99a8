"""A service in a container: its two streams are one, each line of it is an object, and a port says how it is."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from adapters.sandbox.azure import Azure
from adapters.sandbox.serve import served
from jobs.configured import TAKEN
from tests.house import ROOT
from tests.jobs.command_line import Shunter, configured_for

YES = {"ready": True, "why": []}


@pytest.fixture
def shunter(azure: Azure, tmp_path: Path) -> Iterator[Shunter]:
    with served(azure) as url:
        yield configured_for(azure, url, tmp_path)


@pytest.mark.slow
def test_a_service_whose_logs_are_json_says_nothing_that_is_not_one_object_a_line(shunter: Shunter) -> None:
    """Whoever runs services makes one of their two streams."""
    port = free_port()
    shunter.edit("[limits]", f"[health]\nport = {port}\n\n[limits]")
    shunter.edit('format = "text"', 'format = "json"')
    command = [sys.executable, "-m", "jobs.cli", "run", "--config", str(shunter.config)]
    environment = {**os.environ, **shunter.environment(), "PYTHONPATH": str(ROOT)}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen(command, env=environment, text=True, **streams)  # type: ignore[call-overload]
    try:
        ready = soon(lambda: requests.get(f"http://127.0.0.1:{port}/readyz", timeout=5).json() == YES)
        again = subprocess.run(command, env=environment, text=True, check=False, timeout=60, **streams)  # type: ignore[call-overload]
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=15)
    finally:
        process.kill()

    assert (ready, process.returncode, again.returncode) == (True, 0, TAKEN)
    records = [json.loads(line) for line in said.splitlines()]
    (run,) = {record["run"] for record in records if "run" in record}
    assert [record["run"] for record in records if record.get("action")] == [run] * 6
    assert [(r["ending"], r["planned"], r["done"]) for r in records if r["event"] == "looked"] == [("done", 6, 6)]
    assert records[-1]["event"] == "stopped"
    (refusal,) = [json.loads(line) for line in again.stdout.splitlines()]
    assert (refusal["level"], "acts on it already" in refusal["event"]) == ("error", True)


def soon(holds: Callable[[], bool]) -> bool:
    """Within a minute, on a machine that has much to do."""
    last = time.monotonic() + 60
    while time.monotonic() < last:
        with suppress(requests.ConnectionError):
            if holds():
                return True
        time.sleep(0.1)
    return False


def free_port() -> int:
    """It was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
