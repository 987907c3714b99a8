"""The story of a release: its content, lists, RFCs, deployments and deviations, and who did what when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.accepted import accepted_fix
from bot.candidate_list import CandidateList, ListState, Role
from bot.compose_list import NO_SEVERITY, UNKNOWN_TITLE
from bot.defect import Fix
from bot.deviation_row import DeviationRow
from bot.deviations import deviations_of
from bot.history import latest
from bot.picture import Picture
from bot.recorded_release import Recorded
from bot.release_trail import TrailRow, trail_of
from bot.rfc_story import RfcStory, story_of_rfc


@dataclass(frozen=True, slots=True)
class ContentRow:
    """One fix of a release, and its role in each environment that has it on a list, such as `SIT-A: retest here`."""

    defect: int
    severity: str
    version: str
    found_in: str
    state: str
    roles: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class ListStory:
    """One list of a release: what was agreed there, and by whom."""

    list: int
    environment: str
    state: str
    window: datetime
    fixes: int
    edition: int
    agreed_by: str
    agreed_at: datetime | None
    waiver: str
    seal: str


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """A fix that an older release brought, and that this one brings along."""

    defect: int
    brought_by: str
    environment: str
    words: str


@dataclass(frozen=True, slots=True)
class ReleaseStory:
    """All that is recorded of one release of one party."""

    party: str
    number: str
    type: str
    roadmap: str
    content: tuple[ContentRow, ...]
    carried_over: tuple[CarriedRow, ...]
    lists: tuple[ListStory, ...]
    rfcs: tuple[RfcStory, ...]
    deviations: tuple[DeviationRow, ...]
    trail: tuple[TrailRow, ...]


def release_story(release: Recorded, picture: Picture) -> ReleaseStory:
    """Told from the histories of its lists and RFCs: all of them have to be among the facts."""
    named = (*(c.roadmap for c in release.lists), *(rfc.roadmap for rfc in release.rfcs))
    roadmap = dict.fromkeys(name.strip() for name in named if name.strip())
    return ReleaseStory(
        party=release.party,
        number=str(release.number),
        type=picture.facts.programme.name_of(release.number.type),
        roadmap=", ".join(roadmap),
        content=_content(release, picture),
        carried_over=tuple(_carried(release)),
        lists=tuple(_list_story(c, picture) for c in release.lists),
        rfcs=tuple(story_of_rfc(rfc, picture) for rfc in release.rfcs),
        deviations=tuple(row for rfc in release.rfcs for row in deviations_of(rfc, picture)),
        trail=trail_of((*release.lists, *release.rfcs), picture),
    )


def _content(release: Recorded, picture: Picture) -> tuple[ContentRow, ...]:
    roles: dict[Fix, list[str]] = {}
    for candidate_list in release.lists:
        for entry in candidate_list.entries:
            roles.setdefault(entry.fix, []).append(f"{candidate_list.environment}: {entry.role.value}")
    for rfc in release.rfcs:
        for id in rfc.accepted:
            defect = picture.facts.defects.get(id)
            fix = accepted_fix(defect, release.number) if defect is not None else Fix(id, release.number)
            roles.setdefault(fix, []).append(f"{rfc.environment}: accepted on RFC {rfc.id}")
    rows = (_content_row(fix, tuple(told), picture) for fix, told in roles.items())
    return tuple(sorted(rows, key=lambda row: (row.severity, row.defect, row.version)))


def _content_row(fix: Fix, roles: tuple[str, ...], picture: Picture) -> ContentRow:
    defect = picture.facts.defects.get(fix.defect)
    if defect is None:
        return ContentRow(fix.defect, NO_SEVERITY, str(fix.number), "", "", roles, UNKNOWN_TITLE)
    return ContentRow(
        defect=defect.id,
        severity=defect.severity or NO_SEVERITY,
        version=str(fix.number),
        found_in=defect.found_in_text,
        state=defect.state_text or defect.state.value,
        roles=roles,
        title=defect.title,
    )


def _carried(release: Recorded) -> Iterator[CarriedRow]:
    """Fixes of an emergency [M12.8], and of a release that an environment has missed [M7.4]."""
    for candidate_list in release.lists:
        for entry in sorted(candidate_list.entries):
            brought_by, environment = entry.fix.number, candidate_list.environment
            if entry.role is Role.CARRIED:
                words = f"{environment} ran it already, by {brought_by}"
            elif brought_by != release.number:
                words = f"{environment} did not have it from {brought_by}"
            else:
                continue
            yield CarriedRow(entry.fix.defect, str(brought_by), environment, words)


def _list_story(candidate_list: CandidateList, picture: Picture) -> ListStory:
    agreed = latest(ListState.AGREED, picture.facts.histories.get(candidate_list.id, ()))
    return ListStory(
        list=candidate_list.id,
        environment=candidate_list.environment,
        state=candidate_list.state.value,
        window=candidate_list.window.start,
        fixes=len(candidate_list.entries),
        edition=candidate_list.edition,
        agreed_by=agreed.by if agreed is not None else "",
        agreed_at=agreed.at if agreed is not None else None,
        waiver=candidate_list.waiver.strip(),
        seal=candidate_list.seal,
    )
