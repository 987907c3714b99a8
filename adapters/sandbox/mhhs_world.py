"""The default world: the MHHS programme on a Thursday morning, two hundred defects old, before Shunter's first run."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.mhhs_process import MHHS_PROCESS
from adapters.sandbox.mhhs_seeds import bot_rights
from adapters.sandbox.mhhs_seeds.act import Act
from adapters.sandbox.mhhs_seeds.change_requests import CHANGE_REQUESTS
from adapters.sandbox.mhhs_seeds.life_of_change import life_of_change
from adapters.sandbox.mhhs_seeds.life_of_defect import life_of_defect
from adapters.sandbox.mhhs_seeds.moments import STORY_STARTS
from adapters.sandbox.mhhs_seeds.people import PEOPLE
from adapters.sandbox.mhhs_seeds.population import defects

SEED = 2026


def mhhs_world(clock: SettableClock | None = None) -> Azure:
    """The same world each time. A clock that is given is set to its start, Thu 03-Dec-2026 09:30 UTC."""
    clock = clock or SettableClock(STORY_STARTS)
    azure = Azure(organisation="sandbox", project="MHHS", process=MHHS_PROCESS, people=PEOPLE, clock=clock)
    azure.wiki.create()
    bot_rights.settle(azure)
    for act in sorted(_acts(), key=lambda act: (act.at, act.id)):
        clock.set(act.at)
        _do(act, azure)
    clock.set(STORY_STARTS)
    return azure


def _acts() -> Iterator[Act]:
    for defect in defects(_dice(0)):
        yield from life_of_defect(defect, _dice(defect.id))
    for change in CHANGE_REQUESTS:
        yield from life_of_change(change, _dice(change.id))


def _dice(id: int) -> Random:
    """Of its own for each work item, so that a change of one leaves the others as they are."""
    return Random(SEED * 1000 + id)  # noqa: S311 - the same each time is what is wanted; nothing here is secret


def _do(act: Act, azure: Azure) -> None:
    person = azure.person(act.by)
    if act.type:
        azure.put(act.id, act.type, act.fields, by=act.by, at=act.at)
    else:
        person.edit(act.id, act.fields)
    for rel, target in act.links:
        person.link(act.id, rel, target)
