"""Catching up: the mirror is brought level with Azure DevOps by its feeds, or by reading everything."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta

from adapters.azure_devops.answers import Declined, Stuck, Unreachable
from adapters.azure_devops.rows import LinkRow, Page
from bot.emptiness import suspicious_losses
from jobs.suspicion import is_back, suspect, suspect_nothing
from jobs.world import World

OVERLAP = timedelta(minutes=10)
"""How late a query may show what has changed: so long before it the feed begins, and nothing is taken for gone."""
ITEMS, LINKS, EVERYTHING = "items", "links", "everything"
OLD_LINKS, LINKED_SINCE = "links of defects", "links since"
FORBIDDEN = 403


def bring_up_to_date(world: World) -> None:
    """The feeds, from where they stood; everything, where nothing was ever read or the interval has passed."""
    read_at = _read_at(world)
    if read_at is None or not _is_followed(world, read_at) or is_back(world):
        read_everything(world)
    _follow_links_or_begin_anew(world)


def read_everything(world: World, missed: Collection[int] = ()) -> None:
    """The feed of items begins anew behind it, so that nothing rests on a token for long. What looks as if it were out
    of sight, and not gone, is kept.

    `missed`: what a read by id did not bring either.
    """
    portions = world.boards.everything()
    started = world.boards.as_of().astimezone(UTC)
    mirror = world.store.mirror
    spared = mirror.changed_since(started - OVERLAP) - frozenset(missed)
    rows = [row for portion in portions for row in portion]
    stood = {id: type_name for id, type_name in mirror.types().items() if id not in spared}
    gone = stood.keys() - {row.id for row in rows}
    losses = suspicious_losses(stood, gone)
    if losses:
        suspect(world, gone, losses)
        spared |= gone
    mirror.replace_all(rows, token=(EVERYTHING, started.isoformat()), anew=ITEMS, spared=spared)
    if not losses:
        suspect_nothing(world)


def follow_items(world: World, read_at: datetime) -> bool:
    """Whether that is enough. Where everything is to be read again, as after a long outage, one page tells so."""
    while True:
        token = world.store.mirror.token(ITEMS)
        page = world.boards.changed_items(token, None if token else read_at - OVERLAP)
        world.store.mirror.absorb(page.rows, token=(ITEMS, page.token))
        if page.is_last or _is_due(world, read_at):
            return not _is_due(world, read_at)


def follow_links(world: World) -> None:
    """Of what was linked before everything was read, only links between defects: lists and RFCs are read with theirs,
    and whatever else is linked in a project is of no interest here."""
    mirror = world.store.mirror
    since = mirror.token(LINKED_SINCE)
    if since is None:
        started = (world.boards.server_time() - OVERLAP).isoformat()
        _read_pages(OLD_LINKS, world.boards.links_of_defects, world)
        mirror.absorb(token=(LINKED_SINCE, started))
        return
    start = datetime.fromisoformat(since)
    _read_pages(LINKS, lambda token: world.boards.changed_links(token, None if token else start), world)


def _read_pages(feed: str, page_after: Callable[[str | None], Page[LinkRow]], world: World) -> None:
    mirror, is_last = world.store.mirror, False
    while not is_last:
        page = page_after(mirror.token(feed))
        mirror.absorb(links=page.rows, token=(feed, page.token))
        is_last = page.is_last


def _is_followed(world: World, read_at: datetime) -> bool:
    """How far back this feed reaches, nobody knows: a token that is worth nothing any more means reading everything."""
    is_new = world.store.mirror.token(ITEMS) is None
    try:
        return follow_items(world, read_at)
    except (Declined, Stuck) as failure:
        # Once in a while: a feed that is no use at all must not have everything read at every look.
        if is_new or _is_forbidden(failure) or world.boards.server_time() - read_at < OVERLAP:
            raise
        return False
    except Unreachable:
        # Perhaps it is this token, over which the server stumbles.
        if is_new or not _is_due(world, read_at):
            raise
        return False


def _follow_links_or_begin_anew(world: World) -> None:
    """Links are told again from the first one, or from when everything was read: none is missed."""
    mirror = world.store.mirror
    feed = OLD_LINKS if mirror.token(LINKED_SINCE) is None else LINKS
    is_new = mirror.token(feed) is None
    try:
        follow_links(world)
    except (Declined, Stuck) as failure:
        if is_new or _is_forbidden(failure):
            raise
        mirror.forget_token(feed)
        follow_links(world)


def _is_due(world: World, read_at: datetime) -> bool:
    """By the time of the latest answer; what was read in its future, before its clock was set right, counts as old."""
    return abs(world.boards.server_time() - read_at) >= world.resync_interval


def _is_forbidden(failure: Declined | Stuck) -> bool:
    return isinstance(failure, Declined) and failure.status == FORBIDDEN


def _read_at(world: World) -> datetime | None:
    text = world.store.mirror.token(EVERYTHING)
    return None if text is None else datetime.fromisoformat(text)
