"""Soaked: the process that a soak measures, which holds Shunter and nothing else; it looks when it is told to.

A line in is `look`, `measure` or `end`; a line out is what came of it, or `{"wait": seconds}` while it looks, to be
answered by any line once that time has passed.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import psutil

from adapters.azure_devops.boards import Boards
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.pace import Pace
from adapters.azure_devops.sign_in import by_pat
from adapters.configuration.configuration import Configuration
from adapters.credentials import Pat
from adapters.rendering import Rendering
from adapters.store.store import opened
from jobs.serve import look
from jobs.wiring import private_cache, world_of
from jobs.world import World
from tests.jobs.small_world import small_settings, small_world

RESYNC = timedelta(hours=24)
"""As in the example."""


class VirtualTime:
    """The seconds that pass are told; whoever waits says so, and goes on when they have passed."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def wait(self, seconds: float) -> bool:
        _say({"wait": seconds})
        self.seconds = float(sys.stdin.readline())
        return False


@contextmanager
def living(url: str, folder: Path, time: VirtualTime) -> Iterator[tuple[World, Configuration]]:
    """A process of Shunter as the product wires it, but for the time that passes."""
    configuration = replace(small_settings(small_world(), url, folder), resync_interval=RESYNC)
    private_cache(folder)
    credential = configuration.sign_in.credential
    assert isinstance(credential, Pat)
    pace = Pace(monotonic=lambda: time.seconds, wait=time.wait, per_minute=configuration.limits.requests_per_minute)
    gateway = Gateway(url, by_pat(credential.token.reveal), pace)
    boards = Boards(gateway, configuration.spelling, Rendering(configuration.spelling.web_url))
    with opened(configuration.store, to_act=True) as store:
        yield world_of(configuration, store, boards, Event()), configuration


def main(url: str, folder: Path) -> None:
    virtual = VirtualTime()
    with living(url, folder, virtual) as (world, configuration):
        for line in sys.stdin:
            match line.split():
                case ["look", seconds]:
                    virtual.seconds = float(seconds)
                    began, used = time.perf_counter(), time.process_time()
                    report = look(world, configuration)
                    took = {"seconds": time.perf_counter() - began, "processor": time.process_time() - used}
                    _say({**took, "ending": report.ending.name, "why": report.why, "planned": len(report.plan)})
                case ["measure"]:
                    assert isinstance(configuration.store, Path)
                    _say(_measured(configuration.store))
                case _:
                    return


def _measured(store: Path) -> dict[str, object]:
    """Memory after all that can be given back has been, in bytes."""
    gc.collect()
    process = psutil.Process()
    files = [store, *store.parent.glob(f"{store.name}-*")]
    return {
        "memory": process.memory_info().rss,
        "objects": len(gc.get_objects()),
        "handles": process.num_fds(),
        "threads": process.num_threads(),
        "disk": sum(file.stat().st_size for file in files if file.is_file()),
        "rows": _rows(store),
    }


def _rows(store: Path) -> dict[str, int]:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _say(said: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
