"""The ledger's tables: rows are added to them in one order, and never changed; the head and the pulse are overwritten.

`sequence` counts the rows of all of them together, and `chain` is a hash over the row and the one before it.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    event,
    insert,
)

from adapters.store.column_types import Instant, Words
from adapters.store.only_added_to import guard

tables = MetaData()

runs = Table(
    "ledger_runs",
    tables,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("chain", Words, nullable=False),
    Column("run", Words, nullable=False),
    Column("at", Instant),
    Column("jobs", JSON, nullable=False),
    Column("ending", Words, nullable=False),
    Column("why", Words, nullable=False),
)
intents = Table(
    "ledger_intents",
    tables,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("chain", Words, nullable=False),
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
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("chain", Words, nullable=False),
    Column("intent", Words, ForeignKey(intents.c.id), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("result", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("item", Integer, index=True),
    Column("rev", Integer),
    Column("is_lasting", Boolean, nullable=False, index=True),
)
anchors = Table(
    "ledger_anchors",
    tables,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("chain", Words, nullable=False),
    Column("at", Instant),
    Column("began", Instant),
    Column("upto", Integer, nullable=False),
    Column("until", Instant),
    Column("head", Words, nullable=False),
)
"""Where the rows begin that are kept: after `upto`, of which `head` was the chain. The first one begins the store;
`began` is when that was, None where nobody could tell; of the others `until` is what their rows were older than."""
CHAINED = (runs, intents, outcomes, anchors)

head = Table(
    "ledger_head",
    tables,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", Integer, nullable=False),
    Column("chain", Words, nullable=False),
)
"""One row: the last of the chain. Whoever adds to the ledger locks it first."""
NOTHING = "0" * 64
"""What the first row is chained to."""
pulse = Table(
    "pulse",
    tables,
    Column("job", Words, primary_key=True),
    Column("at", Instant, nullable=False),
)


def _begin(_target: Table, connection: Connection, **_: object) -> None:
    connection.execute(insert(head), {"id": 1, "sequence": 0, "chain": NOTHING})


event.listen(head, "after_create", _begin)

for table in CHAINED:
    guard(table)
