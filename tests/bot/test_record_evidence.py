"""Evidence: what pipelines, releases and test runs show counts for the RFC that asked for it, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.change import Field
from bot.defect import State
from bot.deviations import deviations_of
from bot.facts import Facts
from bot.outcome import Outcome
from bot.picture import Picture
from bot.plan import Action
from bot.record_evidence import plan_evidence
from bot.rfc import RfcState
from bot.rfc_attempts import attempts_of
from bot.sighting import Sighting
from bot.unasked import unasked
from tests.bot.a_run import in_state, kinds, raised, run
from tests.bot.after import after, by_somebody, edited
from tests.bot.evidence import TEN_PAST, a_deployment, a_smoke_test, seen
from tests.bot.people import approves, deploys, edits_rfc, later, rejects, rolls_back, sets, the_rfc
from tests.bot.world import (
    BOT,
    DEPLOYER,
    MONDAY,
    PASSER_BY,
    RELEASE_MANAGER,
    SIT_B,
    UIT,
    a_defect,
    a_programme,
    an_environment,
    facts,
)

HOUR = timedelta(hours=1)
FAILED = a_deployment(outcome=Outcome.FAILED)
AGAIN = a_deployment(at=TEN_PAST + HOUR)
TESTED = a_programme([an_environment(smoke_test=True), SIT_B, UIT])
NAMED = a_programme([an_environment(deployment_managers=frozenset({DEPLOYER})), SIT_B, UIT])


def approved(programme: object = None) -> Facts:
    """123 is in the release of an RFC that was approved on Thursday, for Monday."""
    world = facts(a_defect(123), programme=programme) if programme else facts(a_defect(123))  # type: ignore[arg-type]
    return approves(raised(world, "SIT-A"), "SIT-A")


def action(facts: Facts) -> Action:
    (found,) = plan_evidence(Picture(facts))
    return found


def told(facts: Facts) -> list[str]:
    return [row.words for row in deviations_of(the_rfc(facts, "SIT-A"), Picture(facts))]


def writes(facts: Facts, by: str, **fields: str) -> Facts:
    """Somebody writes into fields of the RFC of SIT-A."""
    edited = edits_rfc(facts, "SIT-A", **fields)
    wrote = {Field[name.upper()]: text for name, text in fields.items()}
    return replace(edited, histories=by_somebody(edited.histories, the_rfc(edited, "SIT-A"), edited, None, by, wrote))


def test_a_deployment_that_was_seen_is_written_on_its_rfc_and_names_what_showed_it() -> None:
    world = seen(approved(), a_deployment())
    written = edited(action(world))

    assert written[Field.STATE] is RfcState.DEPLOYED
    assert written[Field.DEPLOYED_AT] == TEN_PAST
    assert written[Field.OUTCOME] == "succeeded"
    line = "pipeline dcc-release, run 5.2.16.0, stage SIT-A: succeeded, Mon 07-Dec-2026 09:10 GMT"
    assert written[Field.EVIDENCE] == line
    assert action(world).reason == f"seen: {line}"


def test_then_its_defects_are_handed_to_their_testers_and_nothing_more_is_written() -> None:
    world = run(seen(approved(), a_deployment()), times=3)

    assert in_state(world, State.READY_FOR_RETEST) == {123}
    assert kinds(plan_evidence(Picture(world))) == []
    assert run(world) == world


def test_the_control_points_that_go_with_it_need_no_second_write() -> None:
    world = seen(approved(), a_deployment())

    once = run(world)

    assert the_rfc(run(once), "SIT-A").rev == the_rfc(once, "SIT-A").rev


@pytest.mark.parametrize(
    "sighting",
    [
        pytest.param(a_deployment(environment="SIT-B"), id="in another environment"),
        pytest.param(a_deployment(party="Elexon"), id="of another party"),
        pytest.param(a_deployment("5.2.15.0"), id="of another number"),
        pytest.param(a_deployment(at=MONDAY - timedelta(weeks=2)), id="over before it was raised"),
        pytest.param(a_deployment(at=TEN_PAST + HOUR), id="dated ahead of the server"),
    ],
)
def test_nothing_is_written_of_a_deployment(sighting: Sighting) -> None:
    world = seen(approved(), sighting, now=TEN_PAST + timedelta(minutes=15))

    assert list(plan_evidence(Picture(world))) == []


def test_what_was_deployed_before_it_was_approved_waits_and_says_so() -> None:
    asked = raised(facts(a_defect(123)), "SIT-A")
    world = run(seen(asked, a_deployment()), times=2)

    assert the_rfc(world, "SIT-A").state is RfcState.DEPLOYED
    assert in_state(world, State.READY_FOR_RETEST) == set()
    assert any("deployed without a valid approval" in words for words in told(world))


def test_an_approval_in_retrospect_counts_and_is_told_as_that() -> None:
    world = run(seen(raised(facts(a_defect(123)), "SIT-A"), a_deployment()), times=2)
    world = run(approves(later(world, TEN_PAST + HOUR), "SIT-A"), times=2)

    assert in_state(world, State.READY_FOR_RETEST) == {123}
    assert "deployed on Mon 07-Dec-2026 09:10 GMT, before it was approved on Mon 07-Dec-2026 10:10 GMT" in told(world)
    assert list(plan_evidence(Picture(world))) == []


def test_a_deployment_that_failed_leaves_the_state_alone_and_moves_nothing() -> None:
    world = run(seen(approved(), FAILED), times=3)
    rfc = the_rfc(world, "SIT-A")

    assert (rfc.state, rfc.outcome, rfc.attempt) == (RfcState.APPROVED, "failed", 1)
    assert in_state(world, State.READY_FOR_RETEST) == set()


def test_a_later_one_is_another_attempt() -> None:
    world = run(seen(run(seen(approved(), FAILED), times=2), AGAIN), times=3)
    rfc = the_rfc(world, "SIT-A")

    assert (rfc.state, rfc.outcome, rfc.attempt, rfc.deployed_at) == (RfcState.DEPLOYED, "succeeded", 2, AGAIN.at)
    assert [a.outcome for a in attempts_of(rfc, world)] == [Outcome.FAILED, Outcome.SUCCEEDED]
    assert in_state(world, State.READY_FOR_RETEST) == {123}


def test_of_several_that_ended_since_the_last_look_the_latest_counts() -> None:
    world = run(seen(approved(), FAILED, AGAIN), times=2)

    assert (the_rfc(world, "SIT-A").outcome, the_rfc(world, "SIT-A").attempt) == ("succeeded", 1)


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.PARTIAL], ids=lambda o: o.value)
def test_what_a_person_told_of_it_already_is_no_attempt_of_its_own(outcome: Outcome) -> None:
    world = writes(later(approved(), TEN_PAST + HOUR), DEPLOYER, outcome="failed")

    assert list(plan_evidence(Picture(seen(world, a_deployment(outcome=outcome), now=TEN_PAST + 2 * HOUR)))) == []


def test_what_ended_after_a_person_had_spoken_is_another_attempt() -> None:
    world = writes(later(approved(), TEN_PAST), DEPLOYER, outcome="failed")
    world = run(seen(world, AGAIN), times=2)

    assert (the_rfc(world, "SIT-A").state, the_rfc(world, "SIT-A").attempt) == (RfcState.DEPLOYED, 2)


def test_what_had_ended_before_the_last_one_was_written_and_is_shown_late_counts_too() -> None:
    world = run(seen(approved(), FAILED, now=TEN_PAST + HOUR))
    world = run(seen(world, a_deployment(at=TEN_PAST + HOUR / 2), now=TEN_PAST + 2 * HOUR), times=2)

    assert the_rfc(world, "SIT-A").outcome == "succeeded"


def test_of_two_rfcs_for_one_release_it_is_of_the_first() -> None:
    world = approved()
    first = the_rfc(world, "SIT-A")
    second = replace(first, id=first.id + 1, state=RfcState.RAISED, list_id=None)
    histories = {**world.histories, second.id: world.histories[first.id]}
    world = seen(replace(world, rfcs={**world.rfcs, second.id: second}, histories=histories), a_deployment())

    assert [found.subject for found in plan_evidence(Picture(world))] == [f"RFC {first.id}"]


def test_a_failure_confirms_nothing() -> None:
    world = run(deploys(later(approved(NAMED), TEN_PAST), "SIT-A", PASSER_BY), times=2)

    assert list(plan_evidence(Picture(seen(world, FAILED)))) == []


def test_a_former_failure_does_not_stand_for_the_attempt_that_a_person_asked_for_since() -> None:
    world = run(seen(approved(), FAILED), times=2)
    world = writes(later(world, TEN_PAST + HOUR), DEPLOYER, outcome="")

    assert list(plan_evidence(Picture(world))) == []


def undone_by_a_person(world: Facts) -> Facts:
    return sets(world, "SIT-A", RfcState.APPROVED, RELEASE_MANAGER)


def taken_back_to_raised(world: Facts) -> Facts:
    return sets(world, "SIT-A", RfcState.RAISED, RELEASE_MANAGER)


@pytest.mark.parametrize("undo", [undone_by_a_person, taken_back_to_raised], ids=["to approved", "to raised"])
def test_what_a_person_has_undone_is_not_written_again(undo: Callable[[Facts], Facts]) -> None:
    world = run(seen(approved(), a_deployment()))
    world = undo(later(world, TEN_PAST + HOUR))

    assert list(plan_evidence(Picture(world))) == []


def test_it_confirms_what_only_somebody_said_whose_word_does_not_count() -> None:
    world = run(deploys(later(approved(NAMED), TEN_PAST), "SIT-A", PASSER_BY), times=2)
    assert in_state(world, State.READY_FOR_RETEST) == set()

    world = run(seen(world, a_deployment()), times=3)

    assert in_state(world, State.READY_FOR_RETEST) == {123}
    assert the_rfc(world, "SIT-A").evidence.startswith(f"state set to deployed by {PASSER_BY}")
    assert the_rfc(world, "SIT-A").evidence.endswith("stage SIT-A: succeeded, Mon 07-Dec-2026 09:10 GMT")
    assert run(world) == world


def test_a_person_who_says_deployed_as_well_changes_nothing() -> None:
    world = run(deploys(later(approved(), TEN_PAST), "SIT-A"), times=3)

    assert list(plan_evidence(Picture(seen(world, a_deployment())))) == []


def test_only_shunter_itself_writes_under_the_rule_of_evidence() -> None:
    """Somebody else's mark is a text like any other."""
    world = approved(NAMED)
    rfc = replace(the_rfc(world, "SIT-A"), state=RfcState.DEPLOYED)
    histories = by_somebody(
        world.histories, rfc, world, RfcState.DEPLOYED, PASSER_BY, {Field.EVIDENCE: "seen"}, "evidence"
    )
    forged = replace(world, rfcs={rfc.id: rfc}, histories=histories)

    assert in_state(run(forged, times=2), State.READY_FOR_RETEST) == set()


