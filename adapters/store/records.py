"""Records of the ledger: what was intended, what came of it, and how each run ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from adapters.store.differences import Difference


class Result(Enum):
    """What a write came to; the value is how the ledger spells it."""

    APPLIED = "applied"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Intent:
    """One write, as it stood on the disk before it was sent. `kind` is in the words of that time.

    `item` and `rev` are None for a creation. `list_id`, `key` and `claim` are those of the fence of an RFC.
    """

    id: str
    run: str
    at: datetime
    rule: str
    kind: str
    subject: str
    item: int | None
    rev: int | None
    reason: str
    differences: tuple[Difference, ...]
    list_id: int | None = None
    key: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What came of an intent. `item` and `rev` are what stands in Azure DevOps where it was applied."""

    at: datetime
    result: Result
    words: str
    item: int | None
    rev: int | None
    is_lasting: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An intent with everything that came of it, oldest first: one that was unknown is settled by a later one."""

    intent: Intent
    conclusions: tuple[Conclusion, ...]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """How a run ended. `at` is None where it ended before anybody could tell it the server's time."""

    run: str
    at: datetime | None
    jobs: tuple[str, ...]
    ending: str
    why: str
