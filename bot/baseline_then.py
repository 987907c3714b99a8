"""The baseline of then: what ran before the first release of a past stretch of time, as far as the settings tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.deployments import deployments
from bot.facts import Facts
from bot.number import Number
from bot.party import Party
from bot.programme import Programme


def programme_then(facts: Facts, since: datetime) -> tuple[Programme, tuple[str, ...]]:
    """The programme without the baselines that arrived only later, and a sentence for each of these.

    A baseline counts as running before any release, so that one of today would leave out all of the past.
    """
    first = _first_arrivals(facts, since)
    parties: dict[str, Party] = {}
    words: list[str] = []
    for name, party in facts.programme.parties.items():
        later = {e: n for e, n in party.baseline.items() if name in first and n >= first[name]}
        parties[name] = replace(party, baseline={e: n for e, n in party.baseline.items() if e not in later})
        words += [_put_aside(name, environment, number, first[name]) for environment, number in later.items()]
    return replace(facts.programme, parties=parties), tuple(words)


def _put_aside(party: str, environment: str, baseline: Number, first: Number) -> str:
    words = f"the baseline {baseline} of {party} in {environment} is put aside: {first} arrived within this time"
    return f"{words}: to count what was there before, name what ran then in a copy of the settings"


def _first_arrivals(facts: Facts, since: datetime) -> Mapping[str, Number]:
    """The lowest number of each party that arrived anywhere since."""
    first: dict[str, Number] = {}
    for arrived in deployments(facts):
        if arrived.at >= since:
            party = arrived.rfc.party
            first[party] = min(first.get(party, arrived.number), arrived.number)
    return first
