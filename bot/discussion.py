"""The discussion of a candidate list: what people wrote under it, and what the bot has answered there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_ANSWER = re.compile(r"\bRe comment ([0-9]{1,10}):")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. People are sign-in names; `lines` is its plain text, without quotations and code."""

    id: int
    by: str
    edited_by: str
    at: datetime
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Discussion:
    """Comments, oldest first, as they were read when the work item counted so many."""

    count: int
    comments: tuple[Comment, ...]

    def answered(self, bot: str) -> frozenset[int]:
        """The comments to which an answer of the bot refers: it stands in the thread, whatever else is lost."""
        own = (line for comment in self.comments if comment.by == bot for line in comment.lines)
        return frozenset(int(id) for line in own for id in _ANSWER.findall(line))


def answer_to(comment: Comment, words: str) -> str:
    """By its first words the answer is known again."""
    return f"Re comment {comment.id}: {words}."
