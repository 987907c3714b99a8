"""The continuation token of a feed: opaque to readers, a place in a log to the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.sandbox.refusals import not_known_here
from adapters.sandbox.work_item import Revision


@dataclass(frozen=True, slots=True)
class FeedToken:
    """`position`: how many entries of the log its holder has passed."""

    position: int = 0
    after_empty_page: bool = False

    @staticmethod
    def read(text: str | None) -> FeedToken:
        if text is None:
            return FeedToken()
        first, *rest = text.split(";")
        if not first.isdigit():
            raise not_known_here(f"the continuation token {text!r}")
        return FeedToken(int(first), after_empty_page=rest[-1:] == ["e"])

    def written(self, log: Sequence[Revision]) -> str:
        """`watermark;id;rev` of the last revision passed."""
        last = log[self.position - 1] if self.position else None
        id, rev = (last.id, last.rev) if last else (0, 0)
        return f"{self.position};{id};{rev}" + (";e" if self.after_empty_page else "")
