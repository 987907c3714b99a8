"""A transaction of SQLite: begun by us, since the driver's own beginning would come too late for a first read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection


def begin_in_sqlite(connection: Connection, *, writes: bool, lasts: bool) -> None:
    """The driver has to be without an isolation level. It is asked itself: the way through SQLAlchemy takes longer than
    the transaction."""
    connection.begin()
    _settle(connection, "foreign_keys", "ON")
    _settle(connection, "synchronous", "FULL" if lasts else "NORMAL")
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def _settle(connection: Connection, pragma: str, value: str) -> None:
    """A setting lasts as long as the connection to the file, which is used again and again."""
    if connection.info.get(pragma) != value:
        connection.exec_driver_sql(f"PRAGMA {pragma} = {value}")
        connection.info[pragma] = value
