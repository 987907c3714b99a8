"""Healthy: whether the process lives, and whether it can do its job, in words for whoever reads why not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.dates import lasting
from jobs.run import Ending
from jobs.signs import Signs

HUNG_AFTER, AT_LEAST = 5, timedelta(minutes=10)
"""Intervals without any sign of life, and the least time: one read may wait five minutes for its turn, and nearly two
for its answer."""
STALE_AFTER = 3
"""Intervals since a look succeeded: one that got no answer may be followed by one that does."""


def why_hung(signs: Signs) -> str:
    """Empty while looks begin, end, or ask for something."""
    silent = timedelta(seconds=signs.silent)
    if silent <= max(HUNG_AFTER * signs.interval, AT_LEAST):
        return ""
    return f"nothing has moved for {lasting(silent)}: a look hangs, or none begins any more"


def why_not_ready(signs: Signs) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_reasons(signs)))


def _reasons(signs: Signs) -> Iterator[str]:
    if hung := why_hung(signs):
        yield hung
    if signs.stands_by:
        yield f"stands by: {signs.stands_by}"
        return
    if signs.ending is None:
        yield "it has not looked yet"
        return
    if signs.store:
        yield signs.store
    if signs.read_only:
        yield signs.read_only
    if signs.ending is Ending.SIGNED_OUT or (signs.why and not signs.is_passing and not signs.read_only):
        yield signs.why
    if _is_stale(signs):
        yield _stale_words(signs)


def _is_stale(signs: Signs) -> bool:
    limit = STALE_AFTER * signs.interval
    return signs.since_success is None or signs.since_success > limit.total_seconds()


def _stale_words(signs: Signs) -> str:
    since = signs.since_success
    when = "since it was started" if since is None else f"for {lasting(timedelta(seconds=since))}"
    return f"no look has succeeded {when}{f': {signs.why}' if signs.why else ''}"
