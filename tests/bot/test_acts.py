"""What people ask for by hand: what is written, what is so already, and what would not stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.act import Act, Verdict
from bot.candidate_list import CandidateList, ListState
from bot.change import Edit, Field
from bot.confirm import confirm
from bot.defect import Defect, Kind, State
from bot.defect_acts import ask_for_emergency, hold, move, unhold
from bot.environment import Environment
from bot.history import Step
from bot.release_acts import agree, waive
from bot.remark import Remark
from bot.rfc import Rfc, RfcState
from bot.why_not_confirmed import Confirmation
from tests.bot.verdicts import done, refused, so_already
from tests.bot.world import (
    DEFECT_MANAGER,
    DEPLOYER,
    MONDAY,
    NOW,
    PARTY_MANAGER,
    PASSER_BY,
    RELEASE_MANAGER,
    SIT_A,
    SIT_B,
    TESTER,
    a_change_request,
    a_defect,
    a_list,
    a_picture,
    a_programme,
    a_sealed_list,
    an_environment,
    an_rfc,
    approved,
    at,
    deployed,
    entries,
    facts,
    writes,
)

WHY = Remark(("The data is not loaded.",))
IN_WINDOW = MONDAY + timedelta(hours=1)
DefectAct = Callable[[Defect, Remark], Verdict]


def tagged(*tags: str) -> Defect:
    return a_defect(tags=frozenset(tags))


def for_sit_b(act: Callable[[Defect, Remark, str], Verdict]) -> DefectAct:
    return lambda defect, why: act(defect, why, "SIT-B")


def to_monday(defect: Defect, why: Remark) -> Verdict:
    return move(defect, date(2026, 12, 14), why)


@pytest.mark.parametrize(
    ("before", "act", "after", "words"),
    [
        pytest.param([], hold, "Hold", "123 is held (tag Hold)", id="the first tag"),
        pytest.param(["b", "A"], hold, "A; b; Hold", "123 is held (tag Hold)", id="beside others"),
        pytest.param([], for_sit_b(hold), "Hold SIT-B", "123 is held (tag Hold SIT-B)", id="for one environment"),
        pytest.param(["Hold"], for_sit_b(hold), "Hold; Hold SIT-B", "123 is held (tag Hold SIT-B)", id="held anyway"),
        pytest.param(["hold", "x"], unhold, "x", "123 is unheld: the tag hold is gone", id="whatever its case"),
        pytest.param(["Hold"], unhold, "", "123 is unheld: the tag Hold is gone", id="the last tag"),
        pytest.param(["x"], ask_for_emergency, "Emergency; x", "an emergency is asked for 123", id="an emergency"),
    ],
)
@pytest.mark.parametrize("make", [a_defect, a_change_request], ids=["of a defect", "of a change request"])
def test_a_tag_comes_or_goes_with_the_reason_and_no_other_tag_changes(
    make: Callable[..., Defect], before: list[str], act: DefectAct, after: str, words: str
) -> None:
    defect = make(123, tags=frozenset(before))

    verdict = act(defect, WHY)

    assert done(verdict) == {Field.TAGS: after, Field.REMARK: WHY}
    assert isinstance(verdict, Act)
    assert verdict.words == words
    assert (verdict.change.id, verdict.change.rev, verdict.change.kind) == (defect.id, defect.rev, defect.kind)


@pytest.mark.parametrize(
    ("defect", "act", "words"),
    [
        pytest.param(tagged("HOLD"), hold, "123 is held (tag HOLD)", id="held"),
        pytest.param(tagged("x"), unhold, "123 has no tag Hold", id="not held"),
        pytest.param(
            tagged("Hold"),
            for_sit_b(unhold),
            "123 has no tag Hold SIT-B; the tag Hold still stands",
            id="held otherwise",
        ),
        pytest.param(
            tagged("Hold UIT", "Hold SIT-B"),
            unhold,
            "123 has no tag Hold; the tag Hold SIT-B, Hold UIT still stands",
            id="held for environments",
        ),
        pytest.param(tagged("emergency"), ask_for_emergency, "an emergency is asked for 123", id="asked for"),
        pytest.param(
            a_defect(planned_for=date(2026, 12, 14)), to_monday, "123 is planned for Mon 14-Dec-2026", id="planned"
        ),
    ],
)
def test_what_is_so_already_is_not_written(defect: Defect, act: DefectAct, words: str) -> None:
    assert so_already(act(defect, WHY)) == words


def test_an_unhold_says_which_hold_still_stands() -> None:
    verdict = unhold(tagged("Hold", "Hold UIT", "Holding area"), WHY)

    assert isinstance(verdict, Act)
    assert verdict.words == "123 is unheld: the tag Hold is gone; the tag Hold UIT still stands"


def test_a_change_request_is_moved_like_a_defect() -> None:
    verdict = move(a_change_request(31, planned_for=date(2026, 12, 7)), date(2026, 12, 14), WHY)

    assert isinstance(verdict, Act)
    assert verdict.change.edits[0] == Edit(Field.PLANNED_FOR, date(2026, 12, 7), date(2026, 12, 14))
    assert (verdict.change.kind, verdict.change.id, verdict.change.rev) == (Kind.CHANGE_REQUEST, 31, 3)


def agreed(listed: CandidateList, by: str = DEFECT_MANAGER, now: datetime = NOW, **other: Any) -> Verdict:
    return agree(listed, by, a_picture(listed, a_defect(**other), now=now))


def test_a_list_is_agreed_by_its_state_alone_and_shown_first() -> None:
    verdict = agreed(a_list(entries=entries(here=[123], elsewhere=[246])))

    assert done(verdict) == {Field.STATE: ListState.AGREED}
    assert isinstance(verdict, Act)
    assert verdict.shown == (
        "DCC 5.2.16.0 to SIT-A (patch): 2 on it",
        "retest here: 123",
        "retest elsewhere: 246",
        "window Mon 07-Dec-2026 09:00 GMT to Mon 07-Dec-2026 11:00 GMT",
        "to be agreed by Fri 04-Dec-2026 09:00 GMT",
    )


def test_what_keeps_an_agreed_list_from_being_sealed_is_shown() -> None:
    verdict = agreed(a_list(), tags=frozenset({"Hold"}))

    assert isinstance(verdict, Act)
    assert verdict.shown[-1].startswith("not sealed while this stands: 123 is held, but 5.2.16.0 contains it")


@pytest.mark.parametrize(
    ("listed", "by", "now", "words"),
    [
        pytest.param(a_list(), PASSER_BY, NOW, f"{PASSER_BY} is not defect manager for SIT-A", id="no role"),
        pytest.param(a_list(release=""), DEFECT_MANAGER, NOW, "it has no release number", id="no number"),
        pytest.param(a_list(entries=frozenset()), DEFECT_MANAGER, NOW, "nothing is on it", id="empty"),
        pytest.param(a_list(), DEFECT_MANAGER, MONDAY, "the notice of its window ran out", id="too late"),
        pytest.param(a_list(environment="CCMT"), DEFECT_MANAGER, NOW, "does not know", id="an unknown environment"),
        pytest.param(a_list(state=ListState.CLOSED), DEFECT_MANAGER, NOW, "list 901 is closed", id="closed"),
        pytest.param(a_list(state=ListState.RAISED), DEFECT_MANAGER, NOW, "list 901 is raised", id="raised"),
    ],
)
def test_a_list_that_would_not_stand_is_not_agreed(listed: CandidateList, by: str, now: datetime, words: str) -> None:
    assert words in refused(agreed(listed, by, now))


def test_a_waiver_lets_a_late_list_be_agreed() -> None:
    assert isinstance(agreed(a_list(waiver="rhona: cycle 3"), now=MONDAY), Act)


def test_a_list_is_agreed_once() -> None:
    assert so_already(agreed(a_list(state=ListState.AGREED))) == "list 901 is agreed already"


def test_a_waiver_names_the_person_and_is_one_line() -> None:
    assert done(waive(a_list(), " needed\nfor cycle 3 ", DEFECT_MANAGER, facts())) == {
        Field.WAIVER: f"{DEFECT_MANAGER}: needed for cycle 3"
    }
    assert done(waive(an_rfc(), "needed", DEFECT_MANAGER, facts())) == {Field.WAIVER: f"{DEFECT_MANAGER}: needed"}


def test_a_waiver_is_not_written_over_another_nor_too_long_nor_too_late() -> None:
    assert so_already(waive(a_list(waiver="rhona: cycle 3"), "mine", DEFECT_MANAGER, facts())).endswith(
        "rhona: cycle 3"
    )
    assert "too long" in refused(waive(a_list(), "w" * 255, DEFECT_MANAGER, facts()))
    assert "RFC 951 is deployed" in refused(waive(an_rfc(state=RfcState.DEPLOYED), "mine", DEFECT_MANAGER, facts()))


def test_a_waiver_that_would_not_count_is_not_written() -> None:
    words = refused(waive(a_list(), "we are late", PARTY_MANAGER, facts()))

    assert words == f"the waiver would not count: {PARTY_MANAGER} belongs to DCC, whose release this is"


SEALED = a_sealed_list(state=ListState.RAISED)
APPROVED = an_rfc(of=SEALED, state=RfcState.APPROVED)
DEPLOYED = replace(APPROVED, state=RfcState.DEPLOYED, deployed_at=IN_WINDOW, outcome="succeeded")


def confirmed(
    rfc: Rfc = APPROVED,
    said: Confirmation | None = None,
    *others: Defect,
    now: datetime = IN_WINDOW,
    steps: tuple[Step, ...] | None = None,
    by: str = DEPLOYER,
    environment: Environment = SIT_A,
) -> Verdict:
    told = approved(rfc) if steps is None else steps
    programme = a_programme([environment, SIT_B])
    picture = a_picture(SEALED, rfc, a_defect(), *others, now=now, histories={rfc.id: told}, programme=programme)
    return confirm(rfc, said or Confirmation(), by, picture)


def test_a_deployment_is_confirmed_as_of_now_unless_somebody_says_when() -> None:
    assert done(confirmed()) == {Field.STATE: RfcState.DEPLOYED, Field.DEPLOYED_AT: IN_WINDOW}
    earlier = at("2026-12-07 09:20")
    assert done(confirmed(said=Confirmation(earlier)))[Field.DEPLOYED_AT] == earlier


def test_what_is_in_order_is_no_deviation() -> None:
    verdict = confirmed()

    assert isinstance(verdict, Act)
    assert (verdict.deviations, verdict.words) == (
        (),
        "RFC 951 (DCC 5.2.16.0 to SIT-A): deployed Mon 07-Dec-2026 10:00 GMT",
    )


@pytest.mark.parametrize(
    ("case", "words"),
    [
        pytest.param({"steps": ()}, "deployed without a valid approval", id="without an approval"),
        pytest.param({"now": MONDAY + timedelta(hours=5)}, "outside its window", id="too late"),
        pytest.param({"said": Confirmation(at("2026-12-07 08:00"))}, "outside its window", id="too early"),
        pytest.param(
            {"rfc": DEPLOYED, "steps": deployed(DEPLOYED, IN_WINDOW), "said": Confirmation(at("2026-12-07 08:00"))},
            "outside its window",
            id="too early, as it turns out",
        ),
    ],
)
def test_what_the_process_does_not_allow_is_named(case: dict[str, Any], words: str) -> None:
    verdict = confirmed(**case)

    assert isinstance(verdict, Act)
    assert any(words in deviation for deviation in verdict.deviations)
    assert (verdict.change.id, verdict.change.rev) == (951, 2)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        pytest.param(Confirmation(smoke="passed"), {Field.SMOKE: "passed"}, id="the smoke test alone"),
        pytest.param(
            Confirmation(accepted=frozenset({555, 123})), {Field.ACCEPTED: "123, 555"}, id="what else it brought"
        ),
        pytest.param(
            Confirmation(at("2026-12-07 09:20")), {Field.DEPLOYED_AT: at("2026-12-07 09:20")}, id="another time"
        ),
    ],
)
def test_of_a_release_that_is_deployed_only_what_is_new_is_written(
    said: Confirmation, written: dict[Field, Any]
) -> None:
    verdict = confirmed(DEPLOYED, said, a_defect(555), steps=deployed(DEPLOYED, IN_WINDOW), by=RELEASE_MANAGER)

    assert done(verdict) == written
    assert isinstance(verdict, Act)
    assert verdict.deviations == ()


def test_a_confirmation_is_written_once() -> None:
    assert so_already(confirmed(DEPLOYED, steps=deployed(DEPLOYED, IN_WINDOW))) == "RFC 951 says so already"


def test_what_was_accepted_before_stays_accepted() -> None:
    rfc = replace(DEPLOYED, accepted=frozenset({556}))

    steps = writes(deployed(rfc, IN_WINDOW), RELEASE_MANAGER, accepted="556")
    verdict = confirmed(rfc, Confirmation(accepted=frozenset({555})), a_defect(555), steps=steps, by=RELEASE_MANAGER)

    assert done(verdict) == {Field.ACCEPTED: "555, 556"}


@pytest.mark.parametrize(
    ("rfc", "said", "words"),
    [
        pytest.param(replace(APPROVED, state=RfcState.REJECTED), Confirmation(), "is rejected", id="rejected"),
        pytest.param(replace(APPROVED, state=RfcState.WITHDRAWN), Confirmation(), "is withdrawn", id="withdrawn"),
        pytest.param(replace(APPROVED, state=RfcState.ROLLED_BACK), Confirmation(), "rolled back", id="rolled back"),
        pytest.param(APPROVED, Confirmation(at("2026-12-08 09:00")), "has not come yet", id="in the future"),
        pytest.param(
            APPROVED,
            Confirmation(accepted=frozenset({246})),
            "246 is retested where it was found: SIT-B",
            id="elsewhere",
        ),
        pytest.param(APPROVED, Confirmation(accepted=frozenset({31})), "31 is no defect", id="a change request"),
        pytest.param(APPROVED, Confirmation(accepted=frozenset({99})), "99 is no defect", id="unknown"),
    ],
)
def test_what_cannot_be_confirmed_is_refused(rfc: Rfc, said: Confirmation, words: str) -> None:
    others = (a_defect(246, found_in="SIT-B"), a_change_request(31))

    assert words in refused(confirmed(rfc, said, *others, by=RELEASE_MANAGER))


MANAGED = an_environment("SIT-A", deployment_managers=frozenset({DEPLOYER}), test_managers=frozenset({TESTER}))
BY_A_STRANGER = (*approved(DEPLOYED), Step(3, IN_WINDOW, PASSER_BY, RfcState.DEPLOYED, DEPLOYED.seal))


def test_what_a_stranger_reported_is_confirmed_by_a_word_of_its_own() -> None:
    rfc = replace(DEPLOYED, evidence="state set to deployed by tim")

    verdict = confirmed(rfc, steps=BY_A_STRANGER, environment=MANAGED)

    words = f"confirmed by {DEPLOYER} on Mon 07-Dec-2026 10:00 GMT"
    assert done(verdict) == {Field.EVIDENCE: f"state set to deployed by tim; {words}"}
    vouched = writes(BY_A_STRANGER, DEPLOYER, evidence=words)
    assert so_already(confirmed(rfc, steps=vouched, environment=MANAGED)) == "RFC 951 says so already"


def test_who_may_not_report_a_deployment_is_told_so_before_they_do() -> None:
    verdict = confirmed(by=PASSER_BY, environment=MANAGED)

    assert isinstance(verdict, Act)
    why = f"{PASSER_BY} is not deployment manager or SI Release Manager for SIT-A"
    assert verdict.deviations == (f"set to deployed, and nobody whose word counts says so: {why}",)


PASSED, ACCEPTED = Confirmation(smoke="passed"), Confirmation(accepted=frozenset({555}))
FAILED_BEFORE = writes(writes(deployed(DEPLOYED), DEPLOYER, outcome="failed"), DEPLOYER, RfcState.APPROVED)


@pytest.mark.parametrize(
    ("said", "by", "rfc", "steps", "words"),
    [
        pytest.param(
            Confirmation(), PASSER_BY, DEPLOYED, BY_A_STRANGER, "your word on it would not count", id="a deployment"
        ),
        pytest.param(
            PASSED, DEPLOYER, DEPLOYED, None, f"{DEPLOYER} is no test manager of SIT-A", id="somebody else's smoke test"
        ),
        pytest.param(
            PASSED,
            TESTER,
            replace(DEPLOYED, smoke="passed"),
            writes(deployed(DEPLOYED), DEPLOYER, smoke="passed"),
            "says passed already, and that does not count: empty it first",
            id="a smoke test that somebody else passed",
        ),
        pytest.param(
            PASSED,
            TESTER,
            replace(APPROVED, smoke="passed"),
            FAILED_BEFORE,
            "says passed already, and that does not count: empty it first",
            id="a smoke test of the attempt before",
        ),
        pytest.param(
            ACCEPTED, DEPLOYER, DEPLOYED, None, f"{DEPLOYER} is not SI Release Manager for SIT-A", id="an acceptance"
        ),
        pytest.param(
            ACCEPTED,
            RELEASE_MANAGER,
            replace(DEPLOYED, accepted=frozenset({556})),
            writes(deployed(DEPLOYED), DEPLOYER, accepted="556"),
            "names 556 too, which nobody has accepted who may",
            id="an acceptance beside a stranger's",
        ),
    ],
)
def test_no_word_is_written_that_would_not_count(
    said: Confirmation, by: str, rfc: Rfc, steps: tuple[Step, ...] | None, words: str
) -> None:
    environment = replace(MANAGED, smoke_test=True)

    assert words in refused(confirmed(rfc, said, a_defect(555), steps=steps, by=by, environment=environment))


def test_what_a_stranger_accepted_is_accepted_anew_in_other_writing() -> None:
    rfc = replace(DEPLOYED, accepted=frozenset({555}))
    steps = writes(deployed(rfc), DEPLOYER, accepted="555")

    assert done(confirmed(rfc, ACCEPTED, a_defect(555), steps=steps, by=RELEASE_MANAGER)) == {Field.ACCEPTED: "#555"}


def test_deployed_after_all_takes_back_the_failure_that_stands_there() -> None:
    rfc = replace(APPROVED, outcome="failed")

    verdict = confirmed(rfc, steps=writes(approved(rfc), DEPLOYER, outcome="failed"))

    assert done(verdict)[Field.OUTCOME] == "succeeded"


def test_a_closed_defect_can_be_held_like_any_other() -> None:
    assert done(hold(a_defect(state=State.CLOSED), WHY))[Field.TAGS] == "Hold"
