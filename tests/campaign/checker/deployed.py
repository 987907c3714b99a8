"""Deployed: whether an RFC stood for a deployment that people had recorded, approved and signed off, at a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.environment import Environment
from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import key_of, lists_of, sealings
from tests.campaign.checker.history import Change, History, text_of
from tests.campaign.checker.roles import BOT_RULE_OF_EVIDENCE, may_approve, may_confirm, may_sign_off

WITHOUT_EFFECT = ("failed", "partial")
FAILURES = (*WITHOUT_EFFECT, "rolled back")
UNDOES = (f.RAISED, f.REJECTED, f.WITHDRAWN)
AHEAD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class _Told:
    """What has been told of an RFC so far. What an attempt before left standing is told of that one alone; it `stood`,
    and a later one that fails takes nothing away."""

    outcome: str = ""
    stood: bool = False
    arrived: bool = False
    confirmed: bool = False
    smoke: str = ""
    failed: str = "nobody has said that it is deployed"


def why_not_deployed(rfc: int, history: History, place: int) -> str:
    """Why nothing may be handed over by this RFC, in words; empty where it may."""
    stood = history.stood(rfc, place)
    if not stood:
        return f"there was no RFC {rfc}"
    environment = history.programme.environments.get(text_of(stood, f.ENVIRONMENT))
    if environment is None:
        return f"RFC {rfc} is for an environment that is not configured"
    told = _Told()
    for change in history.revisions(rfc, place):
        told = _after(change, told, environment, history)
    return (
        _why_incomplete(told, environment)
        or why_not_approved(rfc, history, place)
        or _why_not_as_sealed(rfc, history, place)
    )


def is_dated_ahead(rfc: int, history: History, place: int, at: datetime) -> bool:
    told = history.stood(rfc, place).get(f.DEPLOYED_AT)
    return isinstance(told, datetime) and told > at + AHEAD


def why_not_approved(rfc: int, history: History, place: int) -> str:
    """Somebody who may set it to approved, nobody has undone that, and its seal is still the one of then."""
    steps = history.revisions(rfc, place)
    stood = history.stood(rfc, place)
    environment = history.programme.environments[text_of(stood, f.ENVIRONMENT)]
    given = [step for step in steps if step.sets(f.STATE) and step.text(f.STATE) == f.APPROVED]
    if not given:
        return f"nobody had approved RFC {rfc}"
    party = text_of(stood, f.PARTY)
    standing = [
        step
        for step in given
        if may_approve(step.by, environment, party, history.programme, history.bot) and _still_stands(step, steps)
    ]
    if not standing:
        return f"no approval of RFC {rfc} counted: set by {', '.join(step.by for step in given)}"
    return ""


def _why_not_as_sealed(rfc: int, history: History, place: int) -> str:
    """It asks for what was agreed: whoever approved it saw that. What a list was sealed for that is gone nobody
    knows."""
    stood = history.stood(rfc, place)
    for list_ in lists_of(rfc, history, place):
        found = [s for s in sealings(list_, history, place) if s.text(f.SEAL) == text_of(stood, f.SEAL)]
        if found and history.stood(list_, place) and key_of(found[-1].after) != key_of(stood):
            return f"RFC {rfc} asks for another release than list {list_} was sealed for"
    return ""


def _still_stands(given: Change, steps: Iterable[Change]) -> bool:
    later = [step for step in steps if step.place > given.place]
    is_undone = any(step.sets(f.STATE) and step.text(f.STATE) in UNDOES for step in later)
    return not is_undone and all(step.text(f.SEAL) == given.text(f.SEAL) for step in later)


def _after(change: Change, told: _Told, environment: Environment, history: History) -> _Told:
    state, says_state = change.text(f.STATE), change.sets(f.STATE)
    by_evidence = change.by == history.bot and BOT_RULE_OF_EVIDENCE in change.text(f.WRITTEN)
    if says_state and state == f.APPROVED:
        told = _Told(stood=told.arrived, arrived=told.arrived, confirmed=told.confirmed, failed=told.failed)
    if change.by == history.bot and not by_evidence:
        return told
    if change.sets(f.OUTCOME):
        told = replace(told, outcome=change.text(f.OUTCOME).strip().casefold())
    if change.sets(f.SMOKE):
        counts = by_evidence or may_sign_off(change.by, environment, history.bot)
        told = replace(told, smoke=change.text(f.SMOKE).strip().casefold() if counts else "by somebody else")
    if (says_state and state == f.ROLLED_BACK) or (change.sets(f.OUTCOME) and told.outcome in FAILURES):
        stands = told.stood and told.outcome in WITHOUT_EFFECT and state != f.ROLLED_BACK
        failed = f"it was {told.outcome or 'rolled back'}"
        return replace(told, stood=stands, arrived=stands, confirmed=stands and told.confirmed, failed=failed)
    is_there = (state == f.DEPLOYED and told.outcome not in FAILURES) or (
        state == f.CLOSED and told.outcome == "succeeded"
    )
    if not is_there:
        return told
    speaks = any(map(change.sets, (f.STATE, f.OUTCOME, f.DEPLOYED_AT, f.EVIDENCE)))
    party = change.text(f.PARTY)
    counts = by_evidence or may_confirm(change.by, environment, party, history.programme, history.bot)
    return replace(told, arrived=True, confirmed=told.confirmed or (speaks and counts))


def _why_incomplete(told: _Told, environment: Environment) -> str:
    if not told.arrived:
        return told.failed
    if not told.confirmed:
        return "nobody whose word counts has confirmed it"
    if environment.smoke_test and told.smoke != "passed":
        return f"its smoke test has not passed: {told.smoke or 'nothing said'}"
    return ""
