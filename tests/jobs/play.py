"""A play: people act in the embedded Azure DevOps, Shunter looks, and everything that it wrote has to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

from adapters.azure_devops.boards import Boards
from adapters.azure_devops.evidence.look import Evidence
from adapters.azure_devops.evidence.source import Source
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.pace import Pace
from adapters.azure_devops.sign_in import SignIn, by_pat
from adapters.configuration.configuration import Configuration
from adapters.credentials import Pat
from adapters.rendering import Rendering
from adapters.sandbox.azure import Azure, Mark
from adapters.sandbox.boards import Boards as ServerBoards
from adapters.sandbox.cast import Cast
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.mhhs_seeds.people import BOT
from adapters.sandbox.transport import InProcess
from adapters.sandbox.work_item import Revision, WorkItem
from adapters.store.store import Store
from bot.picture import Picture
from bot.standing import standings
from bot.where import Standing
from jobs.every_job import JOBS
from jobs.run import Ending, Report, run
from jobs.wiring import private_cache, world_of
from jobs.world import World
from tests.jobs.blank_store import blank_store
from tests.jobs.small_world import settings, small_settings

URL = "http://127.0.0.1/sandbox"
ENTRY = "System.LinkTypes.Related"
CONNECTING = ("discovery", "connection", "options")
"""What the SDK asks once in a process, or once for each connection."""


@dataclass(frozen=True)
class Stage:
    """Where a story may begin: everything that the server holds, and its time."""

    boards: ServerBoards
    at: datetime


@dataclass
class Play:
    """`clock` is the server's, and Shunter's waits move it."""

    azure: Azure
    world: World
    stores: Callable[[], Store]
    stages: dict[str, Stage] = field(default_factory=dict)
    forgets: bool = False
    cast: Cast = field(init=False)
    looked_at: Mark = field(init=False)

    def __post_init__(self) -> None:
        self.cast = Cast(self.azure)
        self.looked_at = self.azure.mark()

    def at(self, day: int, hour: int, minute: int = 0, *, month: int = 12, year: int = 2026) -> None:
        """GMT, in the month of the story: the 7th is a Monday."""
        self.azure.clock.set(datetime(year, month, day, hour, minute, tzinfo=UTC))

    def look(self, *names: str, dry_run: bool = False) -> Report:
        """One run, of which everything has to come out as it was meant."""
        report = self.try_to_look(*names, dry_run=dry_run)
        assert (report.ending, report.why, report.skipped) == (Ending.DONE, "", ())
        return report

    def try_to_look(self, *names: str, dry_run: bool = False) -> Report:
        """One run, whatever comes of it."""
        if self.forgets:
            self.forget()
        return run(self.world, names or tuple(JOBS), dry_run=dry_run)

    def forget(self) -> None:
        """The database is lost."""
        self.world = replace(self.world, store=self.stores())

    def raise_another(self, environment: str, party: str = "DCC") -> int:
        """A second RFC for the same list and key, by the bot's own account: what no fault is known to bring about."""
        first = self.cast.rfcs(environment, party)[0]
        made = first.history[0].fields
        fields = {name: made[name] for name in made if name.startswith("Custom.") or name == "System.Title"}
        links = [(r.rel, r.target, r.comment) for r in first.relations if r.target is not None]
        return self.azure.person(BOT).create("Request for Change", fields, links)

    def watches(self, *sources: Source) -> None:
        """From now on these count as evidence."""
        self.world = replace(self.world, evidence=Evidence(self.world.boards.gateway, sources))

    def news(self) -> list[str]:
        """What the bot has written since it was asked last, each revision in a few words; in order of the alphabet."""
        since, self.looked_at = self.looked_at, self.azure.mark()
        return sorted(self._told(r) for r in self.azure.revisions_since(since) if r.by.sign_in == BOT)

    def seen(self) -> None:
        """Whatever has been written so far is not what this story is about."""
        self.looked_at = self.azure.mark()

    def proposed(self) -> None:
        self._played("proposed", self.look)

    def sealed(self) -> None:
        self._played("sealed", self._seal)

    def raised(self) -> None:
        self._played("raised", self._raise)

    def approved(self) -> None:
        self._played("approved", self._approve)

    def delivered(self, environment: str = "SIT-A") -> None:
        """Deployed on Monday at ten, recorded, and handed to the testers."""
        self.approved()
        self.at(7, 10)
        self.cast.deploy(environment)
        self.look()
        self.seen()

    def _seal(self) -> None:
        self.proposed()
        self.at(3, 11)
        for environment in ("SIT-A", "SIT-B"):
            self.cast.agree(environment)
        self.look()

    def _raise(self) -> None:
        self.sealed()
        self.at(3, 11, 10)
        self.look()

    def _approve(self) -> None:
        self.raised()
        self.at(4, 8)
        for environment in ("SIT-A", "SIT-B"):
            self.cast.approve(environment)
        self.look()

    def _played(self, act: str, play: Callable[[], object]) -> None:
        """Played once for all stories of the same world: others begin where it ended, with an empty database."""
        kept = self.stages.get(act)
        if kept is not None:
            self.azure.organisation.boards = kept.boards.copy()
            self.azure.clock.set(kept.at)
        else:
            play()
            self.stages[act] = Stage(self.azure.organisation.boards.copy(), self.azure.clock.now())
        self.seen()

    def state(self, id: int) -> str:
        return self.azure.item(id).state

    def states(self, *ids: int) -> list[str]:
        return [self.state(id) for id in ids]

    def listed(self, environment: str, party: str = "DCC") -> list[int]:
        """What the list is linked to."""
        return fixes_of(self.cast.the_list(environment, party))

    def where(self, id: int) -> Standing:
        """The bucket of a resolved defect, as a run that writes nothing sees it."""
        return standings(self.picture())[id]

    def picture(self) -> Picture:
        report = self.try_to_look(dry_run=True)
        assert report.facts is not None, report.why
        return Picture(report.facts)

    def asked(self, since: int = 0) -> list[str]:
        """The operations that were asked of the server, without those of connecting."""
        return [e.operation for e in self.azure.journal[since:] if e.operation not in CONNECTING]

    def _told(self, revision: Revision) -> str:
        item = self.azure.item(revision.id)
        before = item.history[revision.rev - 2].fields if revision.rev > 1 else None
        return f"{_named(item)} {_what(before, revision.fields)}"


