"""Rolled back: whether the latest word on an RFC is that it was taken away again, by somebody whose word counts."""

from __future__ import annotations

from tests.campaign.checker import fields as f
from tests.campaign.checker.deployed import FAILURES
from tests.campaign.checker.history import Change, History
from tests.campaign.checker.roles import BOT_RULE_OF_EVIDENCE, may_confirm

UNDONE = "rolled back"
OTHERWISE = ("succeeded", *(outcome for outcome in FAILURES if outcome != UNDONE))


def why_not_rolled_back(rfc: int, history: History, place: int) -> str:
    """Why nothing that it moved may be put back, in words; empty where it may."""
    is_told, is_confirmed = False, False
    for step in history.revisions(rfc, place):
        is_evidence = step.by == history.bot and BOT_RULE_OF_EVIDENCE in step.text(f.WRITTEN)
        if step.by == history.bot and not is_evidence:
            continue
        contradicts = _says_otherwise(step)
        if contradicts:
            is_told, is_confirmed = _stands_as_undone(step), False
        says_so = not contradicts and _says_so(step)
        is_told = is_told or says_so
        speaks = says_so or (is_told and step.sets(f.EVIDENCE) and bool(step.text(f.EVIDENCE)))
        is_confirmed = is_confirmed or (speaks and (is_evidence or _counts(step, history)))
    if not is_told:
        return f"RFC {rfc} was not rolled back"
    return "" if is_confirmed else f"nobody whose word counts has said that RFC {rfc} was rolled back"


def _says_so(step: Change) -> bool:
    return (step.sets(f.STATE) and step.text(f.STATE) == f.ROLLED_BACK) or (
        step.sets(f.OUTCOME) and _outcome(step) == UNDONE
    )


def _says_otherwise(step: Change) -> bool:
    """An attempt that is only asked for does not undo a rollback yet."""
    is_deployed = step.sets(f.STATE) and step.text(f.STATE) == f.DEPLOYED
    written = _outcome(step) if step.sets(f.OUTCOME) else ""
    return written in OTHERWISE or (is_deployed and written != UNDONE)


def _stands_as_undone(step: Change) -> bool:
    return step.text(f.STATE) == f.ROLLED_BACK or _outcome(step) == UNDONE


def _counts(step: Change, history: History) -> bool:
    environment = history.programme.environments.get(step.text(f.ENVIRONMENT))
    party = step.text(f.PARTY)
    return environment is not None and may_confirm(step.by, environment, party, history.programme, history.bot)


def _outcome(step: Change) -> str:
    return step.text(f.OUTCOME).strip().casefold()
