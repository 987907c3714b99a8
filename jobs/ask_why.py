"""Asking why: the passport of one defect or change request, from its history and those of its lists and RFCs."""

from __future__ import annotations

from adapters.configuration.configuration import Configuration
from adapters.terminal.talk import Output, Talk
from bot.facts import Facts
from bot.journey import followed
from bot.passport import Passport, passport_of
from bot.picture import Picture
from jobs.looked import looked
from jobs.observe import facts_of, proved, read_closely
from jobs.world import World

UNKNOWN = 1
TABLES = ("where_its_fix_is", "how_it_came_here", "bounces")


def show_why(configuration: Configuration, said: Talk, id: int) -> int:
    def show(world: World, facts: Facts) -> int:
        defect = facts.defects.get(id)
        if defect is not None and not defect.assigned_to:
            read_closely(world, [id])
            facts = facts_of(world)
        also = followed(defect, Picture(facts)) if defect is not None else ()
        passport = passport_of(id, proved(world, also=also))
        if passport is None:
            said.say(_what_it_is(id, world, facts, configuration.connection.project))
            return UNKNOWN
        _say(passport, said)
        return 0

    return looked(configuration, said, show)


def _what_it_is(id: int, world: World, facts: Facts, project: str) -> str:
    if id in facts.lists:
        return f"{id} is a candidate list, {facts.lists[id].key}: see shunter lists, and shunter note {id}"
    if id in facts.rfcs:
        rfc = facts.rfcs[id]
        return f"{id} is an RFC, {rfc.key}: see shunter release {rfc.party} {rfc.number}, and shunter note {id}"
    rows = world.boards.closely([id])
    if rows:
        return f"{id} is of type {rows[0].type}, which is neither a defect nor a change request by the settings"
    return f"{id}: no such work item is in {project}, or {world.boards.signed_in_as()} may not see it"


def _say(passport: Passport, said: Talk) -> None:
    said.record(passport, without=TABLES)
    if said.output is not Output.JSON:
        tables = {name: getattr(passport, name) for name in TABLES}
        said.tables({name.replace("_", " "): rows for name, rows in tables.items() if rows})
