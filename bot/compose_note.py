"""Composing a release note from a sealed list: everything that an RFC has to carry [M12.10]."""

from __future__ import annotations

from collections.abc import Iterable

from bot.candidate_list import CandidateList, Entry, Role
from bot.compose_list import NO_SEVERITY, UNKNOWN_TITLE, headings, order
from bot.dates import spoken, spoken_day
from bot.defect import Defect, Defects
from bot.known_issues import found_in_any
from bot.party import Party, WayBack
from bot.picture import Picture
from bot.release_note import ChangeLine, KnownIssue, NoteGroup, NoteLine, ReleaseNote

UNTOLD = "Not stated; the party's release manager adds it to the RFC."


def compose_note(sealed: CandidateList, picture: Picture) -> ReleaseNote:
    """The note of what the sealed list says, no more and no less: its count is the list's count."""
    programme, defects = picture.facts.programme, picture.facts.defects
    party = programme.parties[sealed.party]
    reason = reason_of(sealed)
    return ReleaseNote(
        title=title_of(sealed),
        programme=programme.name,
        reason=reason,
        number=str(sealed.number),
        type=programme.name_of(sealed.type),
        date=spoken_day(sealed.window.start.astimezone(programme.zone).date()),
        environment=sealed.environment,
        party=sealed.party,
        components=", ".join(party.components),
        window=f"{spoken(sealed.window.start, programme.zone)} to {spoken(sealed.window.end, programme.zone)}",
        downtime=UNTOLD,
        instructions=UNTOLD,
        way_back=way_back_of(party),
        roadmap=sealed.roadmap.strip(),
        candidate_list=sealed.id,
        edition=sealed.edition,
        seal=sealed.seal,
        groups=_groups(sealed, defects),
        changes=_changes(sealed.entries, defects),
        known_issues=tuple(
            KnownIssue(d.id, d.severity or NO_SEVERITY, d.title, d.workaround)
            for d in found_in_any(programme.environments[sealed.environment].covers, picture.known_issues)
        ),
    )


def title_of(sealed: CandidateList) -> str:
    return f"RFC: {sealed.key}: {reason_of(sealed)}"


def reason_of(sealed: CandidateList) -> str:
    """What the release is for, in a few words: how many defects it fixes and change requests it carries."""
    changes = sum(entry.role is Role.CHANGE for entry in sealed.entries)
    defects = len(sealed.entries) - changes
    parts = [_counted(defects, "defect fixed", "defects fixed")] if defects else []
    if changes:
        parts.append(_counted(changes, "change request", "change requests"))
    return ", ".join(parts) or "nothing new"


def way_back_of(party: Party) -> str:
    """A rollback plan is asked of every party but those that fix forward [M12.10], [C5.5]."""
    if party.way_back is WayBack.FIX_FORWARD:
        return f"{party.name} fixes forward: no rollback plan is asked for."
    return f"Rollback. The plan is {party.name}'s to attach to the RFC, for whoever approves it."


def _groups(sealed: CandidateList, defects: Defects) -> tuple[NoteGroup, ...]:
    ordered = sorted(sealed.entries, key=lambda e: order(e, defects.get(e.fix.defect)))
    groups = (
        NoteGroup(heading, tuple(_line(e, defects.get(e.fix.defect)) for e in ordered if e.role is role))
        for role, heading in headings(sealed.environment).items()
        if role is not Role.CHANGE
    )
    return tuple(group for group in groups if group.lines)


def _line(entry: Entry, defect: Defect | None) -> NoteLine:
    if defect is None:
        return NoteLine(entry.fix.defect, NO_SEVERITY, UNKNOWN_TITLE, str(entry.fix.number), "")
    severity = defect.severity or NO_SEVERITY
    return NoteLine(defect.id, severity, defect.title, str(entry.fix.number), defect.found_in_text)


def _changes(entries: Iterable[Entry], defects: Defects) -> tuple[ChangeLine, ...]:
    ids = sorted(entry.fix.defect for entry in entries if entry.role is Role.CHANGE)
    found = ((id, defects.get(id)) for id in ids)
    return tuple(ChangeLine(id, d.title, d.summary) if d else ChangeLine(id, UNKNOWN_TITLE, "") for id, d in found)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
