"""Putting back: what a rolled back release had moved goes back to resolved, unless people have gone on with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.candidate_list import ListState
from bot.change import Field
from bot.defect import Defect, State
from bot.picture import Picture
from bot.plan import Action, ActionKind
from bot.put_back import may_be_put_back, plan_put_back, to_be_looked_at, touched, untouched
from bot.remark import Remark
from bot.rfc import Rfc, RfcState
from tests.bot.after import after, edited
from tests.bot.world import (
    BOT,
    DEPLOYER,
    MONDAY,
    PARTY_MANAGER,
    TESTER,
    a_defect,
    a_sealed_list,
    an_rfc,
    deployed,
    entries,
    facts,
    undone,
    writes,
)

SEALED = a_sealed_list(state=ListState.RAISED, entries=entries([123, 456]))
UNDONE = an_rfc(of=SEALED, state=RfcState.ROLLED_BACK, deployed_at=MONDAY, outcome="rolled back")


def handed_over(id: int = 123, **other: Any) -> Defect:
    """As the bot left it when it moved it."""
    usual: dict[str, Any] = {
        "state": State.READY_FOR_RETEST,
        "delivered_by": 951,
        "changed_by": BOT,
        "assigned_to": TESTER,
    }
    return a_defect(id, **usual | other)


def world(*defects: Defect, rfc: Rfc = UNDONE, former: dict[int, str] | None = None) -> Picture:
    steps = undone(rfc) if rfc.state in (RfcState.ROLLED_BACK, RfcState.CLOSED) else deployed(rfc)
    if rfc.state is RfcState.DEPLOYED:
        steps = writes(steps, DEPLOYER, outcome=rfc.outcome)
    told = facts(*defects, SEALED, rfc, now=MONDAY, histories={951: steps})
    return Picture(replace(told, former_assignees=former or {}))


def put_back(*defects: Defect, **other: Any) -> list[Action]:
    return list(plan_put_back(world(*defects, **other)))


def test_one_write_puts_it_back_to_whom_it_was_with_and_says_why() -> None:
    (action,) = put_back(handed_over(), former={123: PARTY_MANAGER})

    assert (action.kind, action.change.id, action.change.rev) == (ActionKind.PUT_BACK, 123, 3)
    words = "Back to resolved: DCC 5.2.16.0 was rolled back in SIT-A (RFC 951). Its fix goes onto the next list."
    assert edited(action) == {
        Field.STATE: State.RESOLVED,
        Field.DELIVERED_BY: None,
        Field.REMARK: Remark((words,), (951,)),
    }
    assert action.change.assignees == (PARTY_MANAGER,)


def test_the_state_does_not_wait_for_a_name() -> None:
    (action,) = put_back(handed_over())

    assert action.change.assignees == ()


def test_put_back_it_is_not_put_back_again() -> None:
    picture = world(handed_over())

    assert list(plan_put_back(Picture(after(plan_put_back(picture), picture.facts)))) == []


@pytest.mark.parametrize(
    "defect",
    [
        pytest.param(handed_over(state=State.CLOSED, changed_by=TESTER), id="it was closed"),
        pytest.param(handed_over(state=State.OPEN, changed_by=TESTER), id="it was reopened"),
        pytest.param(handed_over(changed_by=TESTER), id="a tester has taken it"),
        pytest.param(handed_over(changed_by=""), id="nobody knows who changed it last"),
        pytest.param(handed_over(delivered_by=950), id="another RFC brought it"),
        pytest.param(handed_over(delivered_by=None), id="a person moved it"),
        pytest.param(handed_over(state=State.RESOLVED), id="it is resolved"),
    ],
)
def test_what_people_have_gone_on_with_is_left_to_them(defect: Defect) -> None:
    assert put_back(defect) == []


@pytest.mark.parametrize(
    ("rfc", "ids"),
    [
        pytest.param(UNDONE, [123], id="rolled back"),
        pytest.param(replace(UNDONE, outcome=""), [123], id="rolled back, not recorded yet"),
        pytest.param(replace(UNDONE, state=RfcState.DEPLOYED), [123], id="by its outcome alone"),
        pytest.param(replace(UNDONE, state=RfcState.CLOSED), [123], id="closed since"),
        pytest.param(replace(UNDONE, state=RfcState.DEPLOYED, outcome="succeeded"), [], id="it stands"),
        pytest.param(replace(UNDONE, state=RfcState.DEPLOYED, outcome="failed"), [], id="it failed"),
        pytest.param(replace(UNDONE, state=RfcState.DEPLOYED, outcome="partial"), [], id="a part of it stands"),
        pytest.param(replace(UNDONE, state=RfcState.WITHDRAWN), [], id="withdrawn"),
    ],
)
def test_only_a_rollback_puts_back(rfc: Rfc, ids: list[int]) -> None:
    assert [action.change.id for action in put_back(handed_over(), rfc=rfc)] == ids


def test_what_it_moved_is_parted_into_untouched_and_touched() -> None:
    taken = handed_over(456, changed_by=TESTER)
    picture = world(handed_over(), taken, handed_over(789, delivered_by=None))
    (deployment,) = picture.deployments

    assert [d.id for d in untouched(deployment, picture)] == [123]
    assert touched(deployment, picture) == (taken,)


@pytest.mark.parametrize(
    ("rfc", "looked_at", "asked"),
    [
        pytest.param(UNDONE, {456}, [123], id="rolled back"),
        pytest.param(replace(UNDONE, state=RfcState.DEPLOYED), {456}, [123], id="by its outcome alone"),
        pytest.param(replace(UNDONE, state=RfcState.CLOSED), {456}, [123], id="closed since"),
        pytest.param(replace(UNDONE, state=RfcState.DEPLOYED, outcome="succeeded"), set(), [], id="it stands"),
    ],
)
def test_what_has_to_be_known_before_anything_is_put_back(rfc: Rfc, looked_at: set[int], asked: list[int]) -> None:
    told = world(handed_over(123), handed_over(456, changed_by=""), handed_over(789, delivered_by=950), rfc=rfc).facts

    assert to_be_looked_at(told) == looked_at
    assert [d.id for d in may_be_put_back(told)] == asked
