"""The roadmap: what it calls a release, on list and RFC, and which one it puts before another [M7.5]."""

from __future__ import annotations

from bot.candidate_list import CandidateList
from bot.change import Edit, Field
from bot.environment import Environment
from bot.number import Number
from bot.picture import Picture
from bot.window import Window


def name_on_list(stands: str, environment: Environment, window: Window) -> tuple[Edit, ...]:
    """The name of the release of that window. What is none of the names of the settings is a person's, and stays."""
    dated = environment.dated_for(window.start, window.type)
    name = dated.roadmap if dated is not None else ""
    is_own = stands in {"", *(known.roadmap for known in environment.dated)}
    return (Edit(Field.ROADMAP, stands or None, name),) if is_own and name != stands else ()


def name_on_rfc(stands: str, sealed: CandidateList) -> tuple[Edit, ...]:
    """The name on its list, where none stands on the RFC: a person's is not overwritten."""
    name = sealed.roadmap.strip()
    return (Edit(Field.ROADMAP, None, name),) if name and not stands.strip() else ()


def out_of_turn(environment: Environment, party: str, number: Number, window: Window, picture: Picture) -> str:
    """Which release has to have arrived there before, in words; empty where none has to, or where it has."""
    dated = environment.dated_for(window.start, window.type)
    if dated is None or not dated.after:
        return ""
    arrived = picture.arrivals.get((environment.name, party), ())
    if any(d.rfc.roadmap.strip().casefold() == dated.after.casefold() for d in arrived):
        return ""
    name = f"{number} ({dated.roadmap})" if dated.roadmap else f"{number}"
    return f"{name} comes after {dated.after}, which has not arrived in {environment.name} yet"
