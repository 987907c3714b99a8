"""The nursery: processes of Shunter that start at once, because what they import has been imported before they fork.

A start of the command takes most of a second, and many kills need many starts. What runs in the child is the
command's own `main`, with a process, an environment and files of its own.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Mapping
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path

PRELOADED = [
    "jobs.cli",
    "jobs.serve",
    "adapters.configuration.load",
    "azure.devops.connection",
    "azure.devops.v7_1.location",
    "azure.devops.v7_1.work_item_tracking",
    "tests.processes.nursery",
]


@cache
def nursery() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def be_shunter(words: tuple[str, ...], environment: Mapping[str, str], said: Path, file_limit: int | None) -> None:
    """In the child: `shunter <words>`, whose output goes to the file `said`."""
    os.environ.clear()
    os.environ.update(environment)
    with said.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.setsid()
    _keep_addresses_beside(said)
    limit_files(file_limit)
    sys.argv = ["shunter", *words]
    from jobs.cli import main  # noqa: PLC0415  (in the child alone)

    main()


def limit_files(size: int | None) -> None:
    """No file may grow beyond it, as on a disk that is full: the system says so, and ends nobody."""
    if size is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _keep_addresses_beside(said: Path) -> None:
    """The SDK settles when it is imported where it keeps what it learns; each of these processes has its own folder."""
    from azure.devops import _file_cache  # noqa: PLC0415

    folder = said.parent / "sdk-cache"
    folder.mkdir(exist_ok=True)
    for kept, name in ((_file_cache.OPTIONS_CACHE, "options"), (_file_cache.RESOURCE_CACHE, "resources")):
        kept.file_name = str(folder / f"{name}.json")
