"""What can be retested, as rows for a table: where, since when, brought by which release, how often it bounced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.candidate_list import Role
from bot.defect import Defect, State
from bot.history import last_set
from bot.number import Number
from bot.outcome import Outcome
from bot.picture import Picture
from bot.retest import ready_for_retest


@dataclass(frozen=True, slots=True)
class RetestRow:
    """One defect that a tester can retest now. `bounced` counts the earlier fixes that were sent there in vain."""

    defect: int
    severity: str
    environment: str
    tester: str
    release: str
    rfc: int | None
    since: datetime | None
    bounced: int
    title: str


def retest_rows(picture: Picture, tester: str = "") -> tuple[RetestRow, ...]:
    """By environment, worst first. `tester` is a sign-in name; empty for everybody's."""
    sent = _sent(picture)
    rows = (
        RetestRow(
            defect=d.id,
            severity=d.severity,
            environment=d.found_in_text,
            tester=d.assigned_to,
            release=_release_of(d.delivered_by, picture),
            rfc=d.delivered_by,
            since=_since(d, picture),
            bounced=max(len(sent[d.id]) - 1, 0),
            title=d.title,
        )
        for d in ready_for_retest(picture)
    )
    return tuple(row for row in rows if not tester or row.tester == tester.casefold())


def _release_of(rfc_id: int | None, picture: Picture) -> str:
    rfc = picture.facts.rfcs.get(rfc_id or 0)
    return f"{rfc.party} {rfc.number}" if rfc is not None else ""


def _since(defect: Defect, picture: Picture) -> datetime | None:
    """When its release arrived; where none brought it, when a person moved it, if its history is among the facts."""
    rfc = picture.facts.rfcs.get(defect.delivered_by or 0)
    if rfc is not None:
        return rfc.deployed_at
    moved = last_set(State.READY_FOR_RETEST, picture.facts.histories.get(defect.id, ()))
    return moved.at if moved is not None else None


def _sent(picture: Picture) -> Mapping[int, set[Number]]:
    """By defect, the numbers of the fixes that were deployed where it was found, to be retested there."""
    found: defaultdict[int, set[Number]] = defaultdict(set)
    for deployment in picture.deployments:
        sealed = picture.list_of_rfc.get(deployment.rfc.id)
        if sealed is not None and deployment.outcome is Outcome.SUCCEEDED:
            for entry in sealed.entries:
                if entry.role is Role.RETEST_HERE:
                    found[entry.fix.defect].add(entry.fix.number)
    return found
