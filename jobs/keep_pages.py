"""Keeping pages: after a run, pages of the wiki that would say something else are written; they never fail the run.

Writing a page is repeated without harm, by what it says and by the ETag of the page: it needs no fence. A wiki that is
slow does not keep the next run waiting for long.
"""

from __future__ import annotations

from collections.abc import Iterator

from adapters.azure_devops.answers import Declined, Failure, SignedOut, Throttled, Unreachable
from adapters.azure_devops.wiki import NotWritten, StoodThere, Wiki
from adapters.store.failures import StoreError
from bot.facts import Facts
from jobs.due_pages import due_pages, remember
from jobs.observe import as_of_now
from jobs.world import World

WITHIN = 60.0
"""Seconds of one run. Those that were tried rest for a quarter of an hour, so that the others have their turn."""


def keep_pages(world: World, facts: Facts, *, has_written: bool) -> tuple[str, ...]:
    """What came of it, in words: nothing where nothing was written. `has_written`: the run has, after these facts."""
    if world.wiki is None:
        return ()
    if facts.untold:
        return ("pages of the wiki: not written while a history is not told",)
    try:
        return tuple(_kept(world, world.wiki, as_of_now(world, facts) if has_written else facts))
    except (Failure, StoreError) as failure:
        return (f"pages of the wiki: not written, tried again later: {failure}",)


def pages_to_write(world: World, facts: Facts) -> tuple[str, ...]:
    """What `keep_pages` would write, in words."""
    try:
        return tuple(f"wiki page {due.path} would be written" for due in due_pages(world, facts))
    except (Failure, StoreError) as failure:
        return (f"pages of the wiki: what they would say is not known: {failure}",)


def why_not_written(outcome: NotWritten, wiki: Wiki) -> str:
    """With who grants the right that is missing."""
    if isinstance(outcome.cause, Declined) and outcome.cause.status == 403:
        return f"an administrator grants Contribute on {wiki.name}, in the security of that wiki ({outcome.why})"
    return outcome.why


def _kept(world: World, wiki: Wiki, facts: Facts) -> Iterator[str]:
    until = world.boards.elapsed() + WITHIN
    for due in due_pages(world, facts):
        if world.stopping.is_set() or world.boards.elapsed() > until:
            return
        outcome = wiki.keep(due.path, world.rendering.markdown(due.page), world.rendering.pages_above())
        remember(world, due, facts.now, is_written=not isinstance(outcome, NotWritten))
        if isinstance(outcome, NotWritten):
            yield f"wiki page {due.path} not written, tried again later: {why_not_written(outcome, wiki)}"
            if isinstance(outcome.cause, SignedOut | Throttled | Unreachable):
                return  # the next would wait as long, and the next run with it
        elif not isinstance(outcome, StoodThere):
            yield f"wiki page {due.path} written"
