"""Approval: which one counts, and in which words every other is a deviation [M13]."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.approval import Approval, Deviation, counting_approval, judge_approval, why_no_approver
from bot.history import Step
from bot.number import ReleaseType
from bot.rfc import RfcState
from tests.bot.world import (
    BOT,
    DCC,
    GOVERNOR,
    NOW,
    PARTY_MANAGER,
    PASSER_BY,
    RELEASE_MANAGER,
    SIT_A,
    a_party,
    a_picture,
    a_programme,
    an_environment,
    an_rfc,
    approved,
    steps,
    writes,
)

RFC = an_rfc(state=RfcState.APPROVED)
RAISED, APPROVED, REJECTED = RfcState.RAISED, RfcState.APPROVED, RfcState.REJECTED
WITHDRAWN, DEPLOYED = RfcState.WITHDRAWN, RfcState.DEPLOYED


def judged(*told: tuple[str, RfcState], seal: str = RFC.seal) -> Approval | Deviation:
    return judge_approval(RFC, steps(*told, seal=seal), SIT_A, DCC, BOT)


def test_the_release_manager_of_the_environment_approves() -> None:
    found = judged((BOT, RAISED), (RELEASE_MANAGER, APPROVED))

    assert found == Approval(RELEASE_MANAGER, "SI Release Manager", NOW - timedelta(days=7) + timedelta(hours=2))


ASKED = {"environment": "SIT-A", "party": "DCC", "number": "5.2.16.0", "type": "patch"}
FIRST = writes(steps((BOT, RAISED), seal=RFC.seal), BOT, None, NOW, **ASKED)
GIVEN = writes(FIRST, RELEASE_MANAGER, APPROVED)


@pytest.mark.parametrize("name", ASKED)
def test_what_is_another_release_since_was_not_approved(name: str) -> None:
    since = writes(GIVEN, PASSER_BY, None, NOW, **{name: "5.2.17.0"})
    found = judge_approval(RFC, since, SIT_A, DCC, BOT)

    words = f"{RELEASE_MANAGER} approved another release: what it is, or where it goes, was changed afterwards"
    assert found == Deviation(words)
    assert isinstance(
        judge_approval(RFC, writes(since, PASSER_BY, None, NOW, **{name: ASKED[name]}), SIT_A, DCC, BOT), Approval
    )


def test_a_number_in_three_places_is_the_same_release() -> None:
    since = writes(GIVEN, PASSER_BY, number="5.2.16")

    assert isinstance(judge_approval(RFC, since, SIT_A, DCC, BOT), Approval)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        pytest.param([(BOT, RAISED)], "nobody has approved it", id="raised only"),
        pytest.param([(PASSER_BY, DEPLOYED)], "nobody has approved it", id="deployed straight away"),
        pytest.param(
            [(RELEASE_MANAGER, APPROVED), (RELEASE_MANAGER, REJECTED)],
            f"the approval of {RELEASE_MANAGER} was taken back",
            id="rejected afterwards",
        ),
        pytest.param(
            [(RELEASE_MANAGER, APPROVED), (PASSER_BY, RAISED), (PASSER_BY, DEPLOYED)],
            f"the approval of {RELEASE_MANAGER} was taken back",
            id="set back to raised by anybody, then deployed",
        ),
        pytest.param(
            [(RELEASE_MANAGER, APPROVED), (PARTY_MANAGER, WITHDRAWN)],
            f"the approval of {RELEASE_MANAGER} was taken back",
            id="withdrawn",
        ),
        pytest.param(
            [(BOT, APPROVED)], "the approval was set by the bot's own identity, which may not approve", id="the bot"
        ),
        pytest.param([(PARTY_MANAGER, APPROVED)], f"{PARTY_MANAGER} belongs to DCC, whose release this is", id="own"),
        pytest.param([(PASSER_BY, APPROVED)], f"{PASSER_BY} is not SI Release Manager for SIT-A", id="no role"),
    ],
)
def test_any_other_approval_is_a_deviation(told: list[tuple[str, RfcState]], words: str) -> None:
    assert judged(*told) == Deviation(words)


def test_who_may_approve_is_said_by_every_role_that_may() -> None:
    roles = {"SI Release Manager": frozenset({RELEASE_MANAGER}), "delegate": frozenset({"dan@si.example"})}
    told = steps((PASSER_BY, APPROVED), seal=RFC.seal)

    found = judge_approval(RFC, told, replace(SIT_A, approvals=roles), DCC, BOT)

    assert found == Deviation(f"{PASSER_BY} is not SI Release Manager or delegate for SIT-A")


def test_an_approval_of_other_content_does_not_count() -> None:
    found = judged((RELEASE_MANAGER, APPROVED), seal="the seal of the edition before")

    assert found == Deviation(f"{RELEASE_MANAGER} approved other content: it was changed afterwards")


@pytest.mark.parametrize(
    ("by", "words"),
    [
        pytest.param(RELEASE_MANAGER, "", id="the release manager"),
        pytest.param(BOT, f"{BOT} is Shunter's own identity", id="Shunter"),
        pytest.param(PARTY_MANAGER, f"{PARTY_MANAGER} belongs to DCC, whose release this is", id="the party"),
        pytest.param(PASSER_BY, f"{PASSER_BY} is not SI Release Manager for SIT-A", id="anybody else"),
    ],
)
@pytest.mark.parametrize("has_a_role", [False, True])
def test_who_cannot_answer_for_an_environment_is_told_why(by: str, words: str, has_a_role: bool) -> None:
    """Nor does a role help Shunter or the party whose release it is."""
    people = frozenset({RELEASE_MANAGER} | ({BOT, PARTY_MANAGER} if has_a_role else set()))

    assert why_no_approver(by, replace(SIT_A, approvals={"SI Release Manager": people}), DCC, BOT) == words


def test_what_the_bot_approves_does_not_count_whatever_role_its_identity_holds() -> None:
    roles = {"SI Release Manager": frozenset({RELEASE_MANAGER, BOT})}
    programme = a_programme([replace(SIT_A, approvals=roles)])

    picture = a_picture(RFC, programme=programme, histories={RFC.id: approved(RFC, by=BOT)})

    expected = Deviation("the approval was set by the bot's own identity, which may not approve")
    assert counting_approval(RFC, approved(RFC, by=BOT), programme, BOT) == expected
    assert picture.approval_of(RFC) == expected


def test_all_that_an_approval_still_waits_for_is_told_with_everybody_whose_answer_it_is() -> None:
    programme = a_programme([replace(SIT_A, approval_needs=frozenset({3, 4, 6}))])

    found = counting_approval(RFC, approved(RFC), programme, BOT)

    assert found == Deviation(
        "the environment is not confirmed to be at its baseline yet (point 3); "
        "the release package is not approved yet (point 4); the release plan is not approved yet (point 6)",
        "environments manager of SIT-A and build manager of SIT-A and SI Release Manager",
    )


def test_an_approval_given_again_after_it_was_taken_back_counts() -> None:
    found = judged((RELEASE_MANAGER, APPROVED), (BOT, RAISED), (RELEASE_MANAGER, APPROVED))

    assert isinstance(found, Approval)


def test_deploying_does_not_take_the_approval_back() -> None:
    assert isinstance(judged((RELEASE_MANAGER, APPROVED), (PASSER_BY, DEPLOYED)), Approval)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param([(RELEASE_MANAGER, APPROVED), (PASSER_BY, DEPLOYED), (PASSER_BY, APPROVED)], id="to try again"),
        pytest.param([(RELEASE_MANAGER, APPROVED), (PASSER_BY, APPROVED)], id="over it"),
        pytest.param([(RELEASE_MANAGER, APPROVED), (PARTY_MANAGER, APPROVED)], id="by the party itself"),
        pytest.param([(RELEASE_MANAGER, APPROVED), (BOT, APPROVED)], id="by the bot"),
    ],
)
def test_who_sets_it_to_approved_once_more_neither_gives_nor_takes_an_approval(
    told: list[tuple[str, RfcState]],
) -> None:
    found = judged(*told)

    assert isinstance(found, Approval)
    assert found.by == RELEASE_MANAGER


def test_content_that_changed_in_between_voids_it_even_if_it_is_the_same_again() -> None:
    told = (*approved(RFC), Step(3, NOW, BOT, None, "another seal"), Step(4, NOW, BOT, None, RFC.seal))

    found = judge_approval(RFC, told, SIT_A, DCC, BOT)

    assert found == Deviation(f"{RELEASE_MANAGER} approved other content: it was changed afterwards")


def test_an_approval_in_retrospect_counts() -> None:
    assert isinstance(judged((PASSER_BY, DEPLOYED), (RELEASE_MANAGER, APPROVED), (PASSER_BY, DEPLOYED)), Approval)


def test_revisions_without_a_state_change_nothing() -> None:
    edited = (*approved(RFC), Step(3, NOW, PASSER_BY, None, RFC.seal))

    assert isinstance(judge_approval(RFC, edited, SIT_A, DCC, BOT), Approval)


def test_anybody_of_the_resolving_party_is_kept_from_approving_whatever_role_they_hold() -> None:
    insider = a_party(people=frozenset({RELEASE_MANAGER}))

    found = judge_approval(RFC, approved(RFC), SIT_A, insider, BOT)

    assert found == Deviation(f"{RELEASE_MANAGER} belongs to DCC, whose release this is")


def test_any_of_the_roles_will_do() -> None:
    either = an_environment(
        approvals={"SI Release Manager": frozenset({RELEASE_MANAGER}), "delegate": frozenset({PASSER_BY})}
    )

    found = judge_approval(RFC, approved(RFC, by=PASSER_BY), either, DCC, BOT)

    assert isinstance(found, Approval)
    assert found.role == "delegate"


def test_a_party_that_nobody_configured_has_no_people() -> None:
    assert isinstance(judge_approval(RFC, approved(RFC), SIT_A, None, BOT), Approval)


MAJOR = an_rfc(state=APPROVED, type=ReleaseType.MAJOR)
GOVERNED = a_programme(governance=frozenset({GOVERNOR, BOT}))
GO = "2: approved, go/no-go of 4 Dec"


@pytest.mark.parametrize(
    ("answers", "by", "counts"),
    [
        pytest.param("", GOVERNOR, False, id="governance has said nothing"),
        pytest.param(GO, GOVERNOR, True, id="governance has approved"),
        pytest.param(GO, PASSER_BY, False, id="somebody else has said so"),
        pytest.param(GO, BOT, False, id="Shunter has said so, which its own role does not change"),
        pytest.param("2: not met, postponed", GOVERNOR, False, id="governance has refused"),
        pytest.param("2: waived, the chair is away", GOVERNOR, True, id="governance has waived it"),
    ],
)
def test_the_approval_of_a_major_counts_once_governance_has_its_say(answers: str, by: str, counts: bool) -> None:
    said = Step(3, NOW, by, None, MAJOR.seal, answers)

    found = counting_approval(replace(MAJOR, answers=answers), (*approved(MAJOR), said), GOVERNED, BOT)

    if counts:
        assert isinstance(found, Approval)
        assert found.by == RELEASE_MANAGER
    else:
        assert found == Deviation("governance has not approved it yet (point 2)", "governance forum")


def test_governance_does_not_make_good_what_the_approval_itself_lacks() -> None:
    told = (*steps((BOT, RAISED), (PASSER_BY, APPROVED), seal=MAJOR.seal), Step(3, NOW, GOVERNOR, None, MAJOR.seal, GO))

    found = counting_approval(replace(MAJOR, answers=GO), told, GOVERNED, BOT)

    assert found == Deviation(f"{PASSER_BY} is not SI Release Manager for SIT-A")


def test_a_patch_is_approved_without_governance() -> None:
    assert isinstance(counting_approval(RFC, approved(RFC), GOVERNED, BOT), Approval)
