"""Moments: where in a look a fault may strike, from before the intent of a write is kept to after its result is."""

from __future__ import annotations

from enum import Enum


class Moment(Enum):
    """`BEFORE_INTENT` to `RESULT_KEPT` are the life of one write; `KEEPING` is any other commit."""

    BETWEEN = "between looks"
    READ = "a read"
    KEEPING = "a read kept"
    BEFORE_INTENT = "a: before the intent is kept"
    INTENT_KEPT = "b: intent kept, not sent"
    SENT = "c: sent, not applied"
    APPLIED = "d: applied, not answered"
    ANSWERED = "e: answered, result not kept"
    RESULT_KEPT = "f: result kept"


AT_COMMITS = {
    Moment.KEEPING,
    Moment.BEFORE_INTENT,
    Moment.INTENT_KEPT,
    Moment.ANSWERED,
    Moment.RESULT_KEPT,
}
ON_THE_WAY = {Moment.READ, Moment.SENT, Moment.APPLIED}
EVERY = tuple(Moment)
WRITES = ("create", "update", "batch")
