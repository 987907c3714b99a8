"""The mirror's tables: they hold nothing that cannot be read again, and are rebuilt when their shape changes."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Integer, MetaData, Table

from adapters.store.column_types import Words

VERSION = 4
PREFIX = "mirror_"
tables = MetaData()

items = Table(
    f"{PREFIX}items",
    tables,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rev", Integer, nullable=False),
    Column("type", Words, nullable=False, index=True),
    Column("fields", JSON, nullable=False),
    Column("relations", JSON(none_as_null=True)),
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
    Column("rows", JSON, nullable=False),
)
histories = Table(
    f"{PREFIX}histories",
    tables,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rev", Integer, nullable=False),
    Column("steps", JSON, nullable=False),
)
