"""The ledger's tables: rows are added to them, and never changed or taken away; the pulse alone is overwritten."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, MetaData, Table

from adapters.store.column_types import Instant, Words
from adapters.store.only_added_to import guard

tables = MetaData()

runs = Table(
    "ledger_runs",
    tables,
    Column("sequence", Integer, primary_key=True),
    Column("run", Words, nullable=False),
    Column("at", Instant),
    Column("jobs", JSON, nullable=False),
    Column("ending", Words, nullable=False),
    Column("why", Words, nullable=False),
)
intents = Table(
    "ledger_intents",
    tables,
    Column("sequence", Integer, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("run", Words, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("rule", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("item", Integer),
    Column("rev", Integer),
    Column("list", Integer, index=True),
    Column("reason", Words, nullable=False),
    Column("diff", JSON, nullable=False),
    Column("key", Words, nullable=False),
    Column("claim", Words, nullable=False),
    Index("ix_ledger_intents_item_rev", "item", "rev"),
)
outcomes = Table(
    "ledger_outcomes",
    tables,
    Column("sequence", Integer, primary_key=True),
    Column("intent", Words, ForeignKey(intents.c.id), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("result", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("item", Integer, index=True),
    Column("rev", Integer),
    Column("is_lasting", Boolean, nullable=False, index=True),
)
pulse = Table(
    "pulse",
    tables,
    Column("job", Words, primary_key=True),
    Column("at", Instant, nullable=False),
)

for table in (runs, intents, outcomes):
    guard(table)
