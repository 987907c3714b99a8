"""The windows of a party: by type of release, the next one in each of its environments."""

from __future__ import annotations

from collections.abc import Iterable

from bot.candidate_list import CandidateList
from bot.facts import Facts
from bot.number import ReleaseType
from bot.party import Party
from bot.prospect import Windows
from bot.standing_list import WITHOUT_RFC, keeps_its_window
from bot.window import Window, next_window, types_taken


def windows_of(party: Party, facts: Facts, lists: Iterable[CandidateList]) -> Windows:
    """Those of the rules whose notice can be kept, and those that its standing lists keep: `lists` are the party's own.
    Every regular type is there, with or without a window."""
    known = facts.programme.environments
    places = [known[name] for name in party.environments if name in known]
    found: dict[ReleaseType, dict[str, Window]] = {place.regular_type: {} for place in places}
    for place in places:
        for type_ in types_taken(place):
            window = next_window(place, facts.programme, facts.now, type=type_)
            if window is not None:
                found.setdefault(type_, {})[place.name] = window
    names = {place.name for place in places}
    for c in lists:
        is_standing = c.environment in names and c.is_regular and c.state in WITHOUT_RFC
        if is_standing and keeps_its_window(c, facts):
            found.setdefault(c.type, {}).setdefault(c.environment, c.window)
    return found
