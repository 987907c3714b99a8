"""The ledger's revision: which of its migrations a database has had, and how it gets those that it lacks."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, select

TABLE = "ledger_revision"
tables = MetaData()
revisions = Table(TABLE, tables, Column("version_num", String(32), primary_key=True))  # as Alembic makes it
MIGRATIONS = Path(__file__).parent / "migrations"
_FILE = re.compile(r"v(\d{4})_\w+\.py")


def known_revisions(folder: Path = MIGRATIONS) -> tuple[str, ...]:
    """All that this version of Shunter has, oldest first."""
    found = (_FILE.fullmatch(file.name) for file in (folder / "versions").iterdir())
    return tuple(sorted(match[1] for match in found if match is not None))


def revision_of(connection: Connection) -> str:
    return str(connection.scalars(select(revisions.c.version_num)).one())


def stamp(connection: Connection, revision: str) -> None:
    """What is there already counts as this revision."""
    tables.create_all(connection)
    connection.execute(insert(revisions).values(version_num=revision))


def migrate(connection: Connection, folder: Path = MIGRATIONS) -> None:
    """To the latest revision, in the transaction of this connection."""
    from alembic import command
    from alembic.config import Config

    configuration = Config(attributes={"connection": connection})
    configuration.set_main_option("script_location", str(folder).replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    command.upgrade(configuration, "head")
