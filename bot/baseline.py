"""A baseline: what an environment ran before Shunter knew of any deployment, and what follows from saying so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.compose_list import NO_SEVERITY
from bot.dates import spoken
from bot.defect import Defect, Fix
from bot.number import Number, read_number
from bot.picture import Picture
from bot.place import place_of
from bot.standing import standings
from bot.where import Standing


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One fix that counts as being there, by its version. `then`: where its defect stands once the baseline is set."""

    defect: int
    severity: str
    version: str
    found_in: str
    state: str
    then: str
    title: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The settings of one party, with the new number among them; `words` for whoever sets it."""

    party: str
    numbers: Mapping[str, Number]
    counted: tuple[CountedRow, ...]
    words: str


@dataclass(frozen=True, slots=True)
class NoBaseline:
    """Why it cannot be set, in words."""

    words: str


def baseline_of(environment: str, party: str, number: str, picture: Picture) -> Baseline | NoBaseline:
    """What to configure so that this number counts as running there, and which fixes then do [C4.3]."""
    programme = picture.facts.programme
    owner = programme.party_named(party)
    wanted = read_number(number)
    if owner is None:
        return NoBaseline(f"there is no party {party}; the parties are {', '.join(programme.parties)}")
    if wanted is None:
        return NoBaseline(f"“{number}” is no release number: write one such as 5.2.15.0")
    place = place_of(environment, owner, programme)
    if place not in owner.environments:
        return NoBaseline(f"{owner.name} does not deploy to {environment}: name one of {', '.join(owner.environments)}")
    numbers = {**owner.baseline, place: wanted}
    changed = replace(programme, parties={**programme.parties, owner.name: replace(owner, baseline=numbers)})
    then = Picture(replace(picture.facts, programme=changed))
    counted = sorted(then.releases[owner.name].contents(wanted))
    there = standings(then)
    rows = tuple(_row(f, picture.facts.defects[f.defect], there) for f in counted if f.defect in picture.facts.defects)
    return Baseline(owner.name, numbers, rows, _words(place, owner.name, wanted, picture))


def _row(fix: Fix, defect: Defect, there: Mapping[int, Standing]) -> CountedRow:
    standing = there.get(defect.id)
    return CountedRow(
        defect=defect.id,
        severity=defect.severity or NO_SEVERITY,
        version=str(fix.number),
        found_in=defect.found_in_text,
        state=defect.state_text or defect.state.value,
        then=standing.where.value if standing is not None else "",
        title=defect.title,
    )


def _words(place: str, party: str, number: Number, picture: Picture) -> str:
    arrived = picture.arrivals.get((place, party))
    if not arrived:
        return f"{place} then counts as running {party} {number} until a deployment is known"
    last, zone = arrived[-1], picture.facts.programme.zone
    since = f"{last.number} since {spoken(last.at, zone)} (RFC {last.rfc.id})"
    return f"{place} runs {party} {since}: a baseline is what ran before that, and does not change it"
