"""The trail of a release: every state, seal and answer that its lists and RFCs were given, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.answers import Answer, read_answers
from bot.candidate_list import CandidateList
from bot.picture import Picture
from bot.rfc import Rfc


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One step of one work item."""

    at: datetime
    item: str
    what: str
    by: str


def trail_of(items: Iterable[CandidateList | Rfc], picture: Picture) -> tuple[TrailRow, ...]:
    """In the order in which it happened."""
    rows = (row for item in items for row in _steps(item, picture))
    return tuple(sorted(rows, key=lambda row: row.at))


def _steps(item: CandidateList | Rfc, picture: Picture) -> Iterator[TrailRow]:
    name = f"{'RFC' if isinstance(item, Rfc) else 'list'} {item.id} {item.environment}"
    seal, answers = "", dict[str, Answer]()
    for index, step in enumerate(picture.facts.histories.get(item.id, ())):
        told = ["created"] if index == 0 else []
        told += [step.state.value] if step.state is not None else []
        told += [_sealed(step.seal)] if step.seal != seal and isinstance(item, CandidateList) else []
        said = read_answers(step.answers)
        told += [f"“{answer}”" for about, answer in said.items() if answers.get(about) != answer]
        seal, answers = step.seal, said
        if told:
            yield TrailRow(step.at, name, ", ".join(told), step.by)


def _sealed(seal: str) -> str:
    return f"sealed {seal[:12]}" if seal else "seal removed"
