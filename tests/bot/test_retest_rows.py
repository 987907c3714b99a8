"""What testers can retest: where, since when, by which release, how often it bounced."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.candidate_list import ListState
from bot.closer_look import brought_by_nothing
from bot.defect import State
from bot.picture import Picture
from bot.retest_rows import retest_rows
from bot.rfc import RfcState
from tests.bot.world import (
    DEFECT_MANAGER,
    MONDAY,
    NOW,
    OTHER_TESTER,
    PARTY_MANAGER,
    TESTER,
    WEEK,
    a_defect,
    a_picture,
    a_sealed_list,
    an_rfc,
    deployed,
    entries,
    steps,
)

READY: dict[str, Any] = {"state": State.READY_FOR_RETEST, "assigned_to": TESTER}
FIRST = a_sealed_list(901, state=ListState.CLOSED, entries=entries(here=[123]))
SECOND = a_sealed_list(902, state=ListState.RAISED, release="5.2.17.0", entries=entries([123, 77], (), "5.2.17.0"))
OLD = an_rfc(951, of=FIRST, state=RfcState.CLOSED, deployed_at=MONDAY - WEEK, outcome="succeeded")
NEW = an_rfc(952, of=SECOND, state=RfcState.DEPLOYED, deployed_at=MONDAY)
BOUNCED = a_defect(123, version="5.2.17.0", delivered_by=952, severity="2 - High", **READY)
CRITICAL = a_defect(77, version="5.2.17.0", delivered_by=952, severity="1 - Critical", **READY)
BY_HAND = a_defect(55, found_in="UIT", **{**READY, "assigned_to": OTHER_TESTER})


def a_world() -> Picture:
    by_hand = steps((PARTY_MANAGER, State.RESOLVED), (DEFECT_MANAGER, State.READY_FOR_RETEST))
    histories = {951: deployed(OLD, MONDAY - WEEK), 952: deployed(NEW), 55: by_hand}
    return a_picture(BY_HAND, BOUNCED, CRITICAL, FIRST, SECOND, OLD, NEW, histories=histories)


def test_each_tells_its_environment_release_rfc_since_when_and_its_bounces() -> None:
    rows = retest_rows(a_world())

    by_hand = NOW - WEEK + (MONDAY.replace(hour=2) - MONDAY.replace(hour=0))
    assert [(r.defect, r.environment, r.release, r.rfc, r.since, r.bounced) for r in rows] == [
        (77, "SIT-A", "DCC 5.2.17.0", 952, MONDAY, 0),
        (123, "SIT-A", "DCC 5.2.17.0", 952, MONDAY, 1),
        (55, "UIT", "", None, by_hand, 0),
    ]


def test_a_tester_sees_only_their_own() -> None:
    assert [row.defect for row in retest_rows(a_world(), OTHER_TESTER.upper())] == [55]


def test_only_what_no_rfc_brought_needs_its_history() -> None:
    facts = a_world().facts

    assert brought_by_nothing(facts) == {55}
    assert retest_rows(Picture(replace(facts, histories={})))[-1].since is None
