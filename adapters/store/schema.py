"""The schema: which version of its tables a database holds, and what is done about another one."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path

from sqlalchemy import Column, Connection, Integer, MetaData, Table, delete, insert, inspect, select

from adapters.store import ledger_revision, ledger_tables, mirror_tables
from adapters.store.column_types import Words
from adapters.store.database import Prepare
from adapters.store.failures import START_AFRESH, StoreError
from adapters.store.keeper import Keeper

MIRROR, LEDGER = "mirror", "ledger"
CURRENT = mirror_tables.VERSION
BEFORE_MIGRATIONS = 1
"""The version that a ledger said it had before there were migrations, in the table where the mirror's stands."""

tables = MetaData()
versions = Table(
    "shunter_schema",
    tables,
    Column("part", Words, primary_key=True),
    Column("version", Integer, nullable=False),
)


def preparation(*, may_rebuild: bool) -> Prepare:
    """`may_rebuild`: whether tables of another version may be made anew, or brought to this one."""
    return partial(_prepare, may_rebuild=may_rebuild)


def _prepare(connection: Connection, keeper: Keeper, *, may_rebuild: bool) -> None:
    """Makes the tables that are missing. A mirror of another version is made anew, a ledger is migrated."""
    present = inspect(connection).get_table_names()
    _insist_on_ours(present, keeper.where)
    tables.create_all(connection)
    found: dict[str, int] = {row.part: row.version for row in connection.execute(select(versions))}
    _prepare_ledger(connection, keeper, found, present, may_rebuild=may_rebuild)
    _prepare_mirror(connection, keeper.where, found.get(MIRROR), present, may_rebuild=may_rebuild)


def _insist_on_ours(present: Collection[str], where: Path | str) -> None:
    if present and versions.name not in present:
        why = "it is a database of something else"
        raise StoreError(where, why, "Name another place for the store in the settings.")


def _prepare_ledger(
    connection: Connection, keeper: Keeper, found: dict[str, int], present: Collection[str], *, may_rebuild: bool
) -> None:
    known = ledger_revision.known_revisions()
    if ledger_revision.TABLE not in present:
        if not set(ledger_tables.tables.tables).intersection(present):
            ledger_tables.tables.create_all(connection)
            ledger_revision.stamp(connection, known[-1])
            return
        _take_over(connection, found.get(LEDGER), keeper.where)
    revision = ledger_revision.revision_of(connection)
    if revision not in known:
        raise _unknown(f"revision {revision}, and this Shunter knows {known[-1]} as the latest", keeper.where)
    if revision != known[-1]:
        _insist_on_rebuilding("ledger", keeper.where, may_rebuild=may_rebuild)
        keeper.keep_copy(f"before-{known[-1]}")
        ledger_revision.migrate(connection)


def _take_over(connection: Connection, version: int | None, where: Path | str) -> None:
    if version != BEFORE_MIGRATIONS:
        raise _unknown(f"version {version}, and this Shunter takes over version {BEFORE_MIGRATIONS}", where)
    ledger_revision.stamp(connection, ledger_revision.FIRST)
    connection.execute(delete(versions).where(versions.c.part == LEDGER))


def _unknown(version: str, where: Path | str) -> StoreError:
    return StoreError(where, f"its ledger has {version}", f"Start the Shunter that wrote it. Or: {START_AFRESH}")


def _insist_on_rebuilding(part: str, where: Path | str, *, may_rebuild: bool) -> None:
    if not may_rebuild:
        why = f"its {part} was written by another version of Shunter"
        raise StoreError(where, why, "Let `shunter run` of this version open it first.")


def _prepare_mirror(
    connection: Connection, where: Path | str, version: int | None, present: Collection[str], *, may_rebuild: bool
) -> None:
    if version not in (None, CURRENT):
        _insist_on_rebuilding("mirror", where, may_rebuild=may_rebuild)
        for name in present:
            if name.startswith(mirror_tables.PREFIX):
                Table(name, MetaData()).drop(connection)
    mirror_tables.tables.create_all(connection)
    if version != CURRENT:
        connection.execute(delete(versions).where(versions.c.part == MIRROR))
        connection.execute(insert(versions).values(part=MIRROR, version=CURRENT))
