"""Daily copies of a database file: one a day, the newest few, in a folder beside it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from adapters.store.failures import StoreError, unusable
from adapters.store.file_copy import copied

FOLDER = "backups"
_MARGIN = 2
"""A copy is made where so many would fit: it is not to be what fills the disk."""


def keep_copies(path: Path, most: int, now: datetime) -> Path | None:
    """The copy, where one was made: by the first call of a day, which begins at midnight UTC. None is made of 0.

    `StoreError` where it cannot be: those that there are stay.
    """
    folder = path.parent / FOLDER
    copy = folder / f"{path.stem}-{now.astimezone(UTC):%Y-%m-%d}{path.suffix}"
    if not most or copy.exists():
        return None
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        _insist_on_room(path, folder)
        copied(path, copy)
        for old in sorted(_copies(path, folder), reverse=True)[most:]:
            old.unlink()
    except OSError as error:
        raise unusable(copy, error) from error
    return copy


def _copies(path: Path, folder: Path) -> Iterator[Path]:
    """Of this file, and made here: what people have put beside them is theirs."""
    name = re.compile(rf"{re.escape(path.stem)}-\d{{4}}-\d\d-\d\d{re.escape(path.suffix)}")
    return (file for file in folder.iterdir() if name.fullmatch(file.name))


def _insist_on_room(path: Path, folder: Path) -> None:
    needed, free = path.stat().st_size * _MARGIN, shutil.disk_usage(folder).free
    if free < needed:
        why = f"no daily copy is made, with {free // 2**20} MiB free of the {needed // 2**20} that are asked for"
        raise StoreError(folder, why, "Free some space, or keep fewer copies by store.backups.")
