"""Answers: what people write on an RFC to its control points, and of their readiness; a line for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.history import Step


class Says(Enum):
    """What a line says of a control point, or of the readiness of those concerned."""

    MET = "met"
    NOT_MET = "not met"
    APPROVED = "approved"
    NOT_APPLICABLE = "not applicable"
    WAIVED = "waived"
    READY = "ready"
    NOT_READY = "not ready"


READINESS = (Says.READY, Says.NOT_READY)
SETTLING = (Says.MET, Says.APPROVED, Says.NOT_APPLICABLE, Says.WAIVED, Says.READY)

_SAID = "|".join(says.value.replace(" ", r"[\s-]+") for says in Says) + "|n/a"
_LINE = re.compile(
    rf"[-–•*\s]*(?:point\s+)?(?P<about>[^:]+?)\s*:\s*(?P<says>{_SAID})(?![\w-])[\s,;:.–-]*(?P<words>.*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One line: `about` is the number of a control point or the name of a group concerned, in small letters."""

    about: str
    says: Says
    words: str = ""

    def __str__(self) -> str:
        return f"{self.about}: {self.told}"

    @property
    def told(self) -> str:
        return f"{self.says.value}, {self.words}" if self.words else self.says.value


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it stands, and what its RFC held when it was given; `at` is None where no history tells."""

    answer: Answer
    by: str
    at: datetime | None
    seal: str


def read_answer(line: str) -> Answer | None:
    """`3: met, baseline 5.2`, whatever its case and blanks; None where it cannot be read."""
    found = _LINE.fullmatch(" ".join(line.split()))
    if found is None:
        return None
    words = re.sub(r"[\s-]+", " ", found["says"].casefold())
    says = Says.NOT_APPLICABLE if words == "n/a" else Says(words)
    about = about_of(found["about"])
    return Answer(about, says, found["words"]) if about.isdigit() is not (says in READINESS) else None


def about_of(text: str) -> str:
    """What a line is about, as it is known by: `03` is 3, and groups go by small letters."""
    name = " ".join(text.split()).casefold()
    return str(int(name)) if name.isascii() and name.isdigit() else name


def read_answers(text: str) -> dict[str, Answer]:
    """By what they are about; of several lines about one thing the last stands."""
    read = (read_answer(line) for line in text.splitlines())
    return {answer.about: answer for answer in read if answer is not None}


def unreadable(text: str) -> Iterator[str]:
    """The lines that say nothing that can be read, as they stand."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return (line for line in lines if line and read_answer(line) is None)


def said(text: str, steps: Sequence[Step]) -> dict[str, Said]:
    """Who said each answer: the author of the revision since which it has stood as it does now."""
    stands = read_answers(text)
    readings = [(step, read_answers(step.answers)) for step in steps] if stands else []
    return {about: _since(answer, readings) for about, answer in stands.items()}


def _since(answer: Answer, readings: Sequence[tuple[Step, dict[str, Answer]]]) -> Said:
    first: Step | None = None
    for step, read in reversed(readings):
        if read.get(answer.about) != answer:
            break
        first = step
    return Said(answer, first.by, first.at, first.seal) if first is not None else Said(answer, "", None, "")
