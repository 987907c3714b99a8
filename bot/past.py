"""The past of a project: the facts as they stood at any instant of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.facts import Facts
from bot.history import Histories


@dataclass(frozen=True, slots=True)
class Past:
    """`as_of` answers for every instant from `known_from` to `until`; what is compared begins at `since`.

    `histories` is of every work item, whole.
    """

    as_of: Callable[[datetime], Facts]
    histories: Histories
    known_from: datetime
    since: datetime
    until: datetime
