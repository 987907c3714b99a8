"""Outcomes: what came of a deployment, in the words in which people write it on the RFC [M5.1]."""

from __future__ import annotations

from enum import Enum

from bot.rfc import Rfc


class Outcome(Enum):
    """What came of a deployment."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    PARTIAL = "partial"
    ROLLED_BACK = "rolled back"


FAILURES = (Outcome.FAILED, Outcome.PARTIAL)
"""After these nothing was taken away, and nothing counts: the same build is tried again, or a later one repairs it."""
_TOLD = {outcome.value: outcome for outcome in Outcome}


def read_outcome(text: str) -> Outcome | None:
    """None where it is empty or says something else."""
    return _TOLD.get(text.strip().casefold())


def told_outcome(rfc: Rfc) -> Outcome | None:
    """What the RFC's own field says."""
    return read_outcome(rfc.outcome)