@pytest.mark.parametrize(
    ("smoke_tests", "said", "moved"),
    [
        pytest.param((), "", set(), id="no smoke test yet: it waits"),
        pytest.param((a_smoke_test(),), "passed", {123}, id="passed: complete"),
        pytest.param((a_smoke_test(Outcome.FAILED),), "failed", set(), id="failed: it waits"),
        pytest.param((a_smoke_test(at=TEN_PAST - HOUR),), "", set(), id="before the deployment: of something else"),
        pytest.param(
            (a_smoke_test(Outcome.FAILED), a_smoke_test(at=TEN_PAST + 2 * HOUR)), "passed", {123}, id="the last counts"
        ),
    ],
)
def test_a_smoke_test_that_was_seen(smoke_tests: Sequence[Sighting], said: str, moved: set[int]) -> None:
    world = run(seen(approved(TESTED), a_deployment()), times=2)
    world = run(seen(world, *smoke_tests), times=3)

    assert the_rfc(world, "SIT-A").smoke == said
    assert in_state(world, State.READY_FOR_RETEST) == moved
    assert run(world) == world


@pytest.mark.parametrize("outcome", [Outcome.SUCCEEDED, Outcome.FAILED])
def test_a_smoke_test_does_not_confirm_what_somebody_said_whose_word_does_not_count(outcome: Outcome) -> None:
    managed = an_environment(smoke_test=True, deployment_managers=frozenset({DEPLOYER}))
    world = approved(a_programme([managed, SIT_B, UIT]))
    world = run(deploys(later(world, TEN_PAST), "SIT-A", PASSER_BY), times=2)

    world = run(seen(world, a_smoke_test(outcome)), times=3)

    assert the_rfc(world, "SIT-A").smoke
    assert in_state(world, State.READY_FOR_RETEST) == set()
    assert any("deployment manager" in words for words in told(world))
    confirmed = run(seen(world, a_deployment()), times=3)
    assert in_state(confirmed, State.READY_FOR_RETEST) == ({123} if outcome is Outcome.SUCCEEDED else set())


