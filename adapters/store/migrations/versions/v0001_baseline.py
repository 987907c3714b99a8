"""The ledger as it was when there began to be migrations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from adapters.store.column_types import Instant, Words
from adapters.store.only_added_to import refusals

revision, down_revision = "0001", None
_CHAINED = ("ledger_runs", "ledger_intents", "ledger_outcomes", "ledger_anchors")


def upgrade() -> None:
    op.create_table(
        "ledger_runs",
        *_place_in_the_chain(),
        sa.Column("run", Words, nullable=False),
        sa.Column("at", Instant),
        sa.Column("jobs", sa.JSON, nullable=False),
        sa.Column("ending", Words, nullable=False),
        sa.Column("why", Words, nullable=False),
    )
    op.create_table(
        "ledger_intents",
        *_place_in_the_chain(),
        sa.Column("id", Words, nullable=False, unique=True),
        sa.Column("run", Words, nullable=False, index=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("rule", Words, nullable=False),
        sa.Column("kind", Words, nullable=False),
        sa.Column("subject", Words, nullable=False),
        sa.Column("item", sa.Integer),
        sa.Column("rev", sa.Integer),
        sa.Column("list", sa.Integer, index=True),
        sa.Column("reason", Words, nullable=False),
        sa.Column("diff", sa.JSON, nullable=False),
        sa.Column("key", Words, nullable=False),
        sa.Column("claim", Words, nullable=False),
        sa.Index("ix_ledger_intents_item_rev", "item", "rev"),
    )
    op.create_table(
        "ledger_outcomes",
        *_place_in_the_chain(),
        sa.Column("intent", Words, sa.ForeignKey("ledger_intents.id"), nullable=False, index=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("result", Words, nullable=False),
        sa.Column("words", Words, nullable=False),
        sa.Column("item", sa.Integer, index=True),
        sa.Column("rev", sa.Integer),
        sa.Column("is_lasting", sa.Boolean, nullable=False, index=True),
    )
    op.create_table(
        "ledger_anchors",
        *_place_in_the_chain(),
        sa.Column("at", Instant),
        sa.Column("began", Instant),
        sa.Column("upto", sa.Integer, nullable=False),
        sa.Column("until", Instant),
        sa.Column("head", Words, nullable=False),
    )
    op.create_table(
        "pulse",
        sa.Column("job", Words, primary_key=True),
        sa.Column("at", Instant, nullable=False),
    )
    head = op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("chain", Words, nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "sequence": 0, "chain": "0" * 64}])
    for table in _CHAINED:
        for statement in refusals(table, op.get_bind().dialect.name):
            op.execute(statement)


def _place_in_the_chain() -> tuple[sa.Column[int], sa.Column[str]]:
    return (
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("chain", Words, nullable=False),
    )
