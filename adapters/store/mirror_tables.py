"""The mirror's tables: they hold nothing that cannot be read again, and are rebuilt when their shape changes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, MetaData, Table

from adapters.store.column_types import Proved, Words

VERSION = 6
PREFIX = "mirror_"
tables = MetaData()

items = Table(
    f"{PREFIX}items",
    tables,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rev", Integer, nullable=False),
    Column("type", Words, nullable=False, index=True),
    Column("fields", Proved, nullable=False),
    Column("relations", Proved),
    Column("is_deleted", Boolean, nullable=False),
)
links = Table(
    f"{PREFIX}links",
    tables,
    Column("source", Integer, primary_key=True, autoincrement=False),
    Column("target", Integer, primary_key=True, autoincrement=False),
    Column("rel", Words, primary_key=True),
    Column("comment", Words, nullable=False),
)
tokens = Table(
    f"{PREFIX}tokens",
    tables,
    Column("feed", Words, primary_key=True),
    Column("token", Words, nullable=False),
)
evidence = Table(
    f"{PREFIX}evidence",
    tables,
    Column("poll", Words, primary_key=True),
    Column("mark", Words, nullable=False),
    Column("rows", Proved, nullable=False),
)
histories = Table(
    f"{PREFIX}histories",
    tables,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rev", Integer, nullable=False),
    Column("steps", Proved, nullable=False),
)
