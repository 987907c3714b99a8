"""A small disk: one that is soon full, and can be made larger."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.pool import Pool

SMALL, LARGE = 512, 16_384
"""KiB; a page of SQLite has four."""


class RealDisk:
    """A file system of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def grow(self) -> None:
        subprocess.run(["mount", "-o", f"remount,size={LARGE}k", self.folder], check=True)


@dataclass
class CountedPages:
    """Where no file system can be mounted: a limit that SQLite keeps to itself."""

    folder: Path
    pages: int = SMALL // 4

    def limit(self, connection: object, *_: object) -> None:
        getattr(connection, "execute")(f"PRAGMA max_page_count = {self.pages}")  # noqa: B009

    def grow(self) -> None:
        self.pages = LARGE // 4


@contextmanager
def small_disk(folder: Path) -> Iterator[RealDisk | CountedPages]:
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}k", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode == 0:
        try:
            yield RealDisk(folder)
        finally:
            subprocess.run(["umount", folder], check=True)
        return
    with counted_pages(folder) as counted:
        yield counted


@contextmanager
def counted_pages(folder: Path) -> Iterator[CountedPages]:
    counted = CountedPages(folder)
    event.listen(Pool, "checkout", counted.limit)
    try:
        yield counted
    finally:
        event.remove(Pool, "checkout", counted.limit)
