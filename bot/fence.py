"""The fence: the times that make sure at most one RFC is raised for a key, whoever crashes when.

A claim is written on the candidate list, then the RFC is created with a link to that list in the same
request. Whoever finds a claim without an RFC waits until no create that passed the claim can still arrive.
"""

from __future__ import annotations

from datetime import datetime, timedelta

SEND_WITHIN = timedelta(seconds=100)
"""A create is sent only this long after its claim was begun; a process that was paused longer gives up."""
CLIENT_TIMEOUT = timedelta(seconds=100)
"""The longest that a request waits for its answer."""
LATE_APPLY = timedelta(seconds=120)
"""The longest that a request may still take effect after the client gave up on it: assumed, with room."""
MARGIN = timedelta(seconds=80)
FEED_LAG = timedelta(minutes=10)
"""The longest that what stands in Azure DevOps may be missing from its queries and feeds: assumed, with room."""
QUARANTINE = SEND_WITHIN + CLIENT_TIMEOUT + LATE_APPLY + MARGIN
"""How long a claim without an RFC is left alone, by the server's clock."""


def is_quarantined(claimed_at: datetime, now: datetime) -> bool:
    """Whether a create that passed this claim may still arrive. Both instants are the server's."""
    return now - claimed_at < QUARANTINE


def may_be_unseen(sent_at: datetime, now: datetime) -> bool:
    """Whether what was sent then may still arrive, or stand there and not be found by a query yet."""
    return now - sent_at < QUARANTINE + FEED_LAG
