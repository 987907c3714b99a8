"""What a deployment delivers for retest: the fixes that were agreed for it and that its environment found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.candidate_list import CandidateList, Entry, Role, still_sealed
from bot.defect import Defect
from bot.deployment import Deployment
from bot.picture import Picture
from bot.rfc import Rfc


def retested_by(deployment: Deployment, waiting: Mapping[int, Defect], picture: Picture) -> Iterator[Defect]:
    """Of those that wait: what the deployment's sealed list names for retest here, and what is accepted by name
    [M7.4], [M14]."""
    rfc = deployment.rfc
    sealed = picture.facts.lists.get(rfc.list_id or 0)
    if sealed is not None and sealed.seal == rfc.seal:
        yield from _agreed(sealed, rfc, waiting)
    for id in rfc.accepted:
        defect = waiting.get(id)
        if defect is not None and can_be_accepted(defect, rfc.environment):
            yield defect


def _agreed(sealed: CandidateList, rfc: Rfc, waiting: Mapping[int, Defect]) -> Iterator[Defect]:
    for entry in sealed.entries:
        defect = waiting.get(entry.fix.defect)
        if defect is not None and retests(rfc.environment, entry, defect) and _was_agreed(entry, sealed, rfc):
            yield defect


def _was_agreed(entry: Entry, sealed: CandidateList, rfc: Rfc) -> bool:
    """Where a link is gone since the list was sealed (its defect was deleted, somebody took it away), the others still
    count if the RFC names them too; one that was added since does not."""
    return entry.fix.defect in rfc.fixes or still_sealed(sealed)


def can_be_accepted(defect: Defect, environment: str) -> bool:
    """Whether an RFC of that environment can name it as brought: a defect is retested where it was found [M7.4]."""
    return defect.found_in == (environment,)


def retests(environment: str, entry: Entry, defect: Defect | None) -> bool:
    """Whether the defect was found there and still waits for this fix: one that bounced waits for a later version."""
    if defect is None or entry.role is not Role.RETEST_HERE or defect.found_in != (environment,):
        return False
    return defect.version is None or defect.version == entry.fix.number
