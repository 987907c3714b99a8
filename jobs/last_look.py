"""The last look: what the service leaves in the store for `shunter status`, which asks nothing of Azure DevOps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from pydantic import TypeAdapter, ValidationError

from adapters.store.mirror import Mirror
from bot.where import Where

KEPT = "last look"
"""Under this name the mirror keeps it."""
MOST = 50
"""Of suspicious things; a look that finds more finds them again."""


@dataclass(frozen=True, slots=True)
class LastLook:
    """`at`, `next_look`, `waits_until` and `told_until` are by the clock of the service's machine, `server_time` by the
    server's. Until `waits_until` nothing is asked, and until `told_until` because the server wants it so.

    `ending`, `why` and `suspicious` are of this look; `server_time`, `backlog` and what is `waiting` to be handed over
    since when, of the last that could read. `by`: the process that looked.
    """

    at: datetime
    ending: str
    why: str
    read_only: str
    next_look: datetime | None
    waits_until: datetime | None
    server_time: datetime | None
    backlog: Mapping[Where, int]
    waiting: Mapping[int, datetime]
    suspicious: tuple[str, ...]
    by: str = ""
    told_until: datetime | None = None


def keep_last_look(look: LastLook, mirror: Mirror) -> None:
    mirror.jot(KEPT, _form().dump_json(look).decode())


def last_look(mirror: Mirror) -> LastLook | None:
    """None where nobody has looked with this store, or another version has."""
    kept = mirror.token(KEPT)
    try:
        return None if kept is None else _form().validate_json(kept)
    except ValidationError:
        return None


@cache
def _form() -> TypeAdapter[LastLook]:
    return TypeAdapter(LastLook)
