"""Rehearsing: the past is read from the server and decided on anew; nothing is written, not even to the store."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from threading import Event

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.past import Past as WorkItems
from adapters.azure_devops.reading_the_past import read_past
from adapters.configuration.configuration import Configuration
from adapters.rendering import Rendering
from adapters.terminal.layout import PaperLayout
from adapters.terminal.talk import Output, Talk, plain
from bot.baseline_then import programme_then
from bot.dates import spoken_day
from bot.facts import Facts
from bot.local_time import Unclear, read_instant
from bot.past import Past
from bot.past_windows import first_cut_off
from bot.programme import Programme
from bot.rehearsal import Rehearsal, rehearse
from jobs.run import Ending
from jobs.wiring import boards_of, private_cache, web_url

USAGE = 2


def show_rehearsal(
    configuration: Configuration, said: Talk, day: str, environment: str, party: str, layout: PaperLayout
) -> int:
    """`environment` and `party` are empty for all of them."""
    programme = configuration.programme
    since = read_instant(f"{day.strip()} 00:00", programme.zone)
    if isinstance(since, Unclear):
        return _refused(f"“{day.strip()}” is no day: write it as 2026-10-01", said)
    for name, known in ((environment, programme.environments), (party, programme.parties)):
        if name and name not in known:
            return _refused(f"{name} is not in the settings: there are {', '.join(known)}", said)
    private_cache(configuration.folder)
    boards = boards_of(configuration, Event())
    try:
        boards.signed_in_as()
        if since >= boards.server_time():
            return _refused(f"{day.strip()} is still to come", said)
        past, put_aside = the_past(boards, configuration, since)
    except Failure as failure:
        said.say(f"{configuration.connection.organisation_url}: {failure}")
        return Ending.of(failure).value
    found = rehearse(past, _chosen(environment, programme.environments), _chosen(party, programme.parties))
    _show(replace(found, notes=(*put_aside, *found.notes)), configuration, said, layout)
    return 0


def the_past(boards: Boards, configuration: Configuration, since: datetime) -> tuple[Past, tuple[str, ...]]:
    """All of it up to now; and what was put aside of the settings, because it was not so then."""
    programme, until = configuration.programme, boards.server_time()
    known_from = min(since, first_cut_off(programme, since, until))
    items = read_past(boards.work_items, configuration.spelling, known_from)

    def as_of(at: datetime, programme: Programme) -> Facts:
        return _facts(items, at, programme, configuration.sign_in.account)

    then, put_aside = programme_then(as_of(until, programme), since)
    past = Past(lambda at: as_of(at, then), items.defect_as_of, items.histories, known_from, since, until)
    return past, put_aside


def _facts(items: WorkItems, at: datetime, programme: Programme, bot: str) -> Facts:
    """Lists are left out: a rehearsal makes its own. Of the RFCs' histories, what had happened by then."""
    found = items.as_of(at)
    histories = {id: tuple(step for step in items.histories[id] if step.at <= at) for id in found.rfcs}
    return Facts(now=at, bot=bot, programme=programme, defects=found.defects, rfcs=found.rfcs, histories=histories)


def _chosen(name: str, known: Collection[str]) -> Collection[str]:
    return [name] if name else list(known)


def _refused(words: str, said: Talk) -> int:
    said.say(words)
    return USAGE


def _show(found: Rehearsal, configuration: Configuration, said: Talk, layout: PaperLayout) -> None:
    zone = configuration.programme.zone
    first, last = (spoken_day(instant.astimezone(zone).date()) for instant in (found.since, found.until))
    if found.is_empty:
        said.say("there is nothing to compare: no release was due or asked for in that time, and nothing handed over")
    if said.output is Output.JSON:
        said.json(plain(found))
    elif layout is PaperLayout.MARKDOWN:
        text = Rendering(web_url(configuration)).rehearsal(found, zone)
        said.line(text.rstrip("\n"))
    else:
        said.line(f"Rehearsal, {first} to {last}", style="bold")
        said.tables(
            {
                "lists": found.lists,
                "hand-overs to testers": found.retests,
                "windows": found.windows,
                "differences on lists": found.on_lists,
                "differences in retest": found.in_retest,
            }
        )
        for words in found.notes:
            said.say(words)
