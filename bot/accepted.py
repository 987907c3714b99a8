"""Accepted fixes: what people named on an RFC as brought by its release, although no list names it [M14]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from bot.contents import Fixes
from bot.defect import Defect, Defects, Fix, Kind
from bot.deployment import Deployment
from bot.number import Number
from bot.rfc import Rfc


def can_be_accepted(id: int, rfc: Rfc, defects: Defects) -> bool:
    return not why_not_accepted(id, rfc, defects)


def why_not_accepted(id: int, rfc: Rfc, defects: Defects) -> str:
    """Why an RFC cannot name it as brought, in words: a defect is retested where it was found [M7.4]."""
    defect = defects.get(id)
    if defect is None or defect.kind is not Kind.DEFECT:
        return f"{id} is no defect that can be read"
    if defect.found_in != (rfc.environment,):
        found = defect.found_in_text or "no environment"
        return f"{id} is retested where it was found: {found}, not {rfc.environment}"
    if defect.party != rfc.party:
        return f"{id} is resolved by {defect.party or 'nobody named'}, and this is a release of {rfc.party}"
    return ""


def accepted_fixes(deployments: Iterable[Deployment], defects: Defects) -> dict[Number, Fixes]:
    """By release of one party, what was accepted on its RFCs beside what its lists say."""
    named = sorted({pair for deployment in deployments for pair in _named(deployment, defects)})
    return {number: frozenset(fix for _, fix in pairs) for number, pairs in groupby(named, key=lambda pair: pair[0])}


def accepted_fix(defect: Defect, release: Number) -> Fix:
    """A version above the release's is the next repair of the defect: it does not tell of this one."""
    version = defect.version
    return Fix(defect.id, release if version is None or version > release else version)


def _named(deployment: Deployment, defects: Defects) -> Iterator[tuple[Number, Fix]]:
    for id in deployment.accepted:
        if can_be_accepted(id, deployment.rfc, defects):
            yield deployment.number, accepted_fix(defects[id], deployment.number)
