"""Known issues: the defects that stay open in an environment while testing goes on around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.defect import Defect, Kind, State

TAG = "known-issue"


def known_issues(defects: Iterable[Defect]) -> Mapping[str, tuple[Defect, ...]]:
    """Those that carry the tag, by the environment that found them, worst first [M12.7]."""
    still_open = (d for d in defects if d.kind is Kind.DEFECT and d.state is not State.CLOSED)
    tagged = (d for d in still_open if TAG in {tag.casefold() for tag in d.tags})
    found: dict[str, list[Defect]] = {}
    for defect in sorted(tagged, key=lambda d: (d.severity or "~", d.id)):
        for environment in dict.fromkeys(defect.found_in):
            found.setdefault(environment, []).append(defect)
    return {environment: tuple(issues) for environment, issues in found.items()}
