"""The whereabouts of a fix: for each environment of its party whether it runs there, is on its way, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.coming import coming, has, why_nothing_comes
from bot.defect import Defect, Fix
from bot.picture import Picture


@dataclass(frozen=True, slots=True)
class Whereabout:
    """One environment. `since` is when the fix came there, `expected` the start of the window that brings it."""

    environment: str
    found_here: str
    fix: str
    since: datetime | None
    expected: datetime | None
    words: str


def whereabouts(defect: Defect, picture: Picture) -> tuple[Whereabout, ...]:
    """What arrived there has to be proved by its history; empty where its party is unknown [C4.3]."""
    party = picture.facts.programme.parties.get(defect.party)
    known = picture.facts.programme.environments
    fix = latest_fix(defect, picture)
    return tuple(_in(e, defect, fix, picture) for e in (party.environments if party else ()) if e in known)


def latest_fix(defect: Defect, picture: Picture) -> Fix | None:
    """By the version that it names; without one, by the newest list that names the defect."""
    if defect.version is not None:
        return Fix(defect.id, defect.version)
    listed = (e.fix for c in picture.facts.lists.values() for e in c.entries if e.fix.defect == defect.id)
    return max(listed, default=None)


def _in(environment: str, defect: Defect, fix: Fix | None, picture: Picture) -> Whereabout:
    here = "found here" if environment in defect.found_in else ""
    if fix is None:
        return Whereabout(environment, here, "nothing known", None, None, "no build is named that carries its fix")
    if has(picture.contents_running(environment, defect.party), fix):
        return Whereabout(environment, here, "has it", *_arrived(environment, defect.party, fix, picture))
    on_its_way = next((c for c in coming(environment, defect.party, picture) if c.brings(fix)), None)
    if on_its_way is not None:
        is_past = on_its_way.window.end < picture.facts.now
        words = f"{on_its_way.item} {on_its_way.what}{f', {on_its_way.when}' if is_past else ''}"
        expected = None if is_past else on_its_way.window.start
        return Whereabout(environment, here, f"on {on_its_way.item}", None, expected, words)
    running = picture.running(environment, defect.party)
    if running is not None and fix.number.is_regular and fix.number <= running:
        words = f"{running} runs there, which is not below {fix.number}, and no note names this fix"
        return Whereabout(environment, here, "on no note", None, None, words)
    why = why_nothing_comes(environment, defect.party, picture)
    return Whereabout(environment, here, "nothing known", None, None, f"nothing under way brings it{_because(why)}")


def _arrived(environment: str, party: str, fix: Fix, picture: Picture) -> tuple[datetime | None, None, str]:
    """The first arrival from which on it was there."""
    releases, baseline = picture.releases[party], picture.facts.programme.parties[party].baseline.get(environment)
    if baseline is not None and has(releases.contents(baseline), fix):
        return None, None, f"since before the first deployment, by {baseline}"
    for deployment in picture.arrivals.get((environment, party), ()):
        if has(releases.contents(deployment.number), fix):
            return deployment.at, None, f"by {deployment.number} (RFC {deployment.rfc.id})"
    return None, None, f"by {picture.running(environment, party)}"


def _because(why: str) -> str:
    return f" (no list: {why})" if why else ""
