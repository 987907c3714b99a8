"""Agreeing: a list that a person of the role set to agreed is sealed; one that cannot stand goes back to proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.blocks import blocks
from bot.candidate_list import CandidateList, ListState, seal_of, still_sealed
from bot.change import Change, Edit, Field
from bot.compose_list import compose_list
from bot.dates import spoken
from bot.defect import Kind
from bot.fence import is_quarantined
from bot.history import Step, last_set
from bot.list_check import lacks, number_conflict, number_problem
from bot.number import Number, ReleaseType
from bot.number_notices import number_notices
from bot.number_race import words_of
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.postponed import Postponed, postponed, why_not
from bot.remark import Remark
from bot.rfc import Rfc, RfcState
from bot.waiver import counting_waiver
from bot.window import Window, agree_by
from bot.written import digest_of

RULE = "agree"


def plan_agreements(picture: Picture) -> Plan:
    """What is to be sealed, and what is to be agreed again, among the lists that somebody set to agreed [C6]."""
    actions: list[Action] = []
    sealing: list[CandidateList] = []
    for c in sorted(picture.facts.lists.values(), key=_by_number):
        decided = tuple(_decide(c, sealing, picture))
        actions += decided
        sealing += [c for action in decided if action.kind is ActionKind.SEAL]
    return Plan(tuple(actions))


def _by_number(candidate_list: CandidateList) -> tuple[bool, Number, int]:
    """What is agreed at one moment is sealed in the order of its numbers."""
    number = candidate_list.number
    return number is not None, number or Number(0), candidate_list.id


def _decide(candidate_list: CandidateList, sealing: Sequence[CandidateList], picture: Picture) -> Iterator[Action]:
    """`sealing`: the lists that are sealed in the same run before this one."""
    programme = picture.facts.programme
    if not programme.knows(candidate_list.environment, candidate_list.party):
        return
    match candidate_list.state:
        case ListState.RAISED:
            yield from _after_raising(candidate_list, picture)
        case ListState.AGREED if candidate_list.is_sealed:
            yield from _check_seal(candidate_list, picture)
        case ListState.AGREED:
            yield from _judge_agreement(candidate_list, sealing, picture)


def _check_seal(sealed: CandidateList, picture: Picture) -> Iterator[Action]:
    missing = ", ".join(map(str, lacks(sealed, picture)))
    holder = picture.holder_of(sealed)
    if not still_sealed(sealed):
        yield _reopen(sealed, "it was changed after it was sealed", picture)
    elif holder is not None:
        yield _reopen(sealed, words_of(holder), picture)
    elif missing:
        yield _reopen(sealed, f"its release would bring {missing} too, and it does not name them", picture)
    elif _is_late(sealed, picture) and not (sealed.claim and _claimed_just_now(sealed, picture)):
        yield _reopen(sealed, _lateness(sealed, picture), picture)


def _judge_agreement(agreed: CandidateList, sealing: Sequence[CandidateList], picture: Picture) -> Iterator[Action]:
    step = last_set(ListState.AGREED, picture.facts.histories.get(agreed.id, ()))
    if step is None or _waits(agreed, sealing):
        return
    holder = picture.holder_of(agreed, sealing)
    words = objection(agreed, step.by, picture) or (words_of(holder) if holder is not None else "")
    if words:
        yield _reopen(agreed, words, picture)
    elif agreed.number is not None and not blocks(agreed, picture):
        yield _seal(agreed, agreed.number, step, picture)


def _waits(agreed: CandidateList, sealing: Iterable[CandidateList]) -> bool:
    """For the next run: what is on it follows from a lower number of its party and type that is sealed in this one."""
    alike = (c for c in sealing if (c.party, c.type) == (agreed.party, agreed.type))
    return agreed.is_regular and any(c.number != agreed.number for c in alike)


def objection(candidate_list: CandidateList, by: str, picture: Picture) -> str:
    """Why the list would go back to proposed if this person set it to agreed; empty where it would not [C6]."""
    roles = picture.facts.programme.environments[candidate_list.environment].agrees
    if not any(by in people for people in roles.values()):
        return f"{by} is not {' or '.join(roles)} for {candidate_list.environment}, who agrees it"
    if problem := number_problem(candidate_list, picture):
        return problem
    if candidate_list.number is None:
        return "it has no release number, so there is nothing to agree yet"
    if not candidate_list.entries and candidate_list.type is not ReleaseType.MAJOR:
        return "nothing is on it"
    if problem := number_conflict(candidate_list, picture):
        return problem
    if missing := ", ".join(map(str, lacks(candidate_list, picture))):
        return f"its release would bring {missing} too, and it does not name them"
    if _is_late(candidate_list, picture):
        return _lateness(candidate_list, picture)
    return ""


def _is_late(candidate_list: CandidateList, picture: Picture) -> bool:
    """Whether the notice of its window has passed with neither an RFC nor a waiver [M10]."""
    deadline = agree_by(candidate_list.window, picture.facts.programme)
    has_rfc = candidate_list.id in picture.rfc_of_list
    return picture.facts.now > deadline and not counting_waiver(candidate_list, picture.facts) and not has_rfc


def _lateness(candidate_list: CandidateList, picture: Picture) -> str:
    programme = picture.facts.programme
    deadline = spoken(agree_by(candidate_list.window, programme), programme.zone)
    return f"the notice of its window ran out on {deadline}, and no waiver is recorded on it"


def _claimed_just_now(sealed: CandidateList, picture: Picture) -> bool:
    """Whether an RFC for it may be on its way: then its fate is not decided yet."""
    return sealed.changed_at is not None and is_quarantined(sealed.changed_at, picture.facts.now)


def _after_raising(candidate_list: CandidateList, picture: Picture) -> Iterator[Action]:
    rfc = picture.rfc_of_list.get(candidate_list.id)
    if rfc is None:
        return
    if rfc.state is RfcState.REJECTED:
        yield _reopen(candidate_list, f"its RFC {rfc.id} was rejected", picture)
        return
    moved = postponed(candidate_list, rfc, picture.facts)
    number = candidate_list.number
    if moved is not None and number is not None and not why_not(moved, candidate_list, rfc, picture.facts):
        yield _postpone(candidate_list, number, moved, rfc, picture)


def _seal(agreed: CandidateList, number: Number, step: Step, picture: Picture) -> Action:
    reason = f"agreed by {step.by} on {spoken(step.at, picture.facts.programme.zone)}"
    return _sealed(agreed, number, agreed.window, reason, picture)


def _postpone(raised: CandidateList, number: Number, moved: Postponed, rfc: Rfc, picture: Picture) -> Action:
    """The next edition, of the same content in another window: its RFC follows, and asks for approval again."""
    zone = picture.facts.programme.zone
    by = f" by {moved.by}" if moved.by else ""
    reason = f"moved from {spoken(moved.was, zone)} to {spoken(moved.window.start, zone)}{by}"
    words = f"Edition {raised.edition + 1}: its window was {reason}. Its RFC {rfc.id} has to be approved again."
    return _sealed(raised, number, moved.window, reason, picture, Edit(Field.REMARK, None, Remark((words,), (rfc.id,))))


def _sealed(
    agreed: CandidateList, number: Number, window: Window, reason: str, picture: Picture, *also: Edit
) -> Action:
    sealed = replace(agreed, edition=agreed.edition + 1, window=window)
    sealed = replace(sealed, seal=seal_of(sealed.key, sealed.type, window, sealed.entries))
    notices = number_notices(sealed.environment, sealed.party, number, sealed.entries, picture)
    page = compose_list(sealed.environment, sealed.party, number, window, sealed.entries, picture, notices, sealed)
    moves = (
        Edit(Field.TITLE, agreed.title, page.title),
        Edit(Field.WINDOW_START, agreed.window.start, window.start),
        Edit(Field.WINDOW_END, agreed.window.end, window.end),
    )
    edits = (
        *(edit for edit in moves if window != agreed.window and edit.old != edit.new),
        Edit(Field.EDITION, agreed.edition, sealed.edition),
        Edit(Field.SEAL, agreed.seal, sealed.seal),
        Edit(Field.BODY, None, page),
        *also,
    )
    change = Change(Kind.LIST, agreed.id, agreed.rev, edits)
    return Action(ActionKind.SEAL, RULE, reason, f"list {agreed.id}", change, digest_of(page), agreed.own_number)


def _reopen(candidate_list: CandidateList, why: str, picture: Picture) -> Action:
    edits = (
        Edit(Field.STATE, candidate_list.state, ListState.PROPOSED),
        Edit(Field.SEAL, candidate_list.seal, ""),
        Edit(Field.REMARK, None, Remark((f"Back to proposed: {why}.",))),
    )
    change = Change(Kind.LIST, candidate_list.id, candidate_list.rev, edits)
    digest = candidate_list.written.digest if candidate_list.written else ""
    # What an RFC has been raised for is as good as chosen: the same build keeps its number.
    number = "" if candidate_list.id in picture.rfc_of_list else candidate_list.own_number
    return Action(ActionKind.REOPEN_LIST, RULE, why, f"list {candidate_list.id}", change, digest, number)
