"""What a deployment delivers for retest: the fixes that were agreed for it and that its environment found."""

from __future__ import annotations

from collections.abc import Iterator

from bot.candidate_list import CandidateList, Entry, Role, still_sealed
from bot.defect import Defect
from bot.deployment import Deployment
from bot.picture import Picture
from bot.rfc import Rfc


def retested_by(deployment: Deployment, picture: Picture) -> Iterator[Defect]:
    """The defects that the deployment's sealed list names for retest here, and those accepted by name [M7.4], [M14]."""
    defects = picture.facts.defects
    sealed = picture.facts.lists.get(deployment.rfc.list_id or 0)
    for entry in _agreed_entries(sealed, deployment.rfc) if sealed is not None else ():
        defect = defects.get(entry.fix.defect)
        if defect is not None and retests(deployment.rfc.environment, entry, defect):
            yield defect
    for id in deployment.accepted:
        defect = defects.get(id)
        if defect is not None and can_be_accepted(defect, deployment.rfc.environment):
            yield defect


def _agreed_entries(sealed: CandidateList, rfc: Rfc) -> Iterator[Entry]:
    """What the RFC was raised for: the list under the same seal. Where a link is gone since (its defect was deleted,
    somebody took it away), the others still count if the RFC names them too; one that was added since does not."""
    if sealed.seal != rfc.seal:
        return
    is_whole = still_sealed(sealed)
    yield from (entry for entry in sealed.entries if is_whole or entry.fix.defect in rfc.fixes)


def can_be_accepted(defect: Defect, environment: str) -> bool:
    """Whether an RFC of that environment can name it as brought: a defect is retested where it was found [M7.4]."""
    return defect.found_in == (environment,)


def retests(environment: str, entry: Entry, defect: Defect | None) -> bool:
    """Whether the defect was found there and still waits for this fix: one that bounced waits for a later version."""
    if defect is None or entry.role is not Role.RETEST_HERE or defect.found_in != (environment,):
        return False
    return defect.version is None or defect.version == entry.fix.number
