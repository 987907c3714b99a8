"""A copy of a database file: whole although it is in use, looked through, for its owner's eyes, over nothing else."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from adapters.store.failures import StoreError, in_words, unusable
from adapters.store.verdict import verdict

PARTIAL = ".partial"


def copied(source: Path, target: Path) -> None:
    """`StoreError` where it cannot be: then there is nothing of that name. Writers need not wait for it."""
    if not source.exists():
        raise StoreError(source, "there is no such file", "Name the configuration with which `shunter run` is started.")
    if target.exists():
        raise StoreError(target, "there is a file already", "Name another, or move it away first.")
    partial = target.with_name(target.name + PARTIAL)
    try:
        os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        _copy(source, partial)
        partial.rename(target)
        _flush(target.parent)
    except OSError as error:
        raise unusable(target, error) from error
    finally:
        with suppress(OSError):
            partial.unlink()


def free_name(wanted: Path) -> Path:
    """The wanted one, or with a number behind it."""
    found, number = wanted, 1
    while found.exists():
        number += 1
        found = wanted.with_name(f"{wanted.name}-{number}")
    return found


def _copy(source: Path, partial: Path) -> None:
    with in_words(source), closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(partial)) as other:
        one.backup(other)
        other.execute("PRAGMA journal_mode = DELETE")  # one file alone
        faults = verdict(other, "quick_check")
    if faults:
        raise StoreError(source, f"its copy is damaged ({faults})", "Look at the disk.")


def _flush(folder: Path) -> None:
    """So that the name, too, stands on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
