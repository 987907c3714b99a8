"""Number notices: what people should know of a list's number, and that stops nothing [M11]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.candidate_list import Entry
from bot.number import Number
from bot.picture import Picture
from bot.rfc import Rfc, RfcState


def number_notices(
    environment: str, party: str, number: Number, entries: Iterable[Entry], picture: Picture
) -> tuple[str, ...]:
    """Which numbers it skips; and that it was asked for before, with other content, and withdrawn."""
    if not number.is_regular:
        return ()
    fixes = frozenset(entry.fix.defect for entry in entries)
    return (*_skips(number, party, picture), *_asked_before(environment, party, number, fixes, picture))


def _skips(number: Number, party: str, picture: Picture) -> Iterator[str]:
    known = picture.releases[party]
    before = [n for n in (*known.brought, known.floor) if n is not None and n.is_regular and n < number]
    if not before:
        return
    last = max(before)
    expected = last.next(number.type)
    if number > expected:
        name = picture.facts.programme.name_of(number.type)
        withdrawn = next((r for r in _withdrawn(party, picture) if r.number == expected), None)
        why = f" (RFC {withdrawn.id} asked for it, and was withdrawn)" if withdrawn is not None else ""
        yield f"its number {number} skips {expected}{why}: that is the next {name} after {last}"


def _asked_before(
    environment: str, party: str, number: Number, fixes: frozenset[int], picture: Picture
) -> Iterator[str]:
    for rfc in _withdrawn(party, picture):
        if (rfc.environment, rfc.number) == (environment, number) and rfc.fixes != fixes:
            yield (
                f"RFC {rfc.id} asked for {number} with other content, and was withdrawn: "
                f"{party} names another number for a changed build"
            )


def _withdrawn(party: str, picture: Picture) -> Iterator[Rfc]:
    return (rfc for rfc in picture.rfcs_of_party.get(party, ()) if rfc.state is RfcState.WITHDRAWN)
