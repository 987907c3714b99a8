"""Composing the page of a candidate list: order, headings, what is left out and why, what happens next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from bot.candidate_list import CandidateList, Entry, ListState, Role
from bot.dates import spoken
from bot.defect import Defect
from bot.emergency import or_why_no_emergency
from bot.left_out import LeftOut
from bot.list_page import LeftOutLine, ListGroup, ListLine, ListPage
from bot.number import Number
from bot.party import Numbers
from bot.picture import Picture
from bot.proposal import Proposal, proposals
from bot.standing import standings
from bot.window import Window, agree_by

NO_SEVERITY = "no severity"
UNKNOWN_TITLE = "(this work item cannot be read)"


def compose_list(
    environment: str,
    party: str,
    number: Number,
    window: Window,
    entries: Collection[Entry],
    picture: Picture,
    notices: tuple[str, ...] = (),
    standing: CandidateList | None = None,
) -> ListPage:
    """What people read on a list. `standing` is the work item as it is, None for one that is yet to be created."""
    programme = picture.facts.programme
    return ListPage(
        heading=f"{party} {number} to {environment}",
        programme=programme.name,
        environment=environment,
        party=party,
        release=f"{number} ({programme.name_of(window.type)}){_is_expected(party, number, standing, picture)}",
        window=f"{spoken(window.start, programme.zone)} to {spoken(window.end, programme.zone)}",
        agree_by=spoken(agree_by(window, programme), programme.zone),
        standing=_standing(environment, standing, picture),
        groups=_groups(environment, entries, picture),
        left_out=_left_out(environment, party, {entry.fix.defect for entry in entries}, picture),
        notices=notices,
    )


def _is_expected(party: str, number: Number, standing: CandidateList | None, picture: Picture) -> str:
    """What Shunter numbers has its number for good once a list is sealed with it [M11]."""
    is_fixed = number in picture.releases[party].brought or (standing is not None and standing.is_sealed)
    is_chosen = standing is not None and standing.chosen_number is not None
    by_shunter = picture.facts.programme.parties[party].numbers is Numbers.SHUNTER
    return ", expected: fixed when the list is sealed" if by_shunter and not is_fixed and not is_chosen else ""


def left_out_line(verdict: LeftOut, picture: Picture) -> LeftOutLine:
    defect = picture.facts.defects[verdict.defect]
    return LeftOutLine(
        id=defect.id,
        severity=defect.severity or NO_SEVERITY,
        title=defect.title,
        found_in=defect.found_in_text,
        reason=verdict.words,
        remedy=verdict.remedy,
    )


def _left_out(environment: str, party: str, listed: Collection[int], picture: Picture) -> tuple[LeftOutLine, ...]:
    judged = (or_why_no_emergency(verdict, picture) for verdict in picture.drafts[party].left_out)
    verdicts = sorted((*judged, *_without_list(environment, party, picture)), key=lambda verdict: verdict.defect)
    return tuple(left_out_line(verdict, picture) for verdict in verdicts if verdict.defect not in listed)


def _without_list(environment: str, party: str, picture: Picture) -> Iterator[LeftOut]:
    """What was found here and is in a release of which no list is made here, while another release is due."""
    found = proposals(picture).get((environment, party), ())
    coming = {entry.fix.defect for one in found if isinstance(one, Proposal) for entry in one.entries}
    for fix in picture.drafts[party].fixes:
        standing = standings(picture).get(fix.defect)
        if standing is None or standing.left_out is None or fix.defect in coming:
            continue
        if standing.defect.was_found_in(environment):
            yield standing.left_out


def order(entry: Entry, defect: Defect | None) -> tuple[str, int]:
    """Worst first, then by id; without a severity last."""
    severity = defect.severity if defect is not None else ""
    return (severity or "~", entry.fix.defect)


def headings(environment: str) -> dict[Role, str]:
    """What stands over the fixes of each role, in the order in which the roles are shown."""
    return {
        Role.RETEST_HERE: f"Retest in {environment}",
        Role.RETEST_ELSEWHERE: "Delivered here, retested elsewhere",
        Role.CARRIED: f"Carried over: runs in {environment} already",
        Role.CHANGE: "Change requests",
    }


def _groups(environment: str, entries: Iterable[Entry], picture: Picture) -> tuple[ListGroup, ...]:
    defects = picture.facts.defects
    ordered = sorted(entries, key=lambda e: order(e, defects.get(e.fix.defect)))
    groups = (
        ListGroup(heading, tuple(_line(e, defects.get(e.fix.defect)) for e in ordered if e.role is role))
        for role, heading in headings(environment).items()
    )
    return tuple(group for group in groups if group.lines)


def _line(entry: Entry, defect: Defect | None) -> ListLine:
    if defect is None:
        return ListLine(entry.fix.defect, NO_SEVERITY, UNKNOWN_TITLE, str(entry.fix.number), "", "")
    return ListLine(
        id=defect.id,
        severity=defect.severity or NO_SEVERITY,
        title=defect.title,
        number=str(entry.fix.number),
        found_in=defect.found_in_text,
        state=defect.state_text or defect.state.value,
    )


def _standing(environment: str, standing: CandidateList | None, picture: Picture) -> str:
    roles = " or ".join(picture.facts.programme.environments[environment].agrees)
    if standing is not None and standing.state is ListState.RAISED:
        return f"Agreed as edition {standing.edition}, and its RFC is raised."
    if standing is not None and standing.state is ListState.AGREED:
        sealed = f"sealed as edition {standing.edition}" if standing.is_sealed else "waiting to be sealed"
        return f"Agreed, and {sealed}. An RFC is raised from what is sealed."
    return (
        f"Proposed. The {roles} agrees it by setting its state. To keep a fix off the list, tag its defect Hold; "
        "to move it to a later window, set the planned-for date of its defect. Its party keeps it out of the build."
    )
