"""Overviews: what stands where, as rows for a table: lists, what is left out, RFCs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot import second_lists, second_rfcs
from bot.answered import unsettled
from bot.approval import Deviation
from bot.candidate_list import CandidateList, ListState, Role
from bot.overdue import overdue
from bot.owners import approver_of
from bot.picture import Picture
from bot.proposal import NoProposal, propose
from bot.rfc import Rfc, RfcState
from bot.standing import standings
from bot.where import Where
from bot.why_not_raised import why_not_raised


@dataclass(frozen=True, slots=True)
class ListRow:
    """One open candidate list. `fixes` counts what is in, `retest` those that its environment found."""

    list: int
    environment: str
    party: str
    release: str
    window: datetime
    state: str
    fixes: int
    retest: int
    waits_for: str


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One resolved defect, the bucket that it is in, and what happens next."""

    defect: int
    severity: str
    found_in: str
    party: str
    where: str
    why: str
    next_step: str
    title: str


@dataclass(frozen=True, slots=True)
class RfcRow:
    """One RFC that is not closed or withdrawn."""

    rfc: int
    environment: str
    party: str
    release: str
    window: datetime
    state: str
    waits_for: str


@dataclass(frozen=True, slots=True)
class BucketRow:
    """How many resolved defects are in one bucket."""

    where: str
    defects: int


def list_rows(picture: Picture) -> tuple[ListRow, ...]:
    open_lists = (c for _, c in sorted(picture.facts.lists.items()) if c.is_open)
    return tuple(_list_row(c, picture) for c in sorted(open_lists, key=lambda c: (c.environment, c.party, c.id)))


def no_list_words(picture: Picture) -> tuple[str, ...]:
    """Where no list is proposed, and why: each reason of a party once."""
    found: dict[tuple[str, str], list[str]] = {}
    for p in propose(picture):
        if isinstance(p, NoProposal):
            found.setdefault((p.party, p.words), []).append(p.environment)
    return tuple(f"{party} for {', '.join(dict.fromkeys(where))}: {words}" for (party, words), where in found.items())


def standing_rows(picture: Picture, where: Where | None = None) -> tuple[StandingRow, ...]:
    found = sorted(standings(picture).values(), key=lambda s: (s.defect.party, s.defect.found_in, s.defect.id))
    return tuple(
        StandingRow(
            defect=s.defect.id,
            severity=s.defect.severity,
            found_in=s.defect.found_in_text,
            party=s.defect.party,
            where=s.where.value,
            why=s.words,
            next_step=s.next_step,
            title=s.defect.title,
        )
        for s in found
        if where is None or s.where is where
    )


def bucket_rows(picture: Picture) -> tuple[BucketRow, ...]:
    counted = Counter(s.where for s in standings(picture).values())
    return tuple(BucketRow(where.value, counted[where]) for where in Where)


def rfc_rows(picture: Picture) -> tuple[RfcRow, ...]:
    return tuple(_rfc_rows(picture))


def _list_row(candidate_list: CandidateList, picture: Picture) -> ListRow:
    return ListRow(
        list=candidate_list.id,
        environment=candidate_list.environment,
        party=candidate_list.party,
        release=str(candidate_list.number or candidate_list.unreadable_number),
        window=candidate_list.window.start,
        state=candidate_list.state.value,
        fixes=len(candidate_list.entries),
        retest=sum(e.role is Role.RETEST_HERE for e in candidate_list.entries),
        waits_for=_list_waits_for(candidate_list, picture),
    )


def _list_waits_for(candidate_list: CandidateList, picture: Picture) -> str:
    if (stands := picture.second_lists.get(candidate_list.id)) is not None:
        return second_lists.words_of(stands)
    match candidate_list.state:
        case ListState.AGREED:
            return why_not_raised(candidate_list, picture) or "its RFC, in the next run"
        case ListState.RAISED:
            rfc = picture.rfc_of_list.get(candidate_list.id)
            return f"RFC {rfc.id} is {rfc.state.value}" if rfc is not None else "its RFC cannot be found"
        case _:
            environment = picture.facts.programme.environments.get(candidate_list.environment)
            roles = " or ".join(environment.agrees) if environment is not None else "nobody known"
            return f"{roles} to agree"


def _rfc_rows(picture: Picture) -> Iterator[RfcRow]:
    for _, rfc in sorted(picture.facts.rfcs.items()):
        if rfc.state in (RfcState.CLOSED, RfcState.WITHDRAWN):
            continue
        yield RfcRow(
            rfc=rfc.id,
            environment=rfc.environment,
            party=rfc.party,
            release=str(rfc.number or ""),
            window=rfc.window.start,
            state=rfc.state.value,
            waits_for=second_rfcs.words_of(first)
            if (first := picture.second_rfcs.get(rfc.id))
            else _waits_for(rfc, picture),
        )


def _waits_for(rfc: Rfc, picture: Picture) -> str:
    environment = picture.facts.programme.environments.get(rfc.environment)
    if environment is None:
        return f"its environment {rfc.environment} is unknown"
    if rfc.party not in picture.facts.programme.parties:
        return f"its party {rfc.party} is unknown"
    deployment = picture.deployment_of(rfc)
    if deployment is not None:
        return deployment.incomplete or "its closure"
    if late := overdue(rfc, picture):
        return late
    approval = picture.approval_of(rfc)
    match rfc.state:
        case RfcState.RAISED:
            first = (found.words for found in unsettled(rfc, picture.answers_of(rfc), picture.facts.programme))
            return "; ".join([*first, f"{approver_of(environment)} to approve"])
        case RfcState.APPROVED:
            return f"a valid approval: {approval.words}" if isinstance(approval, Deviation) else "its deployment"
        case RfcState.REJECTED:
            return "its list to be agreed again"
        case _:
            return "a person"
