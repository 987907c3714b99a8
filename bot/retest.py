"""Retest: each resolved defect goes back to its tester only where it was found, and once its fix is there."""

from __future__ import annotations

from bot.change import Change, Edit, Field
from bot.dates import spoken
from bot.defect import Defect, Kind, State
from bot.deployment import Deployment
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.remark import Remark
from bot.standing import standings
from bot.where import Where

RULE = "retest"


def plan_retest(picture: Picture) -> Plan:
    """One write for each defect that its environment can retest now: state, tester, provenance, and why [M7.4]."""
    ready = (s for s in standings(picture).values() if s.where is Where.MOVE and s.deployment is not None)
    return Plan(tuple(_move(s.defect, s.deployment, picture) for s in ready if s.deployment is not None))


def rfcs_in_debt(picture: Picture) -> frozenset[int]:
    """The RFCs that delivered fixes which this environment retests and which have not been handed over yet."""
    waiting = (s for s in standings(picture).values() if s.where is Where.MOVE)
    return frozenset(s.deployment.rfc.id for s in waiting if s.deployment is not None)


def _move(defect: Defect, arrived: Deployment, picture: Picture) -> Action:
    rfc, zone = arrived.rfc, picture.facts.programme.zone
    arrival = f"{rfc.party} {arrived.number} was deployed to {rfc.environment} on {spoken(arrived.at, zone)}"
    sentences = (
        f"Ready for retest in {rfc.environment}: {arrival} and brings this fix (RFC {rfc.id}).",
        "It is retested in the environment that found it.",
    )
    edits = (
        Edit(Field.STATE, defect.state, State.READY_FOR_RETEST),
        Edit(Field.DELIVERED_BY, defect.delivered_by, rfc.id),
        Edit(Field.REMARK, None, Remark(sentences, (rfc.id,))),
    )
    change = Change(Kind.DEFECT, defect.id, defect.rev, edits, assignees=testers(defect, arrived, picture))
    return Action(ActionKind.MOVE_TO_RETEST, RULE, arrival, f"defect {defect.id}", change)


def testers(defect: Defect, arrived: Deployment, picture: Picture) -> tuple[str, ...]:
    """Who retests, in the order they are tried: the named tester, who raised it, the test defect manager [M14]."""
    environment = picture.facts.programme.environments[arrived.rfc.environment]
    raised_by = "" if defect.raised_by == picture.facts.bot else defect.raised_by
    names = (defect.retested_by, raised_by, environment.test_defect_manager)
    return tuple(dict.fromkeys(name for name in names if name))


def ready_for_retest(picture: Picture) -> tuple[Defect, ...]:
    """The defects that testers can retest now, whatever brought them there."""
    defects = picture.facts.defects.values()
    return tuple(
        sorted(
            (d for d in defects if d.state is State.READY_FOR_RETEST and d.kind is Kind.DEFECT),
            key=lambda d: (d.found_in, d.severity or "~", d.id),
        )
    )
