"""Open intents: those of which nobody knows yet whether they were done."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists

from adapters.store.ledger_tables import intents, outcomes
from adapters.store.records import Result


def is_open() -> ColumnElement[bool]:
    """Not concluded, or concluded as unknown."""
    settled = exists().where(outcomes.c.intent == intents.c.id, outcomes.c.result != Result.UNKNOWN.value)
    return ~settled
