"""Keeping the candidate lists in step with the proposals: created, rewritten, closed when nothing is left."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from bot.asked import RULE as COMMENTS
from bot.blocks import blocks, held_but_contained, open_again
from bot.candidate_list import CandidateList, Entry, ListState
from bot.change import Change, Edit, Field, Link, LinkKind
from bot.compose_list import compose_list
from bot.defect import Kind
from bot.emergency import emergency_list, propose_emergencies
from bot.list_check import number_problem
from bot.list_page import ListPage
from bot.number_notices import number_notices
from bot.passing import preferences
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.proposal import NoProposal, Proposal, propose
from bot.remark import Remark
from bot.roadmap import name_on_list
from bot.standing_list import standing_list
from bot.written import digest_of

RULE = "propose"
PACE = timedelta(minutes=15)
"""A list's work item is rewritten at most this often: each rewriting is a revision for everybody who watches it."""


def plan_lists(picture: Picture) -> Plan:
    """One list for each proposal; what is agreed keeps its entries, and only its notices are brought up to date."""
    regular = (action for found in propose(picture) for action in _actions(found, picture))
    asked = propose_emergencies(picture)
    emergencies = (action for found in asked for action in _emergency_actions(found, picture))
    return Plan((*regular, *emergencies, *_emergencies_given_up(asked, picture)))


def _emergency_actions(found: Proposal, picture: Picture) -> Iterator[Action]:
    standing = emergency_list(picture.open_lists(found.environment, found.party), found.number)
    return _kept_in_step(standing, found, picture)


def _actions(found: Proposal | NoProposal, picture: Picture) -> Iterator[Action]:
    open_lists = picture.open_lists(found.environment, found.party)
    type_ = found.window.type if isinstance(found, Proposal) else found.type
    standing = standing_list(open_lists, type_)
    for duplicate in open_lists:
        has_rfc = duplicate.id in picture.rfc_of_list
        is_waiting = duplicate.state is ListState.PROPOSED and duplicate.type is type_ and not has_rfc
        if standing is not None and is_waiting and duplicate.id != standing.id:
            yield _close(duplicate, f"list {standing.id} stands for the same environment, party and type")
    yield from _kept_in_step(standing, found, picture)


def _kept_in_step(standing: CandidateList | None, found: Proposal | NoProposal, picture: Picture) -> Iterator[Action]:
    if standing is None:
        if isinstance(found, Proposal):
            yield _create(found, picture)
    elif standing.state is ListState.AGREED:
        yield from _refresh_notices(standing, picture)
    elif isinstance(found, NoProposal):
        yield _close(standing, f"nothing is left to release: {found.words}")
    else:
        yield from _rewrite(standing, found, picture)


def _emergencies_given_up(asked: Collection[Proposal], picture: Picture) -> Iterator[Action]:
    wanted = {(found.environment, found.party, found.number) for found in asked}
    for _, standing in sorted(picture.facts.lists.items()):
        key = (standing.environment, standing.party, standing.number)
        if standing.state is ListState.PROPOSED and not standing.is_regular and key not in wanted:
            yield _close(standing, "its fix is not asked for as an emergency any more")


def _create(proposal: Proposal, picture: Picture) -> Action:
    page = _page(proposal, picture, None)
    environment = picture.facts.programme.environments[proposal.environment]
    earlier = (c.sequence for c in picture.lists_of(proposal.environment, proposal.party))
    edits = (
        Edit(Field.TITLE, None, page.title),
        Edit(Field.ENVIRONMENT, None, proposal.environment),
        Edit(Field.PARTY, None, proposal.party),
        Edit(Field.SEQUENCE, None, max(earlier, default=0) + 1),
        Edit(Field.NUMBER, None, proposal.number),
        Edit(Field.TYPE, None, proposal.window.type),
        Edit(Field.WINDOW_START, None, proposal.window.start),
        Edit(Field.WINDOW_END, None, proposal.window.end),
        Edit(Field.BODY, None, page),
        *name_on_list("", environment, proposal.window),
    )
    links = tuple(_link(entry) for entry in sorted(proposal.entries))
    reason = f"{proposal.number} brings {_counted(proposal.entries)} to {proposal.environment}"
    subject = f"list of {proposal.party} for {proposal.environment}"
    if not proposal.number.is_regular:
        subject = f"{subject}, emergency {proposal.number}"
    elif proposal.window.type is not environment.regular_type:
        subject = f"{subject}, {proposal.window.type.value}"
    change = Change(Kind.LIST, None, None, edits, links)
    number = str(proposal.number)
    return Action(ActionKind.CREATE_LIST, RULE, reason, subject, change, digest_of(page), number)


