"""The verdict: what SQLite finds when it looks through a file of its own, in words."""

from __future__ import annotations

import sqlite3

MOST = 3
"""Faults that it names; one would do."""


def verdict(connection: sqlite3.Connection, check: str) -> str:
    """`check`: which pragma looks through it. Empty where the file is sound."""
    said = [words for (words,) in connection.execute(f"PRAGMA {check}({MOST})")]
    return "" if said == ["ok"] else " ".join(" ".join(said).split())
