"""Keeping pages: after a run, pages of the wiki that would say something else are written; they never fail the run.

Writing a page is repeated without harm, by what it says and by the ETag of the page: it needs no fence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from adapters.azure_devops.answers import Declined, Failure, SignedOut, Throttled
from adapters.azure_devops.wiki import Keeping, NotWritten, StoodThere, Wiki, Written
from adapters.store.failures import StoreError
from bot import __version__
from bot.environment_page import EnvironmentPage
from bot.facts import Facts
from jobs.environment_pages import environment_pages, path_of
from jobs.world import World

EVERY = timedelta(minutes=15)
"""A page is not written, nor a refused one tried again, more often than that."""
PAGE = "page"
"""Under this name, and the environment's, the mirror keeps what was written last, and when."""


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page that says something else than what was written last."""

    environment: str
    path: str
    page: EnvironmentPage
    digest: str


def keep_pages(world: World, facts: Facts) -> tuple[str, ...]:
    """What came of it, in words: nothing where nothing was written."""
    if world.wiki is None:
        return ()
    try:
        return tuple(_kept(world, world.wiki, facts))
    except (Failure, StoreError) as failure:
        return (f"pages of the wiki: not written, tried again later: {failure}",)


def pages_to_write(world: World, facts: Facts) -> tuple[str, ...]:
    """What `keep_pages` would write, in words."""
    try:
        return tuple(f"wiki page {due.path} would be written" for due in due_pages(world, facts))
    except Failure as failure:
        return (f"pages of the wiki: what they would say is not known: {failure}",)


def due_pages(world: World, facts: Facts) -> tuple[DuePage, ...]:
    if world.wiki is None:
        return ()
    rested = [name for name in world.programme.environments if facts.now - _tried(world, name) >= EVERY]
    pages = environment_pages(world, facts, rested) if rested else {}
    found = (DuePage(name, path_of(name), page, _digest(page)) for name, page in pages.items())
    return tuple(due for due in found if due.digest != _last(world, due.environment))


def _kept(world: World, wiki: Wiki, facts: Facts) -> Iterator[str]:
    for due in due_pages(world, facts):
        if world.stopping.is_set():
            return
        outcome = wiki.keep(due.path, world.rendering.markdown(due.page), world.rendering.pages_above())
        digest = due.digest if not isinstance(outcome, NotWritten) else _last(world, due.environment)
        token = f"{digest} {facts.now.astimezone(UTC).isoformat()}"
        world.store.mirror.absorb(token=(f"{PAGE} {due.environment}", token))
        if words := _words(due.path, outcome, wiki):
            yield words
        if isinstance(outcome, NotWritten) and isinstance(outcome.cause, SignedOut | Throttled):
            return


def _words(path: str, outcome: Keeping, wiki: Wiki) -> str:
    match outcome:
        case Written():
            return f"wiki page {path} written"
        case StoodThere():
            return ""
        case NotWritten():
            return f"wiki page {path} not written, tried again later: {why_not_written(outcome, wiki)}"


def why_not_written(outcome: NotWritten, wiki: Wiki) -> str:
    """With who grants the right that is missing."""
    if isinstance(outcome.cause, Declined) and outcome.cause.status == 403:
        return f"an administrator grants Contribute on {wiki.name}, in the security of that wiki ({outcome.why})"
    return outcome.why


def _digest(page: EnvironmentPage) -> str:
    """Of what it says, and of how this version lays it out."""
    return sha256(f"{__version__} {page}".encode()).hexdigest()


def _last(world: World, environment: str) -> str:
    return (world.store.mirror.token(f"{PAGE} {environment}") or "").partition(" ")[0]


def _tried(world: World, environment: str) -> datetime:
    at = (world.store.mirror.token(f"{PAGE} {environment}") or "").partition(" ")[2]
    return datetime.fromisoformat(at) if at else datetime.min.replace(tzinfo=UTC)
