"""Catching up: the mirror is brought level with Azure DevOps by its feeds, or by reading everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from adapters.azure_devops.answers import Declined, Stuck
from jobs.world import World

OVERLAP = timedelta(minutes=10)
"""The feed starts this long before everything was read: what a query shows late is read twice, never missed."""
ITEMS, LINKS, EVERYTHING = "items", "links", "everything"
FORBIDDEN = 403


def bring_up_to_date(world: World) -> None:
    """The feeds, from where they stood; everything, where nothing was ever read or the interval has passed.

    Links come first: the answer that brings them also says what time it is.
    """
    read_at = _read_at(world)
    _follow(world, LINKS, follow_links)
    if read_at is None:
        read_everything(world)
    elif world.boards.server_time() - read_at >= world.resync_interval:
        read_everything(world)
        follow_items(world)
    else:
        _follow(world, ITEMS, follow_items)


def read_everything(world: World) -> None:
    """The feed of items begins anew behind it, so that nothing rests on a token for long."""
    portions = world.boards.everything()
    started = world.boards.as_of().astimezone(UTC).isoformat()
    rows = (row for portion in portions for row in portion)
    world.store.mirror.replace_all(rows, token=(EVERYTHING, started), anew=ITEMS)


def follow_items(world: World) -> None:
    mirror, read_at, is_last = world.store.mirror, _read_at(world), False
    while not is_last:
        token = mirror.token(ITEMS)
        page = world.boards.changed_items(token, read_at - OVERLAP if read_at and not token else None)
        mirror.absorb(page.rows, token=(ITEMS, page.token))
        is_last = page.is_last


def follow_links(world: World) -> None:
    mirror, is_last = world.store.mirror, False
    while not is_last:
        page = world.boards.changed_links(mirror.token(LINKS), None)
        mirror.absorb((), links=page.rows, token=(LINKS, page.token))
        is_last = page.is_last


def _follow(world: World, feed: str, follow: Callable[[World], None]) -> None:
    """A token that the server takes no more, or that leads nowhere, is given up; but not one after the other."""
    is_new = world.store.mirror.token(feed) is None
    try:
        follow(world)
    except (Declined, Stuck) as failure:
        if is_new or _was_just_read(world, feed) or (isinstance(failure, Declined) and failure.status == FORBIDDEN):
            raise
        _begin_anew(world, feed)
        follow(world)


def _begin_anew(world: World, feed: str) -> None:
    """How far back the feed of items reaches, nobody knows; links are told from the first one."""
    if feed == ITEMS:
        read_everything(world)
    else:
        world.store.mirror.forget_token(feed)


def _was_just_read(world: World, feed: str) -> bool:
    read_at = _read_at(world)
    return feed == ITEMS and read_at is not None and world.boards.server_time() - read_at < OVERLAP


def _read_at(world: World) -> datetime | None:
    text = world.store.mirror.token(EVERYTHING)
    return None if text is None else datetime.fromisoformat(text)
