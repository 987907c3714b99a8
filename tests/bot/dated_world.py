"""A world with a major release: SIT-A has a dated window for it beside its weekly ones, SIT-B has none."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.environment import Dated, Environment
from bot.number import ReleaseType
from bot.picture import Picture
from bot.programme import Programme
from bot.proposal import NoProposal, Proposal, propose
from tests.bot.world import SIT_B, a_defect, a_programme, an_environment, at

MAJOR = ReleaseType.MAJOR
SATURDAY = at("2026-12-19 09:00")
BEFORE_MONDAY = at("2026-12-05 09:00")
HOURS = timedelta(hours=8)


def dated(start: datetime = SATURDAY, type_: ReleaseType = MAJOR, **other: Any) -> Dated:
    return Dated(start, start + HOURS, type_, **other)


def with_major(*windows: Dated, **other: Any) -> Environment:
    usual: dict[str, Any] = {"name": "SIT-A", "level_with": ("SIT-B",), "dated": windows or (dated(),)}
    return an_environment(**usual | other)


def programme(*environments: Environment, **other: Any) -> Programme:
    return a_programme([*(environments or (with_major(),)), SIT_B], **other)


def proposed(picture: Picture, environment: str = "SIT-A", type_: ReleaseType = MAJOR) -> Proposal | NoProposal:
    def type_of(found: Proposal | NoProposal) -> ReleaseType:
        return found.window.type if isinstance(found, Proposal) else found.type

    found = (p for p in propose(picture) if (p.environment, p.party) == (environment, "DCC"))
    return next(p for p in found if type_of(p) is type_)


def on_it(picture: Picture, environment: str = "SIT-A", type_: ReleaseType = MAJOR) -> tuple[str, set[int]] | str:
    """The number and the defects of what is proposed, or why nothing is."""
    found = proposed(picture, environment, type_)
    if isinstance(found, NoProposal):
        return found.words
    return str(found.number), {entry.fix.defect for entry in found.entries}


PATCHES, BIG = a_defect(123), a_defect(600, version="6.0.0.0")