def fixes_of(item: WorkItem) -> list[int]:
    return list(item.links(ENTRY))


def text(item: WorkItem, name: str) -> str:
    return str(item.fields.get(name, ""))


def _named(item: WorkItem) -> str:
    if item.type.name not in ("Candidate List", "Request for Change"):
        return str(item.id)
    what = "list" if item.type.name == "Candidate List" else "RFC"
    return " ".join(filter(None, (what, text(item, "Custom.ReleaseParty"), text(item, "Custom.ReleaseEnvironment"))))


def _what(before: Mapping[str, object] | None, after: Mapping[str, object]) -> str:
    if before is None:
        return "created"
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    if "System.State" in changed:
        return f"{before['System.State']} -> {after['System.State']}"
    if "Custom.Seal" in changed:
        return (
            f"sealed as edition {after['Custom.Edition']}" if "Custom.Seal" in after else "rewritten, no longer sealed"
        )
    for name, word in WORDS.items():
        if name in changed:
            return word
    return f"changed {sorted(changed)}"


WORDS = {
    "Custom.Claim": "claimed",
    "Custom.Outcome": "deployment recorded",
    "System.Description": "rewritten",
    "Custom.ControlPoints": "control points",
    "System.Tags": "tagged",
    "System.CommentCount": "commented on",
}


@contextmanager
def playing(
    azure: Azure,
    folder: Path,
    table: Mapping[str, Any] | None = None,
    stages: dict[str, Stage] | None = None,
) -> Iterator[Play]:
    """Shunter, wired for this Azure DevOps without a socket; its waits pass in no time.

    `stages`: how far others have played in the same world; what is played here joins them.
    """
    with ExitStack() as stack:
        configuration = settings(dict(table), azure, URL, folder) if table else small_settings(azure, URL, folder)

        def stores() -> Store:
            return stack.enter_context(blank_store())

        yield Play(azure, wired(azure, configuration, stores()), stores, {} if stages is None else stages)


def wired(
    azure: Azure,
    configuration: Configuration,
    store: Store,
    token: str = "",
    sign_in: SignIn | None = None,
    per_minute: int = 1_000_000,
) -> World:
    """As the product wires it, but for the clock: what Shunter waits for passes at once."""
    stopping = Event()
    private_cache(configuration.folder)
    pace = Pace(monotonic=_Passing(azure.clock).seconds, wait=_Waiting(azure.clock, stopping), per_minute=per_minute)
    credential = configuration.sign_in.credential
    assert isinstance(credential, Pat)
    kept = credential.token
    gateway = Gateway(URL, sign_in or by_pat(lambda: token or kept.reveal()), pace, transport=InProcess(azure))
    boards = Boards(gateway, configuration.spelling, Rendering(configuration.spelling.web_url))
    return world_of(configuration, store, boards, stopping)


@dataclass(frozen=True)
class _Passing:
    clock: SettableClock

    def seconds(self) -> float:
        return self.clock.now().timestamp()


@dataclass(frozen=True)
class _Waiting:
    clock: SettableClock
    stopping: Event

    def __call__(self, seconds: float) -> bool:
        self.clock.advance(timedelta(seconds=seconds))
        return self.stopping.is_set()
