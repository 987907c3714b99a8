"""The schema: which version of its tables a database holds, and what is done about another one."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from sqlalchemy import Column, Connection, Integer, MetaData, Table, delete, insert, inspect, select

from adapters.store import ledger_tables, mirror_tables
from adapters.store.column_types import Words
from adapters.store.database import Database
from adapters.store.failures import START_AFRESH, StoreError

MIRROR, LEDGER = "mirror", "ledger"
CURRENT = {MIRROR: mirror_tables.VERSION, LEDGER: ledger_tables.VERSION}

tables = MetaData()
versions = Table(
    "shunter_schema",
    tables,
    Column("part", Words, primary_key=True),
    Column("version", Integer, nullable=False),
)
ALL = frozenset(tables.tables) | frozenset(mirror_tables.tables.tables) | frozenset(ledger_tables.tables.tables)


def prepare(database: Database, *, may_rebuild: bool) -> None:
    """Makes the tables that are missing. A mirror of another version is made anew, a ledger never."""
    with database.writing() as connection:
        present = inspect(connection).get_table_names()
        _insist_on_ours(present, database.where)
        if versions.name not in present:
            tables.create_all(connection)
        found: dict[str, int] = {row.part: row.version for row in connection.execute(select(versions))}
        _insist_on_ledger(found.get(LEDGER, CURRENT[LEDGER]), database.where)
        if found.get(MIRROR, CURRENT[MIRROR]) != CURRENT[MIRROR]:
            _insist_on_rebuilding(database.where, may_rebuild=may_rebuild)
            _drop_mirror(connection, present)
        if found != CURRENT or not ALL.issubset(present):
            _create(connection, found)


def _insist_on_ours(present: Collection[str], where: Path | str) -> None:
    if present and versions.name not in present:
        why = "it is a database of something else"
        raise StoreError(where, why, "Name another file for the store in the settings.")


def _insist_on_ledger(version: int, where: Path | str) -> None:
    if version != CURRENT[LEDGER]:
        why = f"its ledger has version {version}, and this Shunter knows version {CURRENT[LEDGER]}"
        raise StoreError(where, why, f"Start the Shunter that wrote it. Or: {START_AFRESH}")


def _insist_on_rebuilding(where: Path | str, *, may_rebuild: bool) -> None:
    if not may_rebuild:
        why = "its mirror was written by another version of Shunter"
        raise StoreError(where, why, "Let `shunter run` of this version open it first: it reads everything anew.")


def _drop_mirror(connection: Connection, present: Collection[str]) -> None:
    for name in present:
        if name.startswith(mirror_tables.PREFIX):
            Table(name, MetaData()).drop(connection)


def _create(connection: Connection, found: dict[str, int]) -> None:
    mirror_tables.tables.create_all(connection)
    ledger_tables.tables.create_all(connection)
    if found != CURRENT:
        connection.execute(delete(versions))
        rows = [{"part": part, "version": version} for part, version in CURRENT.items()]
        connection.execute(insert(versions), rows)
