"""The recorded release: the lists and RFCs of the release that a person names, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from bot.candidate_list import CandidateList
from bot.number import Number, read_number
from bot.picture import Picture
from bot.rfc import Rfc


@dataclass(frozen=True, slots=True)
class UnknownRelease:
    """Why there is no story, in words, and what could be asked instead."""

    words: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """The lists and RFCs of one release, in the order in which they were made."""

    party: str
    number: Number
    lists: tuple[CandidateList, ...]
    rfcs: tuple[Rfc, ...]

    @property
    def ids(self) -> frozenset[int]:
        """Those whose history its story is told from."""
        return frozenset(c.id for c in self.lists) | frozenset(r.id for r in self.rfcs)


def recorded(party: str, number: str, picture: Picture) -> Recorded | UnknownRelease:
    """What there is of the release that a person names."""
    owner = picture.facts.programme.party_named(party)
    if owner is None:
        return UnknownRelease(
            f"there is no party {party}; the parties are {', '.join(picture.facts.programme.parties)}"
        )
    name = owner.name
    wanted = read_number(number)
    if wanted is None:
        return UnknownRelease(f"“{number}” is no release number: write one such as 5.2.16.0")
    lists = tuple(c for _, c in sorted(picture.facts.lists.items()) if (c.party, c.number) == (name, wanted))
    rfcs = tuple(r for _, r in sorted(picture.facts.rfcs.items()) if (r.party, r.number) == (name, wanted))
    if not lists and not rfcs:
        return UnknownRelease(_not_recorded(name, wanted, picture))
    return Recorded(name, wanted, lists, rfcs)


def _not_recorded(party: str, number: Number, picture: Picture) -> str:
    items: list[CandidateList | Rfc] = [*picture.facts.lists.values(), *picture.facts.rfcs.values()]
    known = sorted({item.number for item in items if item.party == party and item.number is not None})
    naming = sum(d.version == number for d in picture.of_party.get(party, ()))
    named = f"; defects that name it as their version: {naming}" if naming else ""
    others = f"those of {party} are {', '.join(map(str, known))}" if known else f"{party} has none yet"
    return f"no list and no RFC of {party} is for {number}{named}; {others}"
