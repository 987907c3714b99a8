"""Commands in comments: a line that begins with a slash and a word asks the bot for something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_LINE = re.compile(r"/([A-Za-z]{1,20})(?:\s+(.*))?", re.DOTALL)
_ID = re.compile(r"#?([1-9][0-9]{0,8})[:,.]?")
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_FENCE = "```"
_SHOWN = 20


class Verb(StrEnum):
    """What can be asked for by a comment. Agreeing and approving cannot: who does that sets the state."""

    HOLD = "hold"
    UNHOLD = "unhold"
    MOVE = "move"


USAGE = {
    Verb.HOLD: "/hold 1234 waiting for data",
    Verb.UNHOLD: "/unhold 1234",
    Verb.MOVE: "/move 1234 2026-12-14",
}


@dataclass(frozen=True, slots=True)
class Command:
    """One command about one defect. `day` is there where it is moved."""

    verb: Verb
    id: int
    why: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Misread:
    """A line that looks like a command, and why it is none."""

    words: str


def read_commands(lines: Iterable[str]) -> tuple[Command | Misread, ...]:
    """In the order in which they stand there; what lies between fences is code, and none of them."""
    found = (_LINE.fullmatch(line.strip()) for line in _spoken(lines))
    return tuple(_read(match[1].casefold(), (match[2] or "").strip()) for match in found if match)


def _spoken(lines: Iterable[str]) -> Iterator[str]:
    is_code = False
    for line in lines:
        if line.strip().startswith(_FENCE):
            is_code = not is_code
        elif not is_code:
            yield line


def _read(word: str, rest: str) -> Command | Misread:
    if word in ("agree", "approve"):
        return Misread(f"nothing is {word}d by a comment: set the state of the work item")
    if word not in set(Verb):
        return Misread(f"/{word} is no command; there are {', '.join(USAGE.values())}")
    verb = Verb(word)
    first, _, why = rest.partition(" ")
    id = _ID.fullmatch(first)
    if id is None:
        return Misread(f"/{verb} needs the id of a defect: write {USAGE[verb]}")
    return _about(verb, int(id[1]), why.strip())


def _about(verb: Verb, id: int, why: str) -> Command | Misread:
    if verb is Verb.HOLD and not why:
        return Misread(f"a reason is needed to hold {id}: write {USAGE[verb]}")
    if verb is not Verb.MOVE:
        return Command(verb, id, why)
    first, _, why = why.partition(" ")
    day = _day(first)
    if day is None:
        shown = f"“{first[:_SHOWN]}” is no date" if first else "a date is needed"
        return Misread(f"{shown} to move {id} to: write {USAGE[verb]}")
    return Command(verb, id, why.strip(), day)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
