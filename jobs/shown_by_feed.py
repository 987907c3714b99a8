"""Shown by the feed: whether the feed of revisions tells of a revision, and how long it takes to."""

from __future__ import annotations

from datetime import datetime, timedelta

from adapters.azure_devops.boards import Boards

WAITS = (1, 2, 4, 8, 15, 30, 60, 120)
"""Seconds between two looks at it, which is given four minutes."""
OVERLAP = timedelta(minutes=1)


def is_shown(boards: Boards, id: int, rev: int, since: datetime) -> bool:
    """The feed that every look follows, read beside it: no look misses anything by this."""
    token, is_last, seen = None, False, False
    while not is_last:
        page = boards.changed_items(token, None if token else since - OVERLAP)
        seen = seen or any(row.id == id and row.rev >= rev for row in page.rows)
        token, is_last = page.token, page.is_last
    return seen


def time_until_shown(boards: Boards, id: int, rev: int, since: datetime) -> timedelta | None:
    """By the server's clock; None where it does not tell of it in that time."""
    for wait in (*WAITS, 0):
        if is_shown(boards, id, rev, since):
            return boards.server_time() - since
        boards.pause(wait)
    return None
