"""Signs: what is known of a service at one moment: how its looks went, and what they left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from adapters.azure_devops.traffic import Moved
from bot.canary import CanaryReport
from bot.plan import ActionKind
from bot.where import Where
from jobs.run import Ending


@dataclass(frozen=True, slots=True)
class Signs:
    """Instants are the server's, but for `started`; seconds are of a clock that nobody sets. None: there was none yet.

    `succeeded`: when each job last came through, in this process or an earlier one; `last_success`: when a look last
    read everything and did what it could. `waiting`: defects that are to be handed to their testers, and since when;
    `uncertain`: when the writes were meant of which nobody knows what came. `stands_by`: why another process acts
    instead of this one; `store`: what was wrong with the store. `mishaps`: what should not happen to a schedule and
    has, by what it was and which job's.

    `canary`: the latest of this process. `silent`: seconds since anything moved; `since_success`: since the last look
    of this process that succeeded; `resting`: for how long from now nothing is sent.
    """

    interval: timedelta
    acts: bool
    started: datetime
    succeeded: Mapping[str, datetime | None]
    last_success: datetime | None = None
    ending: Ending | None = None
    why: str = ""
    is_passing: bool = False
    read_only: str = ""
    stands_by: str = ""
    store: str = ""
    stopped: tuple[str, ...] = ()
    suspicious: tuple[str, ...] = ()
    failures: int = 0
    looks: Mapping[Ending, int] = field(default_factory=dict)
    writes: Mapping[tuple[ActionKind, str], int] = field(default_factory=dict)
    mishaps: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    planned: int = 0
    backlog: Mapping[Where, int] = field(default_factory=dict)
    waiting: Mapping[int, datetime] = field(default_factory=dict)
    uncertain: tuple[datetime, ...] = ()
    read_all: datetime | None = None
    credential_ends: datetime | None = None
    server_time: datetime | None = None
    took: float | None = None
    canary: CanaryReport | None = None
    silent: float = 0.0
    since_success: float | None = None
    resting: float = 0.0
    moved: Moved = field(default_factory=Moved)
