"""The ledger as it was before there were migrations: a database with its version 1 is taken for this."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from adapters.store.column_types import Instant, Words
from adapters.store.only_added_to import refusals

revision, down_revision = "0001", None


def upgrade() -> None:
    op.create_table(
        "ledger_runs",
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("run", Words, nullable=False),
        sa.Column("at", Instant),
        sa.Column("jobs", sa.JSON, nullable=False),
        sa.Column("ending", Words, nullable=False),
        sa.Column("why", Words, nullable=False),
    )
    op.create_table(
        "ledger_intents",
        sa.Column("sequence", sa.Integer, primary_key=True),
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
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("intent", Words, sa.ForeignKey("ledger_intents.id"), nullable=False, index=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("result", Words, nullable=False),
        sa.Column("words", Words, nullable=False),
        sa.Column("item", sa.Integer, index=True),
        sa.Column("rev", sa.Integer),
        sa.Column("is_lasting", sa.Boolean, nullable=False, index=True),
    )
    op.create_table(
        "pulse",
        sa.Column("job", Words, primary_key=True),
        sa.Column("at", Instant, nullable=False),
    )
    for table in ("ledger_runs", "ledger_intents", "ledger_outcomes"):
        for statement in refusals(table, op.get_bind().dialect.name):
            op.execute(statement)
