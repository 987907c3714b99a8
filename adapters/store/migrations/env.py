"""What Alembic runs migrations by: in the transaction of whoever asked for them."""

from __future__ import annotations

from alembic import context

from adapters.store.ledger_revision import TABLE

context.configure(connection=context.config.attributes["connection"], version_table=TABLE)
context.run_migrations()
