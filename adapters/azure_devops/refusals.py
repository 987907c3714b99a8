"""Refusals: what a failed write says about the write, and about trying it again."""

from __future__ import annotations

import re

from adapters.azure_devops.answers import Declined, Failure, SignedOut, Throttled, Unreachable
from adapters.azure_devops.outcomes import Refused, Unknown
from adapters.azure_devops.vetting import is_lost_race

UNKNOWN_IDENTITY = 600171
_NOBODY = re.compile(r"\b(?:unknown|ambiguous) identity", re.IGNORECASE)
_CODE = re.compile(r"\b(?:TF|VS)\d{4,}\b")
_LINKS_MOVED = re.compile(r"VS402371|TF201035|already exists|relation at index", re.IGNORECASE)
"""Links change without a new revision: another look at them makes another write."""
_GONE = re.compile(r"TF401232")
_SCOPE = re.compile(r"\bscopes?\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(r"rolled back|another request|other request|was not attempted", re.IGNORECASE)


def was_not_done(failure: Failure) -> bool:
    """Whether it is certain that the server did nothing of what was asked."""
    match failure:
        case Throttled() | Declined():
            return True
        case SignedOut():
            return failure.status != 200
        case Unreachable():
            return not failure.may_have_arrived
        case _:
            return False


def is_conflict(failure: Failure) -> bool:
    """Somebody changed the item first: the revision differs, or a race inside the server was lost, whatever its
    status."""
    return isinstance(failure, Declined) and (failure.status == 412 or is_lost_race(failure.message))


def is_of_what_is_gone(failure: Failure | None) -> bool:
    """The work item itself, or one that it would have been linked to: another look makes another write."""
    return isinstance(failure, Declined) and _GONE.search(failure.message) is not None


def is_of_token(failure: Failure | None) -> bool:
    """Refused because of what the token may do, whoever has it: no other write will pass."""
    if isinstance(failure, Declined):
        return failure.status == 403 and _SCOPE.search(failure.message) is not None
    return isinstance(failure, SignedOut)


def is_unknown_person(failure: Failure) -> bool:
    if not isinstance(failure, Declined):
        return False
    return failure.error_code == UNKNOWN_IDENTITY or _NOBODY.search(failure.message) is not None


def is_its_own(failure: Declined, *, is_shared: bool) -> bool:
    """Whether a part of a batch was refused for what it asks, rather than because another part was refused.

    Whether a batch is all or nothing is told both ways. A reason that carries a code, or that no other part
    got, is the part's own. `is_shared`: other parts were refused in the same words.
    """
    if is_conflict(failure) or is_unknown_person(failure) or _CODE.search(failure.message):
        return True
    return not is_shared and not _OF_ANOTHER.search(failure.message)


def outcome_of(failure: Failure) -> Refused | Unknown:
    if was_not_done(failure):
        return Refused(str(failure), is_lasting=_is_lasting(failure), cause=failure)
    return Unknown(str(failure), cause=failure)


def _is_lasting(failure: Failure) -> bool:
    """A missing permission can be given without touching the item; a plain no holds for its revision."""
    if not isinstance(failure, Declined) or is_conflict(failure) or is_of_what_is_gone(failure):
        return False
    return failure.status != 403 and not _LINKS_MOVED.search(failure.message)
