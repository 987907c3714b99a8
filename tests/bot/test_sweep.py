"""Two RFCs for one key: which one stands, which is closed, and what a person has to settle."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.candidate_list import ListState
from bot.change import Field
from bot.compose_page import compose_page
from bot.deployments import deployments
from bot.history import Step
from bot.overview import rfc_rows
from bot.picture import Picture
from bot.plan import ActionKind
from bot.rfc import Rfc, RfcState
from bot.second_rfcs import alarms
from bot.sweep import RULE, plan_sweep
from tests.bot.world import BOT, MONDAY, NOW, PASSER_BY, RELEASE_MANAGER, a_picture, a_sealed_list, an_rfc, number

RAISED = a_sealed_list(state=ListState.RAISED)
FIRST, SECOND = an_rfc(951, of=RAISED), an_rfc(952, of=RAISED)
SWEPT = replace(SECOND, state=RfcState.CLOSED, outcome="duplicate of RFC 951")


def steps(*by: str, rule: str = "") -> tuple[Step, ...]:
    return tuple(Step(rev, NOW, who, rule=rule) for rev, who in enumerate(by, 1))


OURS = {951: steps(BOT), 952: steps(BOT, BOT)}


def a_look(*rfcs: Rfc, **histories: tuple[Step, ...]) -> Picture:
    told = {int(name.strip("_")): found for name, found in histories.items()}
    return a_picture(RAISED, *rfcs, histories={**OURS, **told})


def test_the_higher_id_is_closed_and_each_names_the_other() -> None:
    close, tell = plan_sweep(a_look(FIRST, SECOND))

    assert (close.kind, close.change.id, close.change.rev) == (ActionKind.CLOSE_RFC, 952, SECOND.rev)
    assert close.change.new(Field.STATE) is RfcState.CLOSED
    assert close.change.new(Field.OUTCOME) == "duplicate of RFC 951"
    assert str(close.change.new(Field.REMARK)).count("951")
    assert tell.change.id == 951
    assert [edit.field for edit in tell.change.edits] == [Field.REMARK]
    assert tell.reason == "RFC 952 is a second one for DCC 5.2.16.0 to SIT-A: this one stands"


@pytest.mark.parametrize(
    ("second", "history", "why"),
    [
        pytest.param(SECOND, steps(PASSER_BY), f"{PASSER_BY} raised it", id="raised by a person"),
        pytest.param(SECOND, steps(BOT, PASSER_BY, BOT), f"{PASSER_BY} has written on it", id="touched by a person"),
        pytest.param(
            replace(SECOND, state=RfcState.APPROVED),
            steps(BOT, RELEASE_MANAGER),
            "it is approved",
            id="approved",
        ),
        pytest.param(replace(SECOND, state=RfcState.OTHER), steps(BOT), "it is other", id="in a state nobody knows"),
        pytest.param(SECOND, (), "its history has not been read", id="not read yet"),
    ],
)
def test_one_that_a_person_touched_is_left_and_told_of_where_people_look(
    second: Rfc, history: tuple[Step, ...], why: str
) -> None:
    picture = a_look(FIRST, second, _952=history)

    assert len(plan_sweep(picture)) == 0
    words = "RFC 951 stands for DCC 5.2.16.0 to SIT-A already, and this is a second one: withdraw one of them"
    assert alarms(picture.facts) == (f"RFC 952: {words}; Shunter leaves it, because {why}",)
    assert {row.rfc: row.waits_for for row in rfc_rows(picture)}[952] == words
    if second.is_under_way:
        states = {line.rfc: line.state for line in compose_page("SIT-A", picture).coming}
        assert states == {951: "raised", 952: f"{second.state.value}; {words}"}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(SECOND, state=RfcState.WITHDRAWN), id="withdrawn"),
        pytest.param(replace(SECOND, environment="SIT-B"), id="of another environment"),
        pytest.param(replace(SECOND, party="Elexon"), id="of another party"),
        pytest.param(replace(SECOND, number=number("5.2.17.0")), id="of another number"),
        pytest.param(replace(SECOND, number=None), id="without a number"),
    ],
)
def test_what_is_no_second_one_is_left_in_peace(other: Rfc) -> None:
    picture = a_look(FIRST, other)

    assert (len(plan_sweep(picture)), alarms(picture.facts)) == (0, ())


def test_two_rfcs_without_a_number_are_no_pair() -> None:
    assert len(plan_sweep(a_look(replace(FIRST, number=None), replace(SECOND, number=None)))) == 0


def test_once_it_is_closed_the_first_is_its_list_s_and_nothing_came_of_the_other() -> None:
    picture = a_look(FIRST, replace(SWEPT, changed_at=MONDAY), _951=(*steps(BOT), *steps(BOT, rule=RULE)))

    assert len(plan_sweep(picture)) == 0
    assert picture.rfc_of_list[RAISED.id].id == 951
    assert picture.list_of_rfc[952].id == RAISED.id
    assert deployments(picture.facts) == ()
    assert alarms(picture.facts) == ()


def test_one_that_a_person_raised_before_stands_and_the_list_is_its_own_afterwards() -> None:
    by_hand = replace(FIRST, list_id=None)

    assert [a.change.id for a in plan_sweep(a_look(by_hand, SECOND, _951=steps(PASSER_BY)))] == [952, 951]
    assert a_look(by_hand, SWEPT).rfc_of_list[RAISED.id].id == 951


def test_after_the_lower_one_was_withdrawn_there_is_nothing_to_sweep_and_the_list_goes_with_the_other() -> None:
    picture = a_look(replace(FIRST, state=RfcState.WITHDRAWN), SECOND)

    assert len(plan_sweep(picture)) == 0
    assert picture.rfc_of_list[RAISED.id].id == 952


def test_the_first_is_told_of_each_once() -> None:
    third = replace(SWEPT, id=953)
    look = a_look(FIRST, SWEPT, third, _951=(*steps(BOT), *steps(BOT, rule=RULE)))

    (tell,) = plan_sweep(look)

    assert tell.reason.startswith("RFC 953 is a second one")


def test_a_duplicate_that_a_person_opened_again_is_theirs() -> None:
    opened = replace(SWEPT, state=RfcState.RAISED)
    picture = a_look(FIRST, opened, _952=steps(BOT, BOT, PASSER_BY))

    assert len(plan_sweep(picture)) == 0
    assert len(alarms(picture.facts)) == 1
