"""Disks that are full: a file system of its own where one can be mounted, else a limit that the system keeps."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from tests.processes.shunter_process import ShunterProcess

SIZE = 4 << 20
PAGE = 4096
CAN_MOUNT = os.geteuid() == 0


class Disk(Protocol):
    folder: Path

    def fill(self, process: ShunterProcess) -> None:
        """Whatever the process writes from now on finds no room."""

    def free(self, process: ShunterProcess) -> None: ...


class Mounted:
    """Another file takes all that is left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, process: ShunterProcess) -> None:
        with (self.folder / "ballast").open("wb", buffering=0) as file:
            size = 1 << 16
            while size:
                try:
                    file.write(b"x" * size)
                except OSError:
                    size //= 2

    def free(self, process: ShunterProcess) -> None:
        (self.folder / "ballast").unlink()

    def become(self, mode: str) -> None:
        """`ro`: it cannot be written; `rw`: it can again. What is open for writing keeps it from becoming so."""
        subprocess.run(["mount", "-o", f"remount,{mode}", self.folder], check=True)


class Limited:
    """No file of the process may have more than a page: the database has many, what the process says fits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, process: ShunterProcess) -> None:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (PAGE, resource.RLIM_INFINITY))

    def free(self, process: ShunterProcess) -> None:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def mounted(folder: Path) -> Iterator[Mounted]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=True)
    try:
        yield Mounted(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def limited(folder: Path) -> Iterator[Limited]:
    folder.mkdir()
    yield Limited(folder)


KINDS: Mapping[str, Callable[[Path], AbstractContextManager[Disk]]] = {
    "a limit": limited,
    **({"a file system": mounted} if CAN_MOUNT else {}),
}
