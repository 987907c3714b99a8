"""Work of setting up: what stands in the project and what shall, each written by itself, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from adapters.azure_devops.answers import SignedOut, Throttled
from adapters.azure_devops.outcomes import Refused, Unknown

FITS, NEW, CHANGED = "as it must be", "to be created", "to be put right"
LEFT_OUT, NOT_OURS, NOT_ASKED = "left out", "left alone", "not asked for"


@dataclass(frozen=True, slots=True)
class Done:
    """It stands in Azure DevOps."""


Write = Callable[[], Done | Refused | Unknown]


@dataclass(frozen=True, slots=True)
class Work:
    """`write` None: nothing is to be written. `shown`: what a person sees before. `inside`: what has to be there."""

    what: str
    name: str
    standing: str
    words: str = ""
    shown: tuple[str, ...] = ()
    write: Write | None = None
    inside: str = ""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """For a table; after writing, `standing` says what came of it."""

    what: str
    name: str
    standing: str
    words: str


@dataclass(frozen=True, slots=True)
class Came:
    """What one write came to."""

    work: Work
    outcome: Done | Refused | Unknown


def carried_out(works: Iterable[Work]) -> Iterator[Came]:
    """One failure does not stop the next; a lost sign-in does, and whatever should lie in what could not be made."""
    missed: set[str] = set()
    stopped: Refused | Unknown | None = None
    for work in works:
        if work.write is None:
            continue
        if stopped is not None:
            outcome: Done | Refused | Unknown = Refused("not tried any more", cause=stopped.cause)
        elif work.inside in missed:
            outcome = Refused(f"{work.inside} is not there")
        else:
            outcome = work.write()
        if not isinstance(outcome, Done):
            missed.add(work.name)
            if isinstance(outcome.cause, SignedOut | Throttled):
                stopped = outcome
        yield Came(work, outcome)


def row_of(work: Work) -> WorkRow:
    return WorkRow(work.what, work.name, work.standing, work.words)


def told(came: Came) -> WorkRow:
    work = came.work
    match came.outcome:
        case Done():
            return WorkRow(work.what, work.name, "created" if work.standing == NEW else "put right", work.words)
        case Refused(why):
            return WorkRow(work.what, work.name, "not done", why)
        case Unknown(why):
            words = f"it may have been done, so run this again: {why}"
            return WorkRow(work.what, work.name, "unknown", words)
