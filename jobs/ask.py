"""Asking: what runs where, what is not level, the story of a release, the calendar, a note; nothing is written."""

from __future__ import annotations

from dataclasses import fields
from typing import assert_never

from adapters.configuration.configuration import Configuration
from adapters.terminal.layout import Layout
from adapters.terminal.talk import Output, Talk, plain
from bot.compose_rollout_report import NoReport, rollout_report
from bot.current_note import NoNote, current_note, quoted_in_note
from bot.dates import spoken
from bot.facts import Facts
from bot.level import level_rows, missing_rows
from bot.local_time import Unclear, read_instant
from bot.matrix import matrix_rows
from bot.picture import Picture
from bot.recorded_release import UnknownRelease, recorded
from bot.release_note import ReleaseNote
from bot.release_story import ReleaseStory, release_story
from bot.rollout_report import RolloutReport
from bot.timetable import day_off_rows, freeze_rows, window_rows
from jobs.looked import looked
from jobs.observe import proved, read_closely, with_histories
from jobs.world import World

UNKNOWN, USAGE = 1, 2


def show_matrix(configuration: Configuration, said: Talk, at: str) -> int:
    """`at` is a local time of the programme; empty for now."""
    asked = read_instant(at, configuration.programme.zone) if at else None
    if isinstance(asked, Unclear):
        said.say(asked.words)
        return USAGE

    def show(world: World, facts: Facts) -> int:
        if asked is not None and asked > facts.now:
            said.say(f"{spoken(asked, configuration.programme.zone)} is still to come; for what is planned: calendar")
            return USAGE
        said.say(f"as of {spoken(asked or facts.now, configuration.programme.zone)}")
        said.rows("what runs where", matrix_rows(proved(world, asked), asked))
        return 0

    return looked(configuration, said, show)


def show_level(configuration: Configuration, said: Talk) -> int:
    def show(world: World, _: Facts) -> int:
        picture = proved(world)
        said.tables({"level environments": level_rows(picture), "fixes that one lacks": missing_rows(picture)})
        return 0

    return looked(configuration, said, show)


def show_release(configuration: Configuration, said: Talk, party: str, number: str) -> int:
    def show(world: World, facts: Facts) -> int:
        release = recorded(party, number, Picture(facts))
        if isinstance(release, UnknownRelease):
            said.say(release.words)
            return UNKNOWN
        _say_story(release_story(release, Picture(with_histories(world, release.ids))), said)
        return 0

    return looked(configuration, said, show)


def show_calendar(configuration: Configuration, said: Talk, weeks: int) -> int:
    def show(_: World, facts: Facts) -> int:
        programme, now = facts.programme, facts.now
        said.tables(
            {
                "windows": window_rows(Picture(facts), weeks),
                "freezes": freeze_rows(programme, now, weeks),
                "days off": day_off_rows(programme, now, weeks),
            }
        )
        return 0

    return looked(configuration, said, show)


def show_note(configuration: Configuration, said: Talk, id: int, layout: Layout) -> int:
    def show(world: World, facts: Facts) -> int:
        read_closely(world, quoted_in_note(id, Picture(facts)))
        note = current_note(id, Picture(with_histories(world)))
        if isinstance(note, NoNote):
            said.say(note.words)
            return UNKNOWN
        return _said(note, layout, said, world)

    return looked(configuration, said, show)


def show_report(configuration: Configuration, said: Talk, id: int, layout: Layout) -> int:
    """Testers are read from the defects themselves; whose word counts, from the RFC's history."""

    def show(world: World, facts: Facts) -> int:
        rfc = facts.rfcs.get(id)
        if rfc is not None:
            read_closely(world, ((rfc.fixes | rfc.accepted) & facts.defects.keys()) | {id})
        report = rollout_report(id, Picture(with_histories(world, {id, rfc.list_id or 0} if rfc is not None else ())))
        if isinstance(report, NoReport):
            said.say(report.words)
            return UNKNOWN
        return _said(report, layout, said, world)

    return looked(configuration, said, show)


def _say_story(story: ReleaseStory, said: Talk) -> None:
    if said.output is Output.JSON:
        said.json(plain(story))
        return
    named = f", {story.roadmap}" if story.roadmap else ""
    said.line(f"{story.party} {story.number} ({story.type}{named})", style="bold")
    parts = {field.name: getattr(story, field.name) for field in fields(story)}
    said.tables({name.replace("_", " "): rows for name, rows in parts.items() if isinstance(rows, tuple)})


def _said(document: ReleaseNote | RolloutReport, layout: Layout, said: Talk, world: World) -> int:
    if said.output is Output.JSON:
        said.json(plain(document))
    else:
        said.line(_laid_out(document, layout, world).rstrip("\n"))
    return 0


def _laid_out(document: ReleaseNote | RolloutReport, layout: Layout, world: World) -> str:
    match layout:
        case Layout.TEXT:
            return world.rendering.plain(document)
        case Layout.MARKDOWN:
            return world.rendering.markdown(document)
        case Layout.HTML:
            return world.rendering(document)
        case _:
            assert_never(layout)
