"""Undoing a run: each work item goes back to what it was before, unless anybody has gone on with it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.act import Act, AlreadySo, Objection, Verdict
from bot.as_before import Undoing, Work, work_of
from bot.candidate_list import ListState
from bot.change import Edit, Field, Value
from bot.defect import Kind, State
from bot.remark import Remark
from bot.revision import Revision, Trace, net
from bot.rfc import Rfc, RfcState
from bot.undo import CLOSED_BY_PEOPLE, NOT_AGAIN, undo
from bot.written import Written
from tests.bot.world import BOT, DEFECT_MANAGER, LONDON, NOW, PARTY_MANAGER, RELEASE_MANAGER, TESTER, an_rfc

RUN, LATER = "5ad005bd487a", "c5024c4730cf"
UNDOING = Undoing(RUN, DEFECT_MANAGER, BOT, LONDON, "The wrong build was deployed.")
MADE = Revision(1, NOW, TESTER)
Changed = Mapping[Field, tuple[Value, Value]]
COMMENTED: Changed = {Field.REMARK: (None, "(text)")}


def by_run(changed: Changed, rule: str = "retest", run: str = RUN) -> Revision:
    return Revision(0, NOW, BOT, edits(changed), Written(run, rule, "a reason"))


def by(who: str, changed: Changed = COMMENTED) -> Revision:
    return Revision(0, NOW, who, edits(changed))


def edits(changed: Changed) -> tuple[Edit, ...]:
    return tuple(Edit(field, old, new) for field, (old, new) in changed.items())


def trace(kind: Kind, *revisions: Revision) -> Trace:
    """In this order, an hour after one another."""
    hours = timedelta(hours=1)
    told = (replace(r, rev=rev, at=NOW + rev * hours) for rev, r in enumerate(revisions, start=1))
    return Trace(kind, {Kind.LIST: 901, Kind.RFC: 951}.get(kind, 123), tuple(told))


def work(kind: Kind, *revisions: Revision) -> Work:
    found = work_of(trace(kind, *revisions), UNDOING)
    assert found is not None
    return found


def undone(kind: Kind, *revisions: Revision, rfc: Rfc | None = None) -> Verdict:
    return undo(work(kind, *revisions), rfc)


def written(verdict: Verdict) -> dict[Field, Value]:
    """What the act puts into which field, but for the history."""
    assert isinstance(verdict, Act), verdict
    return {edit.field: edit.new for edit in verdict.change.edits if edit.field is not Field.REMARK}


MOVED = by_run(
    {
        Field.STATE: (State.RESOLVED, State.READY_FOR_RETEST),
        Field.DELIVERED_BY: (None, 951),
        Field.ASSIGNED_TO: (PARTY_MANAGER, TESTER),
        Field.REMARK: (None, "(text)"),
    }
)
PUT_BACK = by_run(
    {
        Field.STATE: (State.READY_FOR_RETEST, State.RESOLVED),
        Field.DELIVERED_BY: (951, None),
        Field.ASSIGNED_TO: (TESTER, PARTY_MANAGER),
    },
    "rollback",
)
SEALED = by_run({Field.SEAL: (None, "f00d"), Field.EDITION: (None, 1), Field.BODY: ("(text)", "(text)")}, "agree")
AGREED = by(DEFECT_MANAGER, {Field.STATE: (ListState.PROPOSED, ListState.AGREED)})
RAISED = by_run(
    {
        Field.STATE: (None, RfcState.RAISED),
        Field.PARTY: (None, "DCC"),
        Field.NUMBER: (None, "5.2.16.0"),
        Field.ENVIRONMENT: (None, "SIT-A"),
        Field.LIST: (None, 901),
        Field.EDITION: (None, 1),
        Field.SEAL: (None, "f00d"),
    },
    "raise",
)
POINTS = {Field.CONTROL_POINTS: ("(text)", "(text)")}


def closed(was: RfcState | ListState, now: RfcState | ListState) -> Revision:
    return by_run({Field.STATE: (was, now)}, "follow")


def test_a_defect_that_was_handed_over_is_resolved_again_and_goes_back_to_whom_it_was_with() -> None:
    verdict = undone(Kind.DEFECT, MADE, MOVED)

    assert isinstance(verdict, Act)
    assert (verdict.change.id, verdict.change.rev, verdict.change.assignees) == (123, 2, (PARTY_MANAGER,))
    assert written(verdict) == {Field.STATE: State.RESOLVED}
    assert verdict.words == f"defect 123: state resolved, assigned to {PARTY_MANAGER}"


def test_what_brought_it_stays_on_it_so_that_it_is_not_handed_over_again_and_that_is_said() -> None:
    verdict = undone(Kind.DEFECT, MADE, MOVED)

    assert Field.DELIVERED_BY not in written(verdict)
    assert isinstance(verdict, Act)
    assert verdict.shown == (NOT_AGAIN,)


def test_the_history_says_who_has_undone_which_run_and_why() -> None:
    verdict = undone(Kind.DEFECT, MADE, MOVED)

    assert isinstance(verdict, Act)
    assert verdict.change.new(Field.REMARK) == Remark(
        (
            f"{DEFECT_MANAGER} has undone what run {RUN} of Shunter did here (rule retest).",
            "The reason: The wrong build was deployed.",
            "It is not handed over again for RFC 951, unless “delivered by” is cleared.",
        ),
        (951,),
    )


def test_a_defect_that_nobody_had_is_with_nobody_again() -> None:
    nobodys = replace(MOVED, edits=edits({Field.STATE: (State.RESOLVED, State.READY_FOR_RETEST),
                                          Field.ASSIGNED_TO: (None, TESTER)}))  # fmt: skip
    verdict = undone(Kind.DEFECT, MADE, nobodys)

    assert written(verdict) == {Field.STATE: State.RESOLVED, Field.ASSIGNED_TO: None}
    assert isinstance(verdict, Act)
    assert verdict.words == "defect 123: state resolved, assigned to nobody"


def test_what_a_rollback_had_put_back_is_ready_for_retest_again_with_the_rfc_that_brought_it() -> None:
    verdict = undone(Kind.DEFECT, MADE, PUT_BACK)

    assert written(verdict) == {Field.STATE: State.READY_FOR_RETEST, Field.DELIVERED_BY: 951}
    assert isinstance(verdict, Act)
    assert (verdict.change.assignees, verdict.shown) == ((TESTER,), ())


@pytest.mark.parametrize(
    ("changed", "goes_back"),
    [
        pytest.param({Field.TAGS: ("cycle 3", "cycle 3; Hold")}, {Field.TAGS: "cycle 3"}, id="held"),
        pytest.param({Field.TAGS: (None, "Hold")}, {Field.TAGS: None}, id="held, its only tag"),
        pytest.param({Field.TAGS: ("Hold", None)}, {Field.TAGS: "Hold"}, id="unheld"),
        pytest.param(
            {Field.PLANNED_FOR: (None, date(2026, 12, 14))}, {Field.PLANNED_FOR: None}, id="planned for another day"
        ),
    ],
)
def test_what_was_done_for_a_comment_is_reversed(changed: Changed, goes_back: dict[Field, Value]) -> None:
    assert written(undone(Kind.DEFECT, MADE, by_run(changed, "comments"))) == goes_back


TAKEN_FURTHER = [
    pytest.param(by(TESTER, {Field.STATE: (State.READY_FOR_RETEST, State.CLOSED)}), "state", id="closed"),
    pytest.param(by(TESTER, {Field.STATE: (State.READY_FOR_RETEST, State.OPEN)}), "state", id="reopened"),
    pytest.param(by(TESTER, {Field.ASSIGNED_TO: (TESTER, "theo")}), "assigned to", id="given to another tester"),
    pytest.param(by(TESTER), "history", id="commented on"),
    pytest.param(by(TESTER, {}), "nothing that Shunter reads", id="changed where Shunter does not look"),
]


@pytest.mark.parametrize(("since", "what"), TAKEN_FURTHER)
def test_what_a_person_has_touched_since_is_left_alone_and_it_is_said_who(since: Revision, what: str) -> None:
    verdict = undone(Kind.DEFECT, MADE, MOVED, since)

    told = f"defect 123: {TESTER} has changed it since ({what}; Thu 03-Dec-2026 12:30 GMT), so it is left to people"
    assert verdict == Objection(told)


@pytest.mark.parametrize(("since", "what"), TAKEN_FURTHER)
def test_it_stays_left_alone_when_shunter_has_written_after_the_person(since: Revision, what: str) -> None:
    later = by_run({Field.TAGS: (None, "Hold")}, "comments", LATER)

    verdict = undone(Kind.DEFECT, MADE, MOVED, since, later)

    assert isinstance(verdict, Objection)
    assert f"{TESTER} has changed it since ({what}" in verdict.words


def test_of_several_people_the_last_is_named() -> None:
    verdict = undone(Kind.DEFECT, MADE, MOVED, by(TESTER), by(RELEASE_MANAGER))

    assert isinstance(verdict, Objection)
    assert RELEASE_MANAGER in verdict.words


def test_a_person_between_two_writes_of_the_run_has_touched_it_too() -> None:
    first, second = by_run({Field.TAGS: (None, "Hold")}), by_run({Field.PLANNED_FOR: (None, date(2026, 12, 14))})

    assert isinstance(undone(Kind.DEFECT, MADE, first, by(TESTER), second), Objection)


def test_several_writes_of_one_run_are_undone_together() -> None:
    first, second = by_run({Field.TAGS: (None, "Hold")}), by_run({Field.TAGS: ("Hold", "Hold; cycle 3")})
    verdict = undone(Kind.DEFECT, MADE, first, second)

    assert written(verdict) == {Field.TAGS: None}
    assert isinstance(verdict, Act)
    assert verdict.change.rev == 3


def test_what_a_later_run_wrote_elsewhere_on_the_defect_is_no_ones_touch() -> None:
    later = by_run({Field.TAGS: (None, "Hold")}, "comments", LATER)
    verdict = undone(Kind.DEFECT, MADE, MOVED, later)

    assert written(verdict) == {Field.STATE: State.RESOLVED}
    assert isinstance(verdict, Act)
    assert verdict.change.rev == 3


def test_what_a_later_run_has_gone_on_with_is_undone_from_the_end() -> None:
    later = by_run({Field.DELIVERED_BY: (951, 960)}, "retest", LATER)

    words = f"defect 123: Shunter's run {LATER} has gone on with it since (delivered by): undo that one first"
    assert undone(Kind.DEFECT, MADE, MOVED, later) == Objection(words)


@pytest.mark.parametrize(
    "since",
    [
        pytest.param(by(DEFECT_MANAGER, {Field.STATE: (State.READY_FOR_RETEST, State.RESOLVED)}), id="by a person"),
        pytest.param(replace(PUT_BACK, mark=Written(LATER, "rollback", "")), id="by a later run"),
    ],
)
def test_what_was_put_back_already_is_not_put_back_twice(since: Revision) -> None:
    assert undone(Kind.DEFECT, MADE, MOVED, since) == AlreadySo("defect 123 is so already: state resolved")


def test_undoing_again_finds_nothing_to_do() -> None:
    act = undone(Kind.DEFECT, MADE, MOVED)
    assert isinstance(act, Act)

    again = undone(Kind.DEFECT, MADE, MOVED, Revision(0, NOW, DEFECT_MANAGER, act.change.edits))

    assert isinstance(again, AlreadySo)


def test_words_alone_stay_in_the_history() -> None:
    verdict = undone(Kind.DEFECT, MADE, by_run({Field.REMARK: (None, "(text)")}))

    assert verdict == AlreadySo("defect 123: only its history was added to, which stays")


@pytest.mark.parametrize("who", [TESTER, DEFECT_MANAGER])
def test_a_mark_that_another_hand_has_written_is_not_shunters(who: str) -> None:
    assert work_of(trace(Kind.DEFECT, MADE, replace(MOVED, by=who)), UNDOING) is None


def test_of_another_run_nothing_is_undone() -> None:
    assert work_of(trace(Kind.DEFECT, MADE, MOVED), replace(UNDOING, run=LATER)) is None


def test_a_sealed_list_is_proposed_again_and_its_edition_stays_counted() -> None:
    verdict = undone(Kind.LIST, by_run({}, "propose", LATER), AGREED, SEALED)

    assert written(verdict) == {Field.STATE: ListState.PROPOSED, Field.SEAL: ""}


def test_notices_that_a_later_run_has_written_on_the_list_keep_no_seal_from_being_undone() -> None:
    notices = by_run({Field.BODY: ("(text)", "(text)")}, "propose", LATER)

    assert written(undone(Kind.LIST, MADE, AGREED, SEALED, notices))[Field.STATE] is ListState.PROPOSED


@pytest.mark.parametrize(
    ("later", "what"),
    [
        pytest.param({Field.CLAIM: (None, "an intent")}, "claim", id="claimed: an RFC may be on its way"),
        pytest.param({Field.STATE: (ListState.AGREED, ListState.RAISED)}, "state", id="raised"),
    ],
)
def test_a_seal_on_which_an_rfc_rests_is_not_undone_before_that(later: Changed, what: str) -> None:
    words = f"list 901: Shunter's run {LATER} has gone on with it since ({what}): undo that one first"

    assert undone(Kind.LIST, MADE, AGREED, SEALED, by_run(later, "raise", LATER)) == Objection(words)


@pytest.mark.parametrize(
    "made",
    [
        pytest.param((by_run({Field.BODY: (None, "(text)")}, "propose"),), id="proposed by the run"),
        pytest.param((MADE, by_run({Field.BODY: ("(text)", "(text)")}, "propose")), id="rewritten"),
        pytest.param((MADE, by_run({Field.SEAL: ("f00d", None)}, "propose")), id="its old seal taken off"),
        pytest.param((MADE, by_run({Field.REMARK: (None, "(text)")}, "comments")), id="a comment answered"),
        pytest.param((MADE, by_run({Field.CLAIM: (None, "an intent")}, "raise")), id="claimed"),
        pytest.param(
            (MADE, by_run({Field.STATE: (ListState.AGREED, ListState.RAISED)}, "raise")), id="marked as raised"
        ),
        pytest.param((MADE, closed(ListState.PROPOSED, ListState.CLOSED)), id="closed, for nothing was left on it"),
    ],
)
def test_what_shunter_works_out_anew_needs_no_undoing(made: tuple[Revision, ...]) -> None:
    assert isinstance(undone(Kind.LIST, *made), AlreadySo)


REOPENED = by_run(
    {Field.STATE: (ListState.AGREED, ListState.PROPOSED), Field.SEAL: ("f00d", None), Field.REMARK: (None, "(text)")},
    "agree",
)


def test_undoing_agrees_nothing() -> None:
    verdict = undone(Kind.LIST, MADE, AGREED, SEALED, REOPENED)

    words = "list 901 was put back to proposed: whoever agrees it agrees it again, which undoing does not"
    assert verdict == Objection(words)


def test_what_has_been_agreed_again_since_is_fine() -> None:
    assert isinstance(undone(Kind.LIST, MADE, AGREED, REOPENED, AGREED), AlreadySo)


@pytest.mark.parametrize(
    ("before", "state"),
    [
        pytest.param(ListState.RAISED, ListState.RAISED, id="raised"),
        pytest.param(ListState.AGREED, ListState.PROPOSED, id="agreed: which is for people to do again"),
        pytest.param(ListState.PROPOSED, ListState.PROPOSED, id="proposed"),
    ],
)
def test_a_list_that_closed_with_its_rfc_is_reopened_once_its_rfc_is(before: ListState, state: ListState) -> None:
    verdict = undone(Kind.LIST, MADE, closed(before, ListState.CLOSED), rfc=an_rfc(state=RfcState.DEPLOYED))

    assert written(verdict) == {Field.STATE: state}


@pytest.mark.parametrize("state", [RfcState.CLOSED, RfcState.WITHDRAWN])
def test_while_its_rfc_is_over_the_list_would_only_close_again(state: RfcState) -> None:
    verdict = undone(Kind.LIST, MADE, closed(ListState.RAISED, ListState.CLOSED), rfc=an_rfc(state=state))

    words = f"list 901 closes with its RFC 951, which is {state.value}: reopen that one first"
    assert verdict == Objection(words)


def test_an_rfc_that_was_raised_is_withdrawn_and_what_follows_is_said() -> None:
    verdict = undone(Kind.RFC, RAISED)

    assert written(verdict) == {Field.STATE: RfcState.WITHDRAWN}
    assert isinstance(verdict, Act)
    (shown,) = verdict.shown
    assert shown.startswith("RFC 951 asks for DCC 5.2.16.0 to SIT-A. Withdrawn, it closes its list 901, and its fixes")


def test_its_control_points_are_kept_true_by_every_run_and_are_no_touch() -> None:
    verdict = undone(Kind.RFC, RAISED, by_run(POINTS, "follow", LATER))

    assert written(verdict) == {Field.STATE: RfcState.WITHDRAWN}


@pytest.mark.parametrize(
    "since",
    [
        pytest.param(by(RELEASE_MANAGER, {Field.STATE: (RfcState.RAISED, RfcState.APPROVED)}), id="approved"),
        pytest.param(by(RELEASE_MANAGER, {Field.STATE: (RfcState.RAISED, RfcState.REJECTED)}), id="rejected"),
        pytest.param(by(RELEASE_MANAGER, {Field.STATE: (RfcState.RAISED, RfcState.DEPLOYED)}), id="deployed"),
        pytest.param(by(PARTY_MANAGER, {Field.WAY_BACK: ("(text)", "(text)")}), id="its way back was written"),
        pytest.param(by_run({Field.EDITION: (1, 2), Field.SEAL: ("f00d", "beef")}, "raise", LATER), id="next edition"),
        pytest.param(by_run({Field.OUTCOME: (None, "succeeded")}, "follow", LATER), id="its deployment recorded"),
    ],
)
def test_an_rfc_that_somebody_has_gone_on_with_is_not_withdrawn(since: Revision) -> None:
    assert isinstance(undone(Kind.RFC, RAISED, by_run(POINTS, "follow", LATER), since), Objection)


def test_withdrawn_already_it_is_not_withdrawn_again() -> None:
    withdrawn = by(PARTY_MANAGER, {Field.STATE: (RfcState.RAISED, RfcState.WITHDRAWN)})

    assert undone(Kind.RFC, RAISED, withdrawn) == AlreadySo("RFC 951 is so already: state withdrawn")


@pytest.mark.parametrize("was", [RfcState.DEPLOYED, RfcState.ROLLED_BACK], ids=lambda state: state.value)
def test_a_closed_rfc_is_reopened_and_then_closed_by_people(was: RfcState) -> None:
    verdict = undone(Kind.RFC, MADE, closed(was, RfcState.CLOSED))

    assert written(verdict) == {Field.STATE: was}
    assert isinstance(verdict, Act)
    assert verdict.shown == (CLOSED_BY_PEOPLE,)


@pytest.mark.parametrize(
    ("changed", "is_left"),
    [
        pytest.param(POINTS, False, id="control points: worked out anew"),
        pytest.param({Field.OUTCOME: (None, "succeeded"), **POINTS}, False, id="a deployment: told by its state"),
        pytest.param({Field.EDITION: (1, 2), Field.SEAL: ("f00d", "beef")}, True, id="the next edition: rejected"),
        pytest.param({Field.STATE: (RfcState.DEPLOYED, RfcState.APPROVED)}, True, id="a state that no rule puts back"),
        pytest.param({Field.ATTEMPT: (1, 2)}, True, id="an attempt"),
    ],
)
def test_what_else_was_written_on_an_rfc_stays_and_it_is_said_why(changed: Changed, is_left: bool) -> None:
    assert isinstance(undone(Kind.RFC, MADE, by_run(changed, "follow")), Objection if is_left else AlreadySo)


def test_what_several_revisions_came_to_is_from_the_first_to_the_last() -> None:
    first, second = by_run({Field.EDITION: (1, 2)}), by_run({Field.EDITION: (2, 3), Field.SEAL: ("a", "b")})

    assert net((first, second)) == {
        Field.EDITION: Edit(Field.EDITION, 1, 3),
        Field.SEAL: Edit(Field.SEAL, "a", "b"),
    }
