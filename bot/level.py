"""Level environments: the fixes that one of a pair has and the other lacks, and what under way brings them [M7.4]."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.coming import Coming, coming, has, why_nothing_comes
from bot.compose_list import NO_SEVERITY, UNKNOWN_TITLE
from bot.contents import Fixes, latest_of_each
from bot.defect import Fix
from bot.picture import Picture
from bot.place import level_pairs

NOTHING_DOES = "nothing under way"
_SPELT = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class LevelRow:
    """How one party's fixes differ between two environments; the counts are None where one of the two is unknown."""

    party: str
    environment: str
    runs: str
    level_with: str
    other_runs: str
    behind_by: int | None
    ahead_by: int | None
    words: str


@dataclass(frozen=True, slots=True)
class MissingRow:
    """One fix that an environment lacks and its pair has. `by` is the start of the window that brings it."""

    defect: int
    severity: str
    party: str
    version: str
    lacks: str
    has: str
    levelled_by: str
    by: datetime | None
    title: str


@dataclass(frozen=True, slots=True)
class _Gap:
    """What `environment` lacks of `pair`: each fix with the first on its way that brings it, if anything does."""

    environment: str
    pair: str
    party: str
    fixes: tuple[tuple[Fix, Coming | None], ...]
    why_not: str


def level_rows(picture: Picture) -> tuple[LevelRow, ...]:
    """One row for each pair of environments that must stay level, and each party that deploys to both."""
    return tuple(_level_row(first, second, party, picture) for first, second, party in _pairs(picture))


def missing_rows(picture: Picture) -> tuple[MissingRow, ...]:
    """Every fix that is in one of a pair and not in the other, worst first."""
    gaps = (gap for first, second, party in _pairs(picture) for gap in _both_ways(first, second, party, picture))
    return tuple(row for gap in gaps for row in sorted(_missing(gap, picture), key=lambda r: (r.severity, r.defect)))


def lacking(environment: str, pair: str, party: str, picture: Picture) -> Fixes:
    """What `pair` has and `environment` lacks: contents are compared, never numbers [M7.4]."""
    here = picture.contents_running(environment, party)
    return latest_of_each(fix for fix in picture.contents_running(pair, party) - here if not has(here, fix))


def _pairs(picture: Picture) -> Iterator[tuple[str, str, str]]:
    programme = picture.facts.programme
    found = ((*pair, party.name) for party in programme.parties.values() for pair in level_pairs(party, programme))
    order = list(programme.environments)
    yield from sorted(found, key=lambda told: (order.index(told[0]), order.index(told[1])))


def _both_ways(first: str, second: str, party: str, picture: Picture) -> Iterator[_Gap]:
    """Nothing where it is not known what runs in one of them: that is no gap, only ignorance."""
    if picture.running(first, party) is None or picture.running(second, party) is None:
        return
    for environment, pair in ((first, second), (second, first)):
        on_its_way = coming(environment, party, picture)
        fixes = sorted(lacking(environment, pair, party, picture))
        bringing = tuple((fix, next((c for c in on_its_way if c.brings(fix)), None)) for fix in fixes)
        why_not = why_nothing_comes(environment, party, picture)
        yield _Gap(environment, pair, party, bringing, why_not)


def _level_row(first: str, second: str, party: str, picture: Picture) -> LevelRow:
    runs = {environment: str(picture.running(environment, party) or "") for environment in (first, second)}
    unknown = [environment for environment in runs if not runs[environment]]
    gaps = tuple(_both_ways(first, second, party, picture))
    behind, ahead = (len(gap.fixes) for gap in gaps) if gaps else (None, None)
    reports = "; ".join(_report(gap) for gap in gaps if gap.fixes)
    words = f"nothing is known of what runs in {' and '.join(unknown)}" if unknown else reports
    return LevelRow(party, first, runs[first], second, runs[second], behind, ahead, words)


def _report(gap: _Gap) -> str:
    """`SIT-B is behind by five fixes: RFC 962 (raised) for DCC 5.2.17.0 brings them, window ...`."""
    total = len(gap.fixes)
    shares = Counter(bringing for _, bringing in gap.fixes)
    whole = "it" if total == 1 else "them"
    told = (_share(c, whole if count == total else _spelt(count), gap) for c, count in shares.items())
    return f"{gap.environment} is behind by {_spelt(total)} {'fix' if total == 1 else 'fixes'}: {'; '.join(told)}"


def _share(bringing: Coming | None, which: str, gap: _Gap) -> str:
    if bringing is not None:
        return f"{bringing.item} {bringing.what} brings {which}, {bringing.when}"
    return f"nothing under way brings {which}" + (f" (no list: {gap.why_not})" if gap.why_not else "")


def _missing(gap: _Gap, picture: Picture) -> Iterator[MissingRow]:
    for fix, bringing in gap.fixes:
        defect = picture.facts.defects.get(fix.defect)
        yield MissingRow(
            defect=fix.defect,
            severity=(defect.severity if defect is not None else "") or NO_SEVERITY,
            party=gap.party,
            version=str(fix.number),
            lacks=gap.environment,
            has=gap.pair,
            levelled_by=bringing.item if bringing is not None else NOTHING_DOES,
            by=bringing.window.start if bringing is not None else None,
            title=defect.title if defect is not None else UNKNOWN_TITLE,
        )


def _spelt(count: int) -> str:
    return _SPELT[count] if count < len(_SPELT) else str(count)