def test_a_later_smoke_test_mends_one_that_failed_but_not_a_persons_word() -> None:
    world = run(seen(approved(TESTED), a_deployment()), times=2)
    failed = run(seen(world, a_smoke_test(Outcome.FAILED)), times=2)
    a_day_on = a_smoke_test(at=failed.now + 24 * HOUR)

    assert the_rfc(run(seen(failed, a_day_on)), "SIT-A").smoke == "passed"
    assert the_rfc(run(seen(writes(failed, DEPLOYER, smoke="not run"), a_day_on)), "SIT-A").smoke == "not run"


def test_a_smoke_test_is_not_written_where_none_is_asked() -> None:
    world = run(seen(approved(), a_deployment(), a_smoke_test()), times=3)

    assert the_rfc(world, "SIT-A").smoke == ""


def was_rejected(world: Facts) -> Facts:
    return seen(rejects(world, "SIT-A"), a_deployment())


def was_early(world: Facts) -> Facts:
    return seen(world, a_deployment(at=MONDAY - timedelta(weeks=2)), now=MONDAY)


def failed_later(world: Facts) -> Facts:
    return seen(run(seen(world, a_deployment()), times=2), a_deployment(at=AGAIN.at, outcome=Outcome.FAILED))


def was_overtaken(world: Facts) -> Facts:
    return seen(run(seen(world, a_deployment()), times=2), a_deployment("5.2.15.0", at=AGAIN.at))