def _rewrite(standing: CandidateList, proposal: Proposal, picture: Picture) -> Iterator[Action]:
    page = _page(proposal, picture, standing)
    environment = picture.facts.programme.environments[proposal.environment]
    is_wrong = bool(number_problem(standing, picture))
    came = proposal.entries - standing.entries
    went = standing.entries - proposal.entries
    moved = proposal.window != standing.window
    edits = [
        Edit(field, old, new)
        for field, old, new in (
            (Field.TITLE, standing.title, page.title),
            (Field.NUMBER, standing.number, standing.number if is_wrong else proposal.number),
            (Field.TYPE, standing.type, proposal.window.type),
            (Field.WINDOW_START, standing.window.start, proposal.window.start),
            (Field.WINDOW_END, standing.window.end, proposal.window.end),
            (Field.SEAL, standing.seal, ""),
        )
        if old != new
    ]
    edits += name_on_list(standing.roadmap, environment, proposal.window)
    if not (edits or came or went or _is_stale(standing, page)) or _written_just_now(standing, picture):
        return
    if moved:
        words = f"The window passed without agreement; the list now stands for {page.window}."
        edits.append(Edit(Field.REMARK, None, Remark((words,))))
    edits.append(Edit(Field.BODY, None, page))
    reason = f"{len(came)} in, {len(went)} out" if came or went else "its window or its text changed"
    change = Change(
        Kind.LIST,
        standing.id,
        standing.rev,
        tuple(edits),
        tuple(_link(entry) for entry in sorted(came)),
        tuple(_link(entry) for entry in sorted(went)),
    )
    number = "" if is_wrong or standing.chosen_number == proposal.number else str(proposal.number)
    yield Action(ActionKind.REWRITE_LIST, RULE, reason, f"list {standing.id}", change, digest_of(page), number)


def _refresh_notices(standing: CandidateList, picture: Picture) -> Iterator[Action]:
    number = standing.number
    if number is None or _written_just_now(standing, picture):
        return
    told = number_notices(standing.environment, standing.party, number, standing.entries, picture)
    preferred = preferences(standing.environment, standing.party, number, picture, standing.entries)
    notices = (*blocks(standing, picture), *open_again(standing, picture), *told, *preferred)
    page = compose_list(
        standing.environment,
        standing.party,
        number,
        standing.window,
        standing.entries,
        picture,
        notices,
        standing,
    )
    if _is_stale(standing, page):
        change = Change(Kind.LIST, standing.id, standing.rev, (Edit(Field.BODY, None, page),))
        reason = "; ".join(notices) or "what is left out has changed"
        subject, digest = f"list {standing.id}", digest_of(page)
        yield Action(ActionKind.REWRITE_LIST, RULE, reason, subject, change, digest, standing.own_number)


def _close(candidate_list: CandidateList, why: str) -> Action:
    edits = (
        Edit(Field.STATE, candidate_list.state, ListState.CLOSED),
        Edit(Field.REMARK, None, Remark((f"Closed: {why}.",))),
    )
    change = Change(Kind.LIST, candidate_list.id, candidate_list.rev, edits)
    return Action(ActionKind.CLOSE_LIST, RULE, why, f"list {candidate_list.id}", change)


def _page(proposal: Proposal, picture: Picture, standing: CandidateList | None) -> ListPage:
    held = picture.held_in(proposal.environment, (e.fix.defect for e in proposal.entries))
    notices = tuple(
        f"{id} is held for {proposal.environment}: while it is, no RFC is raised for a release that contains it"
        for id in held
    )
    preferred = preferences(proposal.environment, proposal.party, proposal.number, picture, proposal.entries)
    told = number_notices(proposal.environment, proposal.party, proposal.number, proposal.entries, picture)
    notices = (*notices, *held_but_contained(proposal.party, proposal.number, picture), *told, *preferred)
    if standing is not None and (problem := number_problem(standing, picture)):
        notices = (*notices, f"{problem}: correct or clear it")
    return compose_list(
        proposal.environment,
        proposal.party,
        proposal.number,
        proposal.window,
        proposal.entries,
        picture,
        notices,
        standing,
    )


def _link(entry: Entry) -> Link:
    return Link(LinkKind.ENTRY, entry.fix.defect, str(entry))


def _is_stale(standing: CandidateList, page: ListPage) -> bool:
    return standing.written is None or standing.written.digest != digest_of(page)


def _written_just_now(standing: CandidateList, picture: Picture) -> bool:
    """Whether the bot wrote it a moment ago, unasked: what a person did or asked for there is shown at once."""
    by_person = standing.changed_by not in ("", picture.facts.bot)
    was_asked = standing.written is not None and standing.written.rule == COMMENTS
    if by_person or was_asked or standing.changed_at is None:
        return False
    return picture.facts.now - standing.changed_at < PACE


def _counted(entries: frozenset[Entry]) -> str:
    if not entries:
        return "nothing new"
    return "1 fix" if len(entries) == 1 else f"{len(entries)} fixes"
