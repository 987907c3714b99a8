"""Known issues: the defects that stay open in an environment while testing goes on around them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.defect import Defect, Kind, State

TAG = "known-issue"


def known_issues(environment: str, defects: Iterable[Defect]) -> tuple[Defect, ...]:
    """Those that carry the tag and were found there, worst first [M12.7]."""
    found = (d for d in defects if d.kind is Kind.DEFECT and d.state is not State.CLOSED and environment in d.found_in)
    tagged = (d for d in found if TAG in {tag.casefold() for tag in d.tags})
    return tuple(sorted(tagged, key=lambda d: (d.severity or "~", d.id)))
