"""Forgetting: once a day, records that are older than is kept are removed from the ledger, a portion at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from jobs.world import World

EVERY = timedelta(days=1)
FORGOTTEN = "forgotten"
"""Under this name the mirror keeps when that was last done."""


def forget_old(world: World) -> None:
    """By the server's clock: whoever calls has found it steady. What is still uncertain stays, however old it is."""
    if not world.keep:
        return
    now, last = world.boards.server_time(), world.store.mirror.token(FORGOTTEN)
    if last and abs(now - datetime.fromisoformat(last)) < EVERY:
        return
    world.store.ledger.prune(now - world.keep, now)
    world.store.mirror.absorb(token=(FORGOTTEN, now.isoformat()))
