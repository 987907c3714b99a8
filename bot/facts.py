"""Facts: the whole state of the world as it was read, from which everything else is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.candidate_list import CandidateList
from bot.defect import Defect, Kind, State
from bot.discussion import Discussion
from bot.history import Histories
from bot.programme import Programme
from bot.rfc import Rfc
from bot.sighting import Sighting


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read, all of it or nothing. `now` is the server's time, in UTC; `bot` its sign-in name.

    `defects` holds change requests too. `histories` holds only the items whose history a decision needs,
    `discussions` only the lists under which a command may wait for an answer; `former_assignees` who had a defect
    before it was handed over, where it may have to be put back. `unread`: what the server would not show, in
    words; what rests on that is not decided. `untold`: the items whose history it would not tell, and why.
    `sightings`: what the sources of evidence show of the last weeks; `unnamed`: what they show and nobody can tell
    which release it is, in words.
    """

    now: datetime
    bot: str
    programme: Programme
    defects: Mapping[int, Defect] = field(default_factory=dict)
    lists: Mapping[int, CandidateList] = field(default_factory=dict)
    rfcs: Mapping[int, Rfc] = field(default_factory=dict)
    histories: Histories = field(default_factory=dict)
    former_assignees: Mapping[int, str] = field(default_factory=dict)
    discussions: Mapping[int, Discussion] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    untold: Mapping[int, str] = field(default_factory=dict)
    sightings: tuple[Sighting, ...] = ()
    unnamed: tuple[str, ...] = ()

    def moved_by(self) -> Mapping[int, tuple[Defect, ...]]:
        """The defects that each RFC brought to their testers, by its id."""
        moved: dict[int, list[Defect]] = {}
        for id in sorted(self.defects):
            defect = self.defects[id]
            if defect.delivered_by is not None:
                moved.setdefault(defect.delivered_by, []).append(defect)
        return {rfc: tuple(defects) for rfc, defects in moved.items()}

    @property
    def resolved_defects(self) -> tuple[Defect, ...]:
        resolved = (d for d in self.defects.values() if d.state is State.RESOLVED and d.kind is Kind.DEFECT)
        return tuple(sorted(resolved, key=lambda d: d.id))
