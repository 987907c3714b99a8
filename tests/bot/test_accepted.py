"""Accepted by name: the release has brought it, which later lists, notes and reports know [M14]."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.defect import Defect, Fix
from bot.level import missing_rows
from bot.picture import Picture
from bot.proposal import Proposal, propose
from bot.rfc import Rfc, RfcState
from tests.bot.world import (
    a_change_request,
    a_defect,
    a_picture,
    a_sealed_list,
    an_rfc,
    at,
    deployed,
    entries,
    number,
)

SEALED = a_sealed_list(entries=entries(here=[123]))
ARRIVED = an_rfc(of=SEALED, state=RfcState.DEPLOYED, deployed_at=at("2026-12-07 09:30"), accepted=frozenset({555}))
AFTER = at("2026-12-08 09:00")


def after(*defects: Defect, rfc: Rfc = ARRIVED) -> Picture:
    histories = {rfc.id: deployed(rfc)}
    return a_picture(a_defect(123), *defects, SEALED, rfc, now=AFTER, histories=histories)


@pytest.mark.parametrize(
    ("defect", "brought_as"),
    [
        pytest.param(a_defect(555), "5.2.16.0", id="it names the release"),
        pytest.param(a_defect(555, version="5.2.14.0"), "5.2.14.0", id="it names an older build, which is in it"),
        pytest.param(a_defect(555, version="5.2.17.0"), "5.2.16.0", id="it names its next repair"),
        pytest.param(a_defect(555, version="configuration"), "5.2.16.0", id="it has no build"),
        pytest.param(a_defect(555, version="abc"), "5.2.16.0", id="its version cannot be read"),
        pytest.param(a_defect(555, found_in="SIT-B"), None, id="found elsewhere"),
        pytest.param(a_defect(555, party="Elexon"), None, id="of another party"),
        pytest.param(a_change_request(555), None, id="a change request is not retested"),
        pytest.param(a_defect(556), None, id="no such defect"),
    ],
)
def test_a_fix_is_brought_under_the_number_that_carries_it(defect: Defect, brought_as: str | None) -> None:
    brought = after(defect).releases["DCC"].brings(number("5.2.16.0"))
    expected = {Fix(123, number("5.2.16.0"))} | ({Fix(555, number(brought_as))} if brought_as else set())
    assert brought == expected


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"state": RfcState.WITHDRAWN}, id="withdrawn"),
        pytest.param({"number": None}, id="of no readable number"),
        pytest.param({"party": "Elexon"}, id="of another party"),
        pytest.param({"accepted": frozenset()}, id="it names none"),
    ],
)
def test_such_an_rfc_brings_nothing_by_name(changes: dict[str, Any]) -> None:
    assert after(a_defect(555), rfc=replace(ARRIVED, **changes)).releases["DCC"].accepted == {}


def test_the_other_environments_get_it_with_the_release() -> None:
    proposed = {p.environment: p for p in propose(after(a_defect(555))) if p.party == "DCC"}
    found = proposed["SIT-B"]
    assert isinstance(found, Proposal)
    assert {e.fix.defect for e in found.entries} == {123, 555}
    assert {row.defect for row in missing_rows(after(a_defect(555))) if row.lacks == "SIT-B"} == {123, 555}


def test_the_environment_that_has_it_is_not_told_of_it_again() -> None:
    later = a_defect(777, version="5.2.17.0")
    proposed = {p.environment: p for p in propose(after(a_defect(555, version="5.2.14.0"), later)) if p.party == "DCC"}
    found = proposed["SIT-A"]
    assert isinstance(found, Proposal)
    assert {e.fix.defect for e in found.entries} == {777}


def test_the_sealed_list_is_not_changed_by_it() -> None:
    picture = after(a_defect(555))
    assert {e.fix.defect for e in picture.facts.lists[901].entries} == {123}


def test_what_a_delivered_list_lacks_is_brought_once_it_is_accepted() -> None:
    told = replace(ARRIVED, delivered=frozenset({777}), accepted=frozenset())
    assert after(rfc=told).contents_running("SIT-A", "DCC") == frozenset()
    accepted = replace(told, accepted=frozenset({123}))
    assert after(rfc=accepted).contents_running("SIT-A", "DCC") == {Fix(123, number("5.2.16.0"))}


def test_what_an_emergency_brought_by_name_is_owed_by_the_next_release() -> None:
    emergency = an_rfc(
        state=RfcState.DEPLOYED,
        number=number("5.2.15.1"),
        accepted=frozenset({900}),
        deployed_at=at("2026-12-07 09:30"),
    )
    picture = a_picture(a_defect(900, version="5.2.15.1"), emergency, now=AFTER, histories={951: deployed(emergency)})
    assert picture.emergency_fixes("DCC") == {Fix(900, number("5.2.15.1"))}
