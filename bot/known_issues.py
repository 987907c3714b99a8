"""Known issues: the defects that stay open in an environment while testing goes on around them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from bot.defect import Defect, Kind, State

TAG = "known-issue"


def known_issues(defects: Iterable[Defect]) -> Mapping[str, tuple[Defect, ...]]:
    """Those that carry the tag, by each environment and place that found them, worst first [M12.7]."""
    still_open = (d for d in defects if d.kind is Kind.DEFECT and d.state is not State.CLOSED)
    tagged = (d for d in still_open if TAG in {tag.casefold() for tag in d.tags})
    found: dict[str, list[Defect]] = {}
    for defect in sorted(tagged, key=_worst_first):
        for environment in dict.fromkeys((*defect.found_in, *defect.named)):
            found.setdefault(environment, []).append(defect)
    return {environment: tuple(issues) for environment, issues in found.items()}


def found_in_any(environments: Collection[str], issues: Mapping[str, tuple[Defect, ...]]) -> tuple[Defect, ...]:
    """Those that were found in one of these, whatever party's place that is."""
    found = {defect.id: defect for name in environments for defect in issues.get(name, ())}
    return tuple(sorted(found.values(), key=_worst_first))


def _worst_first(defect: Defect) -> tuple[str, int]:
    return defect.severity or "~", defect.id
