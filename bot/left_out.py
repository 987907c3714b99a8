"""Left out: why a defect is not on a list, and what would put it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Reason(Enum):
    """The rules that leave a fix out; the value names the rule."""

    UNKNOWN_PARTY = "unknown party"
    NOWHERE_FOUND = "no environment named"
    UNKNOWN_ENVIRONMENT = "unknown environment"
    TWO_ENVIRONMENTS = "two environments named"
    NOT_THEIR_ENVIRONMENT = "party does not deploy there"
    DUPLICATE = "duplicate"
    HELD = "held"
    NO_VERSION = "no readable version"
    OTHER_TYPE = "version of another type"
    LATER_THAN_DRAFT = "version later than the draft"
    ALREADY_SEALED = "release already agreed without it"
    ALREADY_BROUGHT = "brought by another release"
    INTERNAL_TEST = "internal test missing"
    PLANNED_LATER = "planned for later"
    DEPENDENCY = "depends on an unresolved one"
    NO_DRAFT = "no draft release"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why `defect` stays out: `words` fit after "left out: ", `remedy` says what would change it, and by when.

    `by` is that last moment as an instant, where there is one.
    """

    defect: int
    reason: Reason
    words: str
    remedy: str
    by: datetime | None = None
