"""Composing the page of an environment: what runs there by party, what comes, and its notes, newest first [M4.3]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.compose_list import NO_SEVERITY
from bot.current_note import NoNote, current_note
from bot.dates import spoken, spoken_day
from bot.environment_page import ComingLine, EnvironmentPage, PageNote, RunsLine
from bot.known_issues import found_in_any
from bot.matrix import MatrixRow, matrix_rows
from bot.picture import Picture
from bot.release_note import KnownIssue, ReleaseNote
from bot.rfc import Rfc
from bot.second_rfcs import words_of

MOST_NOTES = 20
MOST_LINES = 1000
"""A page stays far below what a wiki takes. The newest note stands on it, however long it is."""
UNTOLD = "not told"


def compose_page(environment: str, picture: Picture) -> EnvironmentPage:
    """For a place that stands for several environments its releases are on the pages of all of them [M8.2]."""
    programme = picture.facts.programme
    own = programme.environments[environment]
    places = frozenset(place.name for place in programme.environments.values() if environment in place.covers)
    rfcs = _newest_first(places, picture)
    notes = tuple(_readable(rfcs, picture))
    return EnvironmentPage(
        environment=environment,
        programme=programme.name,
        runs=tuple(_runs(row, environment, picture) for row in picture.once(matrix_rows) if row.environment in places),
        coming=tuple(_coming(rfc, picture) for rfc in reversed(rfcs) if rfc.is_under_way),
        known_issues=tuple(
            KnownIssue(d.id, d.severity or NO_SEVERITY, d.title, d.workaround)
            for d in found_in_any(own.covers, picture.known_issues)
        ),
        notes=notes,
        left_out=_left_out(rfcs[len(notes) :], picture),
    )


def _newest_first(places: Iterable[str], picture: Picture) -> Sequence[Rfc]:
    """By what has arrived when, or is to; what was withdrawn or a duplicate is nobody's to read."""
    here = (
        rfc
        for rfc in picture.facts.rfcs.values()
        if rfc.environment in places
        and picture.facts.programme.knows(rfc.environment, rfc.party)
        and rfc.number is not None
        and rfc.is_live
    )
    return sorted(here, key=lambda rfc: (_at(rfc, picture), rfc.id), reverse=True)


def _at(rfc: Rfc, picture: Picture) -> datetime:
    deployment = picture.deployment_of(rfc)
    return deployment.at if deployment is not None else rfc.window.start


def _readable(rfcs: Sequence[Rfc], picture: Picture) -> Iterator[PageNote]:
    lines = 0
    for rfc in rfcs[:MOST_NOTES]:
        note = _note(rfc, picture)
        lines += note.note.count if note.note is not None else 1
        if lines > MOST_LINES and rfc is not rfcs[0]:
            return
        yield note


def _note(rfc: Rfc, picture: Picture) -> PageNote:
    found = current_note(rfc.id, picture)
    match found:
        case NoNote(words):
            return PageNote(rfc.id, f"RFC {rfc.id}: {rfc.key}", f"{words}.", None)
        case ReleaseNote():
            return PageNote(rfc.id, found.title, found.reason, found)


def _left_out(older: Sequence[Rfc], picture: Picture) -> str:
    if not older:
        return ""
    zone = picture.facts.programme.zone
    newest, count = older[0], "1 older release is" if len(older) == 1 else f"{len(older)} older releases are"
    day = spoken_day(_at(newest, picture).astimezone(zone).date())
    return f"{count} left out, from RFC {newest.id} ({newest.key}, {day}) back: each RFC carries its own note."


def _runs(row: MatrixRow, environment: str, picture: Picture) -> RunsLine:
    return RunsLine(
        party=row.party if row.environment == environment else f"{row.party}, as {row.environment}",
        components=", ".join(row.components),
        version=row.version,
        since=spoken(row.since, picture.facts.programme.zone) if row.since is not None else UNTOLD,
        through=row.through,
        rfc=row.rfc,
        words=row.words,
    )


def _coming(rfc: Rfc, picture: Picture) -> ComingLine:
    programme = picture.facts.programme
    start, end = (spoken(instant, programme.zone) for instant in (rfc.window.start, rfc.window.end))
    return ComingLine(
        rfc=rfc.id,
        party=rfc.party,
        number=str(rfc.number),
        type=programme.name_of(rfc.type),
        window=f"{start} to {end}" if rfc.window.is_named else UNTOLD,
        state=_state(rfc, picture),
    )


def _state(rfc: Rfc, picture: Picture) -> str:
    first = picture.second_rfcs.get(rfc.id)
    return rfc.state.value if first is None else f"{rfc.state.value}; {words_of(first)}"
