"""Keeping the candidate lists in step with the proposals: created, rewritten, closed when nothing is left."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.candidate_list import CandidateList, ListState
from bot.change import Change, Edit, Field
from bot.create_list import RULE, create_list
from bot.defect import Kind
from bot.emergency import emergency_list, propose_emergencies
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.proposal import NoProposal, Proposal, propose
from bot.remark import Remark
from bot.rewrite_list import refresh_notices, rewrite_list
from bot.second_lists import why_kept
from bot.standing_list import standing_list


def plan_lists(picture: Picture) -> Plan:
    """One list for each proposal; what is agreed keeps its entries, and only its notices are brought up to date."""
    regular = (action for found in propose(picture) for action in _actions(found, picture))
    asked = propose_emergencies(picture)
    emergencies = (action for found in asked for action in _emergency_actions(found, picture))
    return Plan((*_seconds(picture), *regular, *emergencies, *_emergencies_given_up(asked, picture)))


def _seconds(picture: Picture) -> Iterator[Action]:
    """Should two ever wait for the same; what a person has written on is theirs to close."""
    for id, first in picture.second_lists.items():
        second = picture.facts.lists[id]
        if not why_kept(second, picture.facts):
            yield _close(second, f"list {first.id} stands for the same environment, party and type", first.id)


def _emergency_actions(found: Proposal, picture: Picture) -> Iterator[Action]:
    standing = emergency_list(picture.open_lists(found.environment, found.party), found.number)
    return _kept_in_step(standing, found, picture)


def _actions(found: Proposal | NoProposal, picture: Picture) -> Iterator[Action]:
    open_lists = picture.open_lists(found.environment, found.party)
    type_ = found.window.type if isinstance(found, Proposal) else found.type
    standing = standing_list(open_lists, type_)
    yield from _kept_in_step(standing, found, picture)


def _kept_in_step(standing: CandidateList | None, found: Proposal | NoProposal, picture: Picture) -> Iterator[Action]:
    if standing is None:
        if isinstance(found, Proposal):
            yield create_list(found, picture)
    elif standing.state is ListState.AGREED:
        yield from refresh_notices(standing, picture)
    elif isinstance(found, NoProposal):
        yield _close(standing, f"nothing is left to release: {found.words}")
    else:
        yield from rewrite_list(standing, found, picture)


def _emergencies_given_up(asked: Collection[Proposal], picture: Picture) -> Iterator[Action]:
    wanted = {(found.environment, found.party, found.number) for found in asked}
    for _, standing in sorted(picture.facts.lists.items()):
        key = (standing.environment, standing.party, standing.number)
        if standing.state is ListState.PROPOSED and not standing.is_regular and key not in wanted:
            yield _close(standing, "its fix is not asked for as an emergency any more")


def _close(candidate_list: CandidateList, why: str, *about: int) -> Action:
    edits = (
        Edit(Field.STATE, candidate_list.state, ListState.CLOSED),
        Edit(Field.REMARK, None, Remark((f"Closed: {why}.",), about)),
    )
    change = Change(Kind.LIST, candidate_list.id, candidate_list.rev, edits)
    return Action(ActionKind.CLOSE_LIST, RULE, why, f"list {candidate_list.id}", change)
