"""The rollout report: what became of each fix, what is still to be done and by whom, and when lessons are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.candidate_list import ListState, Role
from bot.compose_rollout_report import NO_LESSONS_YET, NoReport, rollout_report
from bot.defect import Defect, State
from bot.history import Step
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from bot.rollout_report import RolloutReport
from tests.bot.world import (
    BOT,
    DEPLOYER,
    MONDAY,
    PARTY_MANAGER,
    PASSER_BY,
    RELEASE_MANAGER,
    TESTER,
    UIT,
    a_change_request,
    a_defect,
    a_picture,
    a_programme,
    a_sealed_list,
    an_entry,
    an_environment,
    an_rfc,
    approved,
    deployed,
    entries,
    undone,
    writes,
)

ENTRIES = entries([123, 456], elsewhere=[246]) | {an_entry(31, Role.CHANGE)}
SEALED = a_sealed_list(state=ListState.RAISED, entries=ENTRIES)
RFC = an_rfc(of=SEALED, state=RfcState.DEPLOYED, outcome="succeeded", deployed_at=MONDAY)
MOVED: dict[str, Any] = {
    "state": State.READY_FOR_RETEST,
    "delivered_by": 951,
    "changed_by": BOT,
    "assigned_to": TESTER,
}
FAILED = writes(deployed(RFC), DEPLOYER, outcome="failed")
CLOSURE = "SI Release Manager: control point 9, Rollout closure approved"


def world(rfc: Rfc = RFC, told: Sequence[Step] | None = None, *defects: Defect) -> Picture:
    known = {d.id: d for d in (a_defect(123, **MOVED), a_defect(456, **MOVED), a_defect(246, found_in="SIT-B"))}
    known |= {d.id: d for d in (a_change_request(31), *defects)}
    histories = {rfc.id: tuple(told if told is not None else deployed(rfc))}
    programme = a_programme([an_environment("SIT-A"), an_environment("SIT-B"), UIT])
    return a_picture(*known.values(), SEALED, rfc, now=MONDAY, histories=histories, programme=programme)


def report(*world_of: Any) -> RolloutReport:
    found = rollout_report(951, world(*world_of))
    assert isinstance(found, RolloutReport)
    return found


def grouped(found: RolloutReport) -> dict[str, list[int]]:
    return {group.heading: [line.id for line in group.lines] for group in found.groups}


def actions(found: RolloutReport) -> list[str]:
    return [f"{action.who}: {action.what}" for action in found.actions]


def test_of_a_clean_success_only_closure_is_left_and_no_lesson_is_asked_for() -> None:
    found = report()

    assert found.summary == "RFC 951 is deployed: DCC 5.2.16.0 is deployed and complete in SIT-A."
    assert found.attempts == (f"Attempt 1: succeeded, said by {DEPLOYER}, Mon 07-Dec-2026 09:00 GMT",)
    assert found.approval.startswith(f"{RELEASE_MANAGER}, SI Release Manager")
    assert grouped(found) == {
        "Ready for retest": [123, 456],
        "Delivered here, retested elsewhere": [246],
        "Change requests": [31],
    }
    assert found.groups[0].lines[0].words == f"with {TESTER}"
    assert (found.deviations, found.lessons, actions(found)) == ((), (), [CLOSURE])
    assert found.issues == "None were written down."


@pytest.mark.parametrize(
    ("defect", "heading", "words"),
    [
        pytest.param(a_defect(123, **MOVED), "Ready for retest", f"with {TESTER}", id="with its tester"),
        pytest.param(a_defect(123, **MOVED | {"state": State.CLOSED}), "Retested and closed", "", id="retested"),
        pytest.param(
            a_defect(123, **MOVED | {"state": State.OPEN, "assigned_to": PARTY_MANAGER}),
            "Failed their retest",
            f"open, with {PARTY_MANAGER}",
            id="bounced",
        ),
        pytest.param(
            a_defect(123),
            "Not handed to retest",
            "DCC 5.2.16.0 to SIT-A arrived on Mon 07-Dec-2026 09:00 GMT (RFC 951)",
            id="on its way to its tester",
        ),
        pytest.param(a_defect(123, state=State.OPEN), "Not handed to retest", "open", id="open again before"),
    ],
)
def test_each_fix_stands_under_what_became_of_it(defect: Defect, heading: str, words: str) -> None:
    found = report(RFC, None, defect)

    assert [(g.heading, line.words) for g in found.groups for line in g.lines if line.id == 123] == [(heading, words)]


def test_what_bounced_is_fixed_again_by_whom_it_is_with() -> None:
    bounced = a_defect(123, **MOVED | {"state": State.OPEN, "assigned_to": PARTY_MANAGER})

    assert f"{PARTY_MANAGER}: fix 123 again: its retest failed" in actions(report(RFC, None, bounced))


def test_what_was_promised_and_not_delivered_is_the_partys_to_name() -> None:
    found = report(replace(RFC, delivered=frozenset({123, 246, 31, 999})), None, a_defect(456))

    assert grouped(found)["Promised and not delivered"] == [456]
    assert actions(found)[:2] == [
        "release manager of DCC: name the build that carries 456: promised, and not delivered",
        "SI Release Manager: accept 999, or leave it: delivered, and not promised",
    ]
    assert found.lessons == ("promised and not delivered: 456", "delivered and not promised: 999")


def test_after_a_failure_the_party_tries_again_or_builds_anew() -> None:
    found = report(replace(RFC, outcome="failed"), FAILED, a_defect(123), a_defect(456))

    assert found.summary == "RFC 951 is deployed: the deployment failed."
    assert grouped(found) == {"Not handed to retest": [123, 246, 456, 31]}
    what = "deploy 5.2.16.0 once more, or deliver a changed build: the deployment failed"
    assert f"release manager of DCC: {what}" in actions(found)
    assert found.lessons == ("attempt 1: the deployment failed",)


def test_a_second_attempt_that_succeeded_still_asks_what_was_learnt_from_the_first() -> None:
    again = writes(
        writes(FAILED, DEPLOYER, RfcState.APPROVED), DEPLOYER, RfcState.DEPLOYED, MONDAY + timedelta(hours=1)
    )

    found = report(replace(RFC, deployed_at=None), again)

    assert [words.split(",")[0] for words in found.attempts] == ["Attempt 1: failed", "Attempt 2: succeeded"]
    assert found.summary.endswith("complete in SIT-A, at attempt 2.")
    assert found.lessons == ("attempt 1: the deployment failed",)


def test_a_smoke_test_that_failed_first_is_something_to_learn_from() -> None:
    told = writes(writes(deployed(RFC), DEPLOYER, smoke="failed"), DEPLOYER, smoke="passed")

    assert report(replace(RFC, smoke="passed"), told).lessons == ("attempt 1: its smoke test failed",)


def test_after_a_rollback_the_defect_manager_decides_on_what_people_took_further() -> None:
    rfc = replace(RFC, state=RfcState.ROLLED_BACK, outcome="rolled back")
    taken = a_defect(456, **MOVED | {"state": State.CLOSED, "changed_by": TESTER})

    found = report(rfc, undone(rfc), a_defect(123), taken)

    assert grouped(found)["Rolled back, and taken further by people before"] == [456]
    assert 123 in grouped(found)["Rolled back"]
    assert "defect manager: decide on 456 (closed): people took it further before the rollback" in actions(found)
    assert found.attempts[0].startswith(f"Attempt 1: deployed, said by {DEPLOYER}")
    assert found.lessons == ("attempt 1: it was rolled back",)


def test_a_report_that_does_not_count_is_the_managers_to_confirm() -> None:
    told = (*approved(RFC), Step(3, MONDAY, PASSER_BY, RfcState.DEPLOYED, RFC.seal))
    managed = an_environment("SIT-A", deployment_managers=frozenset({DEPLOYER}))
    picture = world(RFC, told)
    programme = a_programme([managed, an_environment("SIT-B"), UIT])

    found = rollout_report(951, Picture(replace(picture.facts, programme=programme)))

    assert isinstance(found, RolloutReport)
    assert actions(found)[0].startswith(f"{DEPLOYER}: confirm what was reported: {PASSER_BY} is not deployment manager")


def test_what_a_level_environment_lacks_is_to_be_brought_there() -> None:
    level = [an_environment("SIT-A", level_with=("SIT-B",)), an_environment("SIT-B", level_with=("SIT-A",)), UIT]
    picture = Picture(replace(world().facts, programme=a_programme(level)))

    found = rollout_report(951, picture)

    assert isinstance(found, RolloutReport)
    assert "release manager of DCC: bring 31, 123, 246, 456 to SIT-B: SIT-A has it" in actions(found)


def test_before_anybody_has_tried_there_is_little_to_report() -> None:
    rfc = replace(RFC, state=RfcState.APPROVED, outcome="", deployed_at=None)

    found = report(rfc, approved(rfc))

    assert found.attempts == ("Nobody has tried to deploy it yet",)
    assert [action.who for action in found.actions] == ["next"]
    assert found.actions[0].what.startswith("It is deployed in the window from")
    assert (found.lessons, found.no_lessons) == ((), NO_LESSONS_YET)


def test_what_is_no_rfc_has_no_report() -> None:
    assert rollout_report(901, world()) == NoReport("901 is no RFC")
