"""The past of a project: the facts as they stood at any instant of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.defect import Defect
from bot.facts import Facts
from bot.history import Histories


@dataclass(frozen=True, slots=True)
class Past:
    """`as_of` answers for every instant from `known_from` to `until`; what is compared begins at `since`.

    `defect_as_of` is the same for one defect by its id, None where there is none; `histories` is of every work item,
    whole.
    """

    as_of: Callable[[datetime], Facts]
    defect_as_of: Callable[[int, datetime], Defect | None]
    histories: Histories
    known_from: datetime
    since: datetime
    until: datetime