def came_again(world: Facts) -> Facts:
    rolled = run(rolls_back(later(run(seen(world, a_deployment()), times=2), TEN_PAST + HOUR), "SIT-A"), times=2)
    return seen(rolled, a_deployment(at=TEN_PAST + 2 * HOUR))


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        pytest.param(was_rejected, "deployed although it was rejected: pipeline dcc-release", id="rejected"),
        pytest.param(was_early, "before this RFC was raised: if that is its deployment, confirm it", id="before it"),
        pytest.param(failed_later, "a later deployment of it did not succeed: pipeline", id="failed later"),
        pytest.param(was_overtaken, "5.2.15.0 was deployed after it: pipeline", id="a former one over it"),
        pytest.param(came_again, "deployed again after it was rolled back: pipeline", id="again after a rollback"),
    ],
)
def test_what_does_not_go_together_is_told_and_left_to_a_person(happened: Callable[[Facts], Facts], words: str) -> None:
    world = happened(approved())

    assert [found for found in told(world) if words in found]
    assert list(plan_evidence(Picture(world))) == []


def test_a_deployment_for_which_nobody_asked_is_told() -> None:
    world = seen(approved(), a_deployment("5.2.17.0"), a_deployment("5.2.14.0"), a_deployment())

    line = "pipeline dcc-release, run 5.2.17.0, stage SIT-A: succeeded, Mon 07-Dec-2026 09:10 GMT"
    assert list(unasked(Picture(world))) == [f"DCC 5.2.17.0 to SIT-A was deployed, and no RFC asks for it: {line}"]


def test_the_bot_is_no_deployer_by_its_state_alone() -> None:
    """What it writes by any other rule proves nothing."""
    world = sets(approved(NAMED), "SIT-A", RfcState.DEPLOYED, BOT)

    assert in_state(run(world, times=2), State.READY_FOR_RETEST) == set()


def test_an_rfc_of_which_only_the_state_was_read_waits_for_its_history() -> None:
    world = seen(replace(approved(), histories={}), a_deployment())

    assert list(plan_evidence(Picture(world))) == []
    assert after(plan_evidence(Picture(world)), world) == world
