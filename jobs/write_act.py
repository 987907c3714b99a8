"""Writing an act: it is judged, permitted, sent once, and told; nobody's work is written over."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import typer

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.outcomes import Applied, Refused, Unknown
from adapters.terminal.talk import Output, Talk
from bot.act import Act, AlreadySo, Objection, Verdict
from jobs.person import Person
from jobs.run import Ending

Decision = Callable[[], Verdict]
USAGE = 2


@dataclass(frozen=True, slots=True)
class Told:
    """What a command came to; in JSON this is all that it prints."""

    outcome: str
    id: int
    words: str


def write(person: Person, said: Talk, id: int, decide: Decision, permit: Callable[[Act], int] = lambda _: 0) -> int:
    """`permit` gives 0 where the act may go ahead, else the exit code."""
    try:
        verdict = decide()
        if not isinstance(verdict, Act):
            return _told(said, id, verdict)
        return permit(verdict) or _written(person, said, id, verdict, decide)
    except Failure as failure:
        said.say(str(failure))
        return _ending(failure)


def asked(said: Talk, shown: Iterable[str], question: str, *, yes: bool = False) -> int:
    """0 where somebody has seen it and said yes, or `yes` was said beforehand."""
    for line in shown:
        said.say(line)
    if yes:
        return 0
    if not sys.stdin.isatty():
        said.say("Nobody can be asked here: add --yes if you mean it.")
        return USAGE
    return 0 if typer.confirm(question, err=True) else Ending.FAILED.value


def _written(person: Person, said: Talk, id: int, act: Act, decide: Decision) -> int:
    (outcome,) = person.boards.update([act.change])
    match outcome:
        case Applied():
            _tell(said, Told("done", id, act.words))
            return 0
        case Refused(is_lasting=False, cause=None):
            return _read_again(said, id, outcome.why, decide)
        case Refused():
            _tell(said, Told("not done", id, outcome.why))
        case Unknown():
            _tell(said, Told("unknown", id, outcome.why))
            said.say(f"It may have been done: look at {id} before you repeat it.")
    return _ending(outcome.cause)


def _read_again(said: Talk, id: int, why: str, decide: Decision) -> int:
    """Somebody was faster. Nothing is tried a second time: what they did may change this person's mind."""
    _tell(said, Told("not done", id, why))
    again = decide()
    said.say(f"Nothing was written. {_now(again)}")
    return 0 if isinstance(again, AlreadySo) else Ending.FAILED.value


def _now(verdict: Verdict) -> str:
    if isinstance(verdict, Act):
        return "It can still be done: look at what has changed, and repeat the command if you still want it."
    return f"By now: {verdict.words}."


def _told(said: Talk, id: int, verdict: AlreadySo | Objection) -> int:
    is_so = isinstance(verdict, AlreadySo)
    _tell(said, Told("nothing to do" if is_so else "refused", id, verdict.words))
    return 0 if is_so else Ending.FAILED.value


def _tell(said: Talk, told: Told) -> None:
    if said.output is Output.JSON:
        said.record(told)
    else:
        said.line(f"{told.outcome}: {told.words}")


def _ending(failure: Failure | None) -> int:
    return Ending.of(failure).value
