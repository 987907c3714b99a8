"""Due pages: those that would say something else than what was written last; nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from bot import __version__
from bot.environment_page import EnvironmentPage
from bot.facts import Facts
from jobs.environment_pages import environment_pages, path_of
from jobs.world import World

EVERY = timedelta(minutes=15)
"""A page is not written, nor a refused one tried again, more often than that."""
PAGE = "page"
"""Under this name, and the environment's, the mirror keeps what was written last, and when that was tried."""


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page, and the digest of what it is to say."""

    environment: str
    path: str
    page: EnvironmentPage
    digest: str


def due_pages(world: World, facts: Facts) -> tuple[DuePage, ...]:
    """None where no pages are kept. Raises a `Failure` where what they quote cannot be read."""
    if world.wiki is None:
        return ()
    rested = [name for name in world.programme.environments if abs(facts.now - _kept(world, name)[1]) >= EVERY]
    pages = environment_pages(world, facts, rested) if rested else {}
    found = (DuePage(name, path_of(name), page, _digest(page)) for name, page in pages.items())
    return tuple(due for due in found if due.digest != _kept(world, due.environment)[0])


def remember(world: World, due: DuePage, now: datetime, *, is_written: bool) -> None:
    """That it was tried; what was written last stays the same where it was not written."""
    digest = due.digest if is_written else _kept(world, due.environment)[0]
    world.store.mirror.absorb(token=(_name(due.environment), f"{digest} {now.astimezone(UTC).isoformat()}"))


def _kept(world: World, environment: str) -> tuple[str, datetime]:
    digest, _, at = (world.store.mirror.token(_name(environment)) or "").partition(" ")
    return digest, datetime.fromisoformat(at) if at else datetime.min.replace(tzinfo=UTC)


def _name(environment: str) -> str:
    return f"{PAGE} {environment}"


def _digest(page: EnvironmentPage) -> str:
    """Of what it says, and of the version that lays it out."""
    return sha256(f"{__version__} {page}".encode()).hexdigest()
