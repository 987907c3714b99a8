"""Rewriting a candidate list: its fields and links while it is proposed, its notices once it is agreed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.asked import RULE as COMMENTS
from bot.blocks import blocks, open_again
from bot.candidate_list import CandidateList
from bot.change import Change, Edit, Field
from bot.compose_list import compose_list
from bot.create_list import RULE, link_to
from bot.defect import Kind
from bot.list_check import number_problem
from bot.list_page import ListPage
from bot.number_notices import number_notices
from bot.passing import preferences
from bot.picture import Picture
from bot.plan import Action, ActionKind
from bot.proposal import Proposal
from bot.proposed_page import proposed_page
from bot.remark import Remark
from bot.roadmap import name_on_list
from bot.written import digest_of

PACE = timedelta(minutes=15)
"""A list's work item is rewritten at most this often: each rewriting is a revision for everybody who watches it."""


def rewrite_list(standing: CandidateList, proposal: Proposal, picture: Picture) -> Iterator[Action]:
    page = proposed_page(proposal, picture, standing)
    is_wrong = bool(number_problem(standing, picture))
    came = proposal.entries - standing.entries
    went = standing.entries - proposal.entries
    edits = tuple(_edits(standing, proposal, page, picture, keeps_number=is_wrong))
    if not (edits or came or went or _is_stale(standing, page)) or _written_just_now(standing, picture):
        return
    if proposal.window != standing.window:
        words = f"The window passed without agreement; the list now stands for {page.window}."
        edits = (*edits, Edit(Field.REMARK, None, Remark((words,))))
    reason = f"{len(came)} added, {len(went)} taken off" if came or went else "its window or its text changed"
    change = Change(
        Kind.LIST,
        standing.id,
        standing.rev,
        (*edits, Edit(Field.BODY, None, page)),
        tuple(link_to(entry) for entry in sorted(came)),
        tuple(link_to(entry) for entry in sorted(went)),
    )
    number = "" if is_wrong or standing.chosen_number == proposal.number else str(proposal.number)
    yield Action(ActionKind.REWRITE_LIST, RULE, reason, f"list {standing.id}", change, digest_of(page), number)


def _edits(
    standing: CandidateList, proposal: Proposal, page: ListPage, picture: Picture, *, keeps_number: bool
) -> Iterator[Edit]:
    """What a person has mistyped as number stays for them to correct."""
    fields = (
        (Field.TITLE, standing.title, page.title),
        (Field.NUMBER, standing.number, standing.number if keeps_number else proposal.number),
        (Field.TYPE, standing.type, proposal.window.type),
        (Field.WINDOW_START, standing.window.start, proposal.window.start),
        (Field.WINDOW_END, standing.window.end, proposal.window.end),
        (Field.SEAL, standing.seal, ""),
    )
    yield from (Edit(field, old, new) for field, old, new in fields if old != new)
    environment = picture.facts.programme.environments[proposal.environment]
    yield from name_on_list(standing.roadmap, environment, proposal.window)


def refresh_notices(standing: CandidateList, picture: Picture) -> Iterator[Action]:
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


def _is_stale(standing: CandidateList, page: ListPage) -> bool:
    return standing.written is None or standing.written.digest != digest_of(page)


def _written_just_now(standing: CandidateList, picture: Picture) -> bool:
    """Whether the bot wrote it a moment ago, unasked: what a person did or asked for there is shown at once."""
    by_person = standing.changed_by not in ("", picture.facts.bot)
    was_asked = standing.written is not None and standing.written.rule == COMMENTS
    if by_person or was_asked or standing.changed_at is None:
        return False
    return picture.facts.now - standing.changed_at < PACE
