"""A site: where a store can be kept, a file or a PostgreSQL, and what others do to it there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from adapters.store.server import Server
from tests.postgres import PostgresDatabase


class Site(Protocol):
    @property
    def place(self) -> Path | Server: ...

    @property
    def spelled(self) -> Path | str:
        """For another process."""

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        """What the last one gives."""

    def tables(self) -> set[str]: ...

    def begin_empty(self) -> None:
        """Somebody deletes everything, and it is empty."""


@dataclass(frozen=True)
class File:
    place: Path

    @property
    def spelled(self) -> Path:
        return self.place

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.place)) as connection:
            found = [connection.execute(statement).fetchall() for statement in statements][-1]
            connection.commit()
            return found

    def tables(self) -> set[str]:
        return {name for (name,) in self.sql("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def begin_empty(self) -> None:
        self.place.unlink()


@dataclass(frozen=True)
class OnPostgres:
    database: PostgresDatabase

    @property
    def place(self) -> Server:
        return self.database.place

    @property
    def spelled(self) -> str:
        return self.database.url

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        return self.database.sql(*statements)

    def tables(self) -> set[str]:
        return {name for (name,) in self.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}

    def begin_empty(self) -> None:
        self.sql("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
