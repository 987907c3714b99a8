"""The fence: the times that make sure at most one RFC is raised for a key, whoever crashes when.

A claim is written on the candidate list, then the RFC is created with a link to that list in the same
request. Whoever finds a claim without an RFC waits until no create that passed the claim can still arrive.
"""

from __future__ import annotations

from datetime import datetime, timedelta

SEND_WITHIN = timedelta(seconds=100)
"""A create is sent only this long after its claim was begun; a process that was paused longer gives up."""
CLIENT_TIMEOUT = timedelta(seconds=100)
"""The longest that a request waits for its answer: whoever sends one insists on it (`insist_on_room`)."""
LATE_APPLY = timedelta(seconds=120)
"""The longest that a request may still take effect after the client gave up on it: assumed, with room."""
MARGIN = timedelta(seconds=80)
"""For what nobody bounds between the last look at the clock and the first byte: a name that is looked up, addresses
that are tried one after the other."""
FEED_LAG = timedelta(minutes=10)
"""The longest that what stands in Azure DevOps may be missing from its queries and feeds: assumed, with room."""
QUARANTINE = SEND_WITHIN + CLIENT_TIMEOUT + LATE_APPLY + MARGIN
"""How long a claim without an RFC is left alone, by the server's clock."""

if QUARANTINE <= SEND_WITHIN + CLIENT_TIMEOUT + LATE_APPLY:  # whatever anybody makes of these numbers
    raise ValueError(f"a quarantine of {QUARANTINE} ends before the latest create that its claim lets through")


def insist_on_room(longest_request: timedelta) -> None:
    """For whoever sends requests: none may wait longer for its answer than the quarantine allows for."""
    if longest_request > CLIENT_TIMEOUT:
        raise ValueError(
            f"a request may take {longest_request}, and the quarantine of a claim allows for {CLIENT_TIMEOUT}: "
            "make CLIENT_TIMEOUT in bot/fence.py longer, or the time-outs of the gateway shorter"
        )


def is_quarantined(claimed_at: datetime, now: datetime) -> bool:
    """Whether a create that passed this claim may still arrive. Both instants are the server's."""
    return now - claimed_at < QUARANTINE


def may_be_unseen(sent_at: datetime, now: datetime) -> bool:
    """Whether what was sent then may still arrive, or stand there and not be found by a query yet."""
    return now - sent_at < QUARANTINE + FEED_LAG
