"""Known issues: the defects that stay open in an environment while testing goes on around them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.defect import Defect, Kind, State

TAG = "known-issue"


def known_issues(environments: Collection[str], defects: Iterable[Defect]) -> tuple[Defect, ...]:
    """Those that carry the tag and were found in one of these, whatever party's place that is, worst first [M12.7]."""
    open_ = (d for d in defects if d.kind is Kind.DEFECT and d.state is not State.CLOSED)
    found = (d for d in open_ if not {*d.found_in, *d.named}.isdisjoint(environments))
    tagged = (d for d in found if TAG in {tag.casefold() for tag in d.tags})
    return tuple(sorted(tagged, key=lambda d: (d.severity or "~", d.id)))
