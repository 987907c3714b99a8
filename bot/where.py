"""Where a resolved defect is: the buckets, of which it is in exactly one, and what is said of it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.defect import Defect
from bot.deployment import Deployment
from bot.left_out import LeftOut


class Where(Enum):
    """The buckets: every resolved defect is in exactly one, the first that holds."""

    TAKEN_BACK = "taken back by a person"
    MOVE = "to be handed to its tester"
    INCOMPLETE = "deployed, not complete"
    NOT_DELIVERED = "promised, not delivered"
    ON_NO_NOTE = "runs there, on no note"
    IN_RFC = "in an RFC under way"
    ON_LIST = "on a list"
    ROLLED_BACK = "rolled back"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one resolved defect stands, in words, and what happens next; `by` is the last moment for that."""

    defect: Defect
    where: Where
    words: str
    next_step: str
    deployment: Deployment | None = None
    list_id: int | None = None
    left_out: LeftOut | None = None
    by: datetime | None = None
