"""What a deployment delivers for retest: the fixes that were agreed for it and that its environment found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.accepted import can_be_accepted
from bot.candidate_list import CandidateList, Entry, Role, still_sealed
from bot.defect import Defect
from bot.deployment import Deployment
from bot.picture import Picture
from bot.rfc import Rfc


def retested_by(deployment: Deployment, waiting: Mapping[int, Defect], picture: Picture) -> Iterator[Defect]:
    """Of those that wait: what the deployment's sealed list names for retest here, and what is accepted by name
    [M7.4], [M14]."""
    rfc = deployment.rfc
    sealed = picture.list_of_rfc.get(rfc.id)
    if sealed is not None:
        yield from _agreed(sealed, rfc, waiting, picture)
    accepted = (id for id in deployment.accepted if can_be_accepted(id, rfc, picture.facts.defects))
    yield from (waiting[id] for id in accepted if id in waiting)


def _agreed(sealed: CandidateList, rfc: Rfc, waiting: Mapping[int, Defect], picture: Picture) -> Iterator[Defect]:
    """What the RFC was raised for: the list under the same seal; of one that was raised by hand and has none, what is
    still as it was agreed."""
    if sealed.seal != rfc.seal and not (rfc.is_by_hand and still_sealed(sealed)):
        return
    agreed = _sealed_fixes(sealed, rfc, picture)
    for entry in sealed.entries:
        defect = waiting.get(entry.fix.defect)
        if defect is not None and retests(sealed, entry, defect) and entry.fix.defect in agreed:
            yield defect


def _sealed_fixes(sealed: CandidateList, rfc: Rfc, picture: Picture) -> frozenset[int]:
    """What was agreed. Where a link is gone since the list was sealed (its defect was deleted, somebody took it away),
    the others still count, if the RFC was linked to them when it got its seal, and still is; one that was added since,
    to the list or to both, does not."""
    if still_sealed(sealed):
        return frozenset(entry.fix.defect for entry in sealed.entries)
    return rfc.fixes & (picture.linked_when_sealed(rfc) or frozenset())


def retests(candidate_list: CandidateList, entry: Entry, defect: Defect | None) -> bool:
    """Whether the defect was found there, is still that party's to fix, and waits for this fix: one that bounced waits
    for a later version."""
    if defect is None or entry.role is not Role.RETEST_HERE:
        return False
    if not defect.was_found_in(candidate_list.environment) or defect.party != candidate_list.party:
        return False
    return defect.version is None or defect.version == entry.fix.number
