"""The world: everything outside that a run speaks to, built once by the wiring and passed along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

from adapters.azure_devops.boards import Boards
from adapters.azure_devops.evidence.look import Evidence
from adapters.azure_devops.spelling import Spelling
from adapters.azure_devops.wiki import Wiki
from adapters.rendering import Rendering
from adapters.store.store import Store
from bot.facts import Facts
from bot.picture import Picture
from bot.programme import Programme


@dataclass(frozen=True, slots=True)
class World:
    """Its objects and what the programme has settled. `stopping` ends waits at once when the process is to end.

    `wiki` is None where no pages are kept. `picture` makes of the facts what is decided from. `why_unsteady`: why the
    server's clock cannot be relied on now, so that nothing is written; empty where it can, or where nobody watches it.
    """

    programme: Programme
    spelling: Spelling
    boards: Boards
    evidence: Evidence
    store: Store
    rendering: Rendering
    resync_interval: timedelta
    keep: timedelta
    changes_per_run: int
    may_act: bool
    wiki: Wiki | None = None
    stopping: Event = field(default_factory=Event)
    picture: Callable[[Facts], Picture] = Picture
    why_unsteady: Callable[[], str] = lambda: ""
