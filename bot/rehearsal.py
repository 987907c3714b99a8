"""The rehearsal: what Shunter would have done in a past stretch of time, beside what people did, in rows and sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.difference import Difference, What
from bot.number import ReleaseType
from bot.past import Past
from bot.past_windows import RaisedFor, raised_for
from bot.proposal import NoProposal, Proposal
from bot.raised_by_hand import why_not_counted
from bot.rehearsal_sums import ListSum, MoveSum, list_sum, move_sum
from bot.rehearsed_lists import RehearsedList, rehearse_lists
from bot.rehearsed_moves import rehearse_moves
from bot.rfc import Rfc

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One window: which release Shunter would have listed, and which people asked for."""

    window: datetime
    environment: str
    party: str
    proposed: str
    released: str
    same: int
    missing: int
    extra: int
    words: str


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`windows`: those for which there was something to release. `notes`: what was not counted, and why."""

    since: datetime
    until: datetime
    lists: tuple[ListSum, ...]
    retests: tuple[MoveSum, ...]
    windows: tuple[WindowRow, ...]
    on_lists: tuple[Difference, ...]
    in_retest: tuple[Difference, ...]
    notes: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened that could be compared."""
        return not self.windows and not self.retests


def rehearse(past: Past, environments: Collection[str], parties: Collection[str]) -> Rehearsal:
    """Of these environments and parties; what the others did is known all the same."""
    raised = raised_for(past)
    lists = tuple(rehearse_lists(past, raised, environments, parties))
    moves = tuple(m for m in rehearse_moves(past) if m.environment in environments and m.party in parties)
    ordered = sorted(lists, key=lambda found: (found.window, found.environment))
    return Rehearsal(
        since=past.since,
        until=past.until,
        lists=tuple(list_sum(name, [found for found in lists if found.environment == name]) for name in environments),
        retests=tuple(move_sum(n, here) for n in environments if (here := [m for m in moves if m.environment == n])),
        windows=tuple(_window_row(found) for found in ordered),
        on_lists=tuple(difference for found in ordered for difference in found.differences),
        in_retest=tuple(_in_order(m.difference for m in moves if m.difference is not None)),
        notes=(*_no_rfc(raised), *_not_counted(past, raised), *_outside(raised, environments, parties)),
    )


def _window_row(found: RehearsedList) -> WindowRow:
    counted = Counter(difference.what for difference in found.differences)
    proposed = found.proposed
    released = "; ".join(f"{rfc.number} (RFC {rfc.id}, {rfc.state.value})" for rfc in found.rfcs)
    return WindowRow(
        window=found.window.start,
        environment=found.environment,
        party=found.party,
        proposed=str(proposed.number) if isinstance(proposed, Proposal) else NOTHING,
        released=released or NOTHING,
        same=len(found.same),
        missing=counted[What.MISSING],
        extra=counted[What.EXTRA],
        words=_words(found),
    )


def _words(found: RehearsedList) -> str:
    if isinstance(found.proposed, NoProposal):
        return f"no list: {found.proposed.words}"
    others = {str(rfc.number) for rfc in found.rfcs} - {str(found.proposed.number)}
    words = [f"people's number is another: {', '.join(sorted(others))}"] if others else []
    if found.still_missing:
        words.append(f"missing since an earlier window: {', '.join(map(str, sorted(found.still_missing)))}")
    return "; ".join(words)


def _in_order(differences: Iterable[Difference]) -> list[Difference]:
    return sorted(differences, key=lambda found: (found.at, found.environment, found.defect))


def _no_rfc(raised: RaisedFor) -> tuple[str, ...]:
    if raised.by_window:
        return ()
    words = "no RFC of this time names environment, party and number: what people released cannot be seen, nor where"
    return (f"{words} it arrived, so that every hand-over is extra",)


def _not_counted(past: Past, raised: RaisedFor) -> tuple[str, ...]:
    lacking: dict[str, list[str]] = {}
    for id, rfc in sorted(past.as_of(past.until).rfcs.items()):
        if why := why_not_counted(rfc, raised.facts):
            lacking.setdefault(why, []).append(str(id))
    return tuple(f"not counted, because {why}: RFC {', '.join(ids)}" for why, ids in lacking.items())


def _outside(raised: RaisedFor, environments: Collection[str], parties: Collection[str]) -> tuple[str, ...]:
    return tuple(
        f"RFC {rfc.id} took {rfc.key} {_how(rfc)}: it is built on, and not compared"
        for (environment, party, window), rfcs in raised.by_window.items()
        for rfc in rfcs
        if window is None and environment in environments and party in parties
    )


def _how(rfc: Rfc) -> str:
    return "as an emergency" if rfc.type is ReleaseType.EMERGENCY else "outside of the windows in the settings"
