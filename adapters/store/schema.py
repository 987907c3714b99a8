"""The schema: which version of its tables a database holds, and what is done about another one."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path

from sqlalchemy import Column, Connection, Integer, MetaData, Table, delete, insert, inspect, select

from adapters.store import ledger_revision, ledger_tables, mirror_tables
from adapters.store.column_types import Words
from adapters.store.database import Prepare
from adapters.store.failures import StoreError, foreign, start_afresh
from adapters.store.keeper import Keeper
from adapters.store.lease_row import LEASE

MIRROR = "mirror"
CURRENT = mirror_tables.VERSION

tables = MetaData()
versions = Table(
    "shunter_schema",
    tables,
    Column("part", Words, primary_key=True),
    Column("version", Integer, nullable=False),
)


def preparation(*, may_rebuild: bool, migrations: Path = ledger_revision.MIGRATIONS) -> Prepare:
    """`may_rebuild`: whether tables of another version may be made anew, or brought to this one."""
    return partial(_prepare, may_rebuild=may_rebuild, migrations=migrations)


def _prepare(connection: Connection, keeper: Keeper, *, may_rebuild: bool, migrations: Path) -> None:
    """Makes the tables that are missing. A mirror of another version is made anew, a ledger is migrated."""
    present = inspect(connection).get_table_names()
    _insist_on_ours(present, keeper.where)
    tables.create_all(connection)
    found: dict[str, int] = {row.part: row.version for row in connection.execute(select(versions))}
    if ledger_revision.TABLE not in present:
        _begin_ledger(connection, keeper.where, present, ledger_revision.known_revisions(migrations)[-1])
    _bring_up(connection, keeper, migrations, may_rebuild=may_rebuild)
    _prepare_mirror(connection, keeper.where, found.get(MIRROR), present, may_rebuild=may_rebuild)


def _insist_on_ours(present: Collection[str], where: Path | str) -> None:
    if set(present) - {LEASE} and versions.name not in present:
        raise foreign(where)


def _begin_ledger(connection: Connection, where: Path | str, present: Collection[str], latest: str) -> None:
    if set(ledger_tables.tables.tables).intersection(present):
        raise _unknown("no revision: it is from before there were any", where)
    ledger_tables.tables.create_all(connection)
    ledger_revision.stamp(connection, latest)


def _bring_up(connection: Connection, keeper: Keeper, migrations: Path, *, may_rebuild: bool) -> None:
    known, revision = ledger_revision.known_revisions(migrations), ledger_revision.revision_of(connection)
    if revision not in known:
        raise _unknown(f"revision {revision}, and this Shunter knows {known[-1]} as the latest", keeper.where)
    if revision != known[-1]:
        _insist_on_rebuilding("ledger", keeper.where, may_rebuild=may_rebuild)
        keeper.keep_copy(f"before-{known[-1]}")
        ledger_revision.migrate(connection, migrations)


def _unknown(version: str, where: Path | str) -> StoreError:
    return StoreError(where, f"its ledger has {version}", f"Start the Shunter that wrote it. Or: {start_afresh(where)}")


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
