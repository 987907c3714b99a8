"""People decide by command line, as themselves: what they write, and what is refused in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from adapters.sandbox.cast import DEPLOYMENT_MANAGER, TEST_MANAGER
from adapters.sandbox.faults import reset
from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER, SIT_RELEASE_MANAGER, TESS
from tests.jobs.accidents import a_rule_says_no, is_write, meanwhile
from tests.jobs.desk import Desk
from tests.jobs.small_world import CHANGE, HELD

WHY = "The tester's data is not ready."


@pytest.fixture
def listed(desk: Desk) -> int:
    """The list of DCC for SIT-A, proposed."""
    desk.played("listed", propose)
    return desk.cast.the_list("SIT-A", "DCC").id


@pytest.fixture
def raised(desk: Desk) -> int:
    """The RFC of DCC for SIT-A, approved; its window is Monday from nine to five."""
    desk.played("raised", raise_rfc)
    return desk.cast.the_rfc("SIT-A", "DCC").id


def propose(desk: Desk) -> None:
    assert desk.shunter("run", "--once").code == 0


def raise_rfc(desk: Desk) -> None:
    desk.played("listed", propose)
    for environment in ("SIT-A", "SIT-B"):
        desk.cast.agree(environment, "DCC")
    for _ in range(2):
        assert desk.shunter("run", "--once").code == 0
    desk.cast.approve("SIT-A", "DCC")
    desk.azure.clock.set(datetime(2026, 12, 7, 10, 30, tzinfo=UTC))


def test_a_hold_is_a_tag_and_the_reason_written_by_the_person(desk: Desk) -> None:
    held = desk("hold", "123", "--why", WHY)

    assert (held.code, held.data) == (0, "done: 123 is held (tag Hold)\n")
    assert (desk.tags(123), desk.last_hand(123)) == ("Hold", SIT_DEFECT_MANAGER)
    assert "The tester&#39;s data is not ready." in desk.last_words(123) or WHY in desk.last_words(123)


def test_what_is_held_already_is_not_written_again(desk: Desk) -> None:
    held = desk("hold", str(HELD), "--why", WHY)

    assert (held.code, held.data) == (0, f"nothing to do: {HELD} is held (tag Hold)\n")
    assert desk.writes() == 0


def test_other_tags_stay(desk: Desk) -> None:
    assert desk("hold", "613", "--why", WHY, "--env", "SIT-B").code == 0
    assert desk.tags(613) == "Hold SIT-B; known-issue"

    assert desk("unhold", "613", "--why", "It is ready.", "-e", "SIT-B").code == 0
    assert desk.tags(613) == "known-issue"


def test_the_last_tag_can_go(desk: Desk) -> None:
    unheld = desk("unhold", str(HELD), "--why", "It is ready.")

    assert (unheld.code, unheld.data) == (0, f"done: {HELD} is unheld: the tag Hold is gone\n")
    assert desk.tags(HELD) == ""


def test_what_a_person_holds_shunter_leaves_out(desk: Desk, listed: int) -> None:
    desk("hold", "123", "--why", WHY)
    desk.azure.clock.set(datetime(2026, 12, 3, 10, 0, tzinfo=UTC))
    assert desk.shunter("run", "--once").code == 0

    assert 123 not in list(desk.azure.item(listed).links("System.LinkTypes.Related"))


def test_a_fix_is_moved_to_a_day(desk: Desk) -> None:
    moved = desk("move", str(CHANGE), "2026-12-14", "--why", WHY)

    assert (moved.code, moved.data) == (0, f"done: {CHANGE} is planned for Mon 14-Dec-2026\n")
    planned = desk.azure.item(CHANGE).fields["Custom.PlannedFor"]
    assert isinstance(planned, datetime)
    assert planned.date() == date(2026, 12, 14)
    assert desk("move", str(CHANGE), "2026-12-14", "--why", WHY).data.startswith("nothing to do")


def test_an_emergency_is_asked_for(desk: Desk) -> None:
    asked = desk("emergency", "555", "--why", "Nobody can test.", by=TEST_MANAGER)

    assert (asked.code, desk.tags(555)) == (0, "Emergency")
    assert "Nobody can test." in desk.last_words(555)


def test_markup_in_a_reason_is_shown_as_it_was_typed(desk: Desk) -> None:
    assert desk("hold", "123", "--why", "<script>alert(1)</script> @rhona #1").code == 0

    words = desk.last_words(123)
    assert "<script" not in words
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in words
    assert "#1" not in words


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("hold", "123", "--why", " "), id="no reason"),
        pytest.param(("hold", "123"), id="no reason named"),
        pytest.param(("hold", "123", "--why", WHY, "--env", "SIT-C"), id="an unknown environment"),
        pytest.param(("hold", "one", "--why", WHY), id="no id"),
        pytest.param(("move", "123", "14.12.2026", "--why", WHY), id="no date"),
        pytest.param(("confirm", "123", "--at", "yesterday"), id="no time"),
        pytest.param(("confirm", "123", "--smoke", "perhaps"), id="no result"),
        pytest.param(("answer", "123", "3", "perhaps"), id="no answer"),
    ],
)
def test_what_cannot_be_understood_is_refused_before_anything_is_read(desk: Desk, words: tuple[str, ...]) -> None:
    refused = desk(*words)

    assert (refused.code, refused.data) == (2, "")
    assert refused.talk
    assert desk.writes() == 0


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("hold", "99999", "--why", WHY), "99999 is no work item of MHHS that dev.patel@si.example can see"),
        (("agree", "123", "--yes"), "123 is of type Bug, and no candidate list"),
        (("waive", "123", "--why", WHY), "123 is of type Bug, and no candidate list or RFC"),
        (("confirm", "123"), "123 is of type Bug, and no RFC"),
        (("answer", "123", "3", "met"), "123 is of type Bug, and no RFC"),
    ],
    ids=["nothing there", "a defect agreed", "a defect waived", "a defect confirmed", "a defect answered"],
)
def test_the_wrong_work_item_is_refused_with_words(desk: Desk, words: tuple[str, ...], answer: str) -> None:
    refused = desk(*words)

    assert (refused.code, refused.data) == (1, f"refused: {answer}\n")
    assert desk.writes() == 0


def test_without_a_token_of_their_own_nobody_acts(desk: Desk) -> None:
    refused = desk("hold", "123", "--why", WHY, by="")

    assert (refused.code, refused.data) == (4, "")
    assert "SHUNTER_PERSON_TOKEN" in refused.talk
    assert "--token-file" in refused.talk


def test_shunters_own_account_decides_nothing(desk: Desk) -> None:
    refused = desk("hold", "123", "--why", WHY, by=BOT)

    assert (refused.code, desk.writes()) == (4, 0)
    assert f"{BOT}, Shunter's own account" in refused.talk


def test_a_token_that_is_not_accepted_is_a_matter_of_signing_in(desk: Desk) -> None:
    assert desk.run("hold", "123", "--why", WHY, SHUNTER_PERSON_TOKEN="expired").code == 4


def test_a_token_may_lie_in_a_file_that_nobody_else_reads(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(desk.azure.token_for(TESS))
    file.chmod(0o644)
    words = ("hold", "123", "--why", WHY, "--token-file", str(file))

    open_to_all = desk(*words, by="")
    assert (open_to_all.code, desk.writes()) == (2, 0)
    assert f"chmod 600 {file}" in open_to_all.talk

    file.chmod(0o600)
    assert desk(*words, by="").code == 0
    assert desk.last_hand(123) == TESS


def test_no_token_is_ever_shown(desk: Desk) -> None:
    token = desk.azure.token_for(SIT_DEFECT_MANAGER)
    for words in (("hold", "123", "--why", WHY), ("agree", "123"), ("hold", "99999", "--why", WHY)):
        answer = desk(*words)
        assert token not in answer.data + answer.talk


def test_a_defect_changed_meanwhile_is_left_alone_and_told(desk: Desk) -> None:
    desk.azure.faults.add(is_write, meanwhile(lambda: desk.cast.retitle(123, "Another title")))

    refused = desk("hold", "123", "--why", WHY)

    assert refused.code == 1
    assert "changed meanwhile by tess.hall@st.example" in refused.data
    assert "It can still be done" in refused.talk
    assert desk.tags(123) == ""


def test_what_somebody_else_has_done_meanwhile_is_as_good(desk: Desk) -> None:
    desk.azure.faults.add(is_write, meanwhile(lambda: desk.cast.hold(123, "Mine too.")))

    held = desk("hold", "123", "--why", WHY, by=TESS)

    assert held.code == 0
    assert "By now: 123 is held" in held.talk


def test_an_answer_that_was_lost_is_looked_up(desk: Desk) -> None:
    desk.azure.faults.add(is_write, reset(applied=True))

    assert desk("unhold", str(HELD), "--why", "It is ready.").code == 0
    assert desk.tags(HELD) == ""


def test_a_rule_of_the_project_is_quoted(desk: Desk) -> None:
    desk.azure.faults.add(is_write, a_rule_says_no())

    refused = desk("hold", "123", "--why", WHY)

    assert refused.code == 1
    assert "TF401320" in refused.data


def test_a_list_is_agreed_after_its_content_was_shown_and_then_sealed(desk: Desk, listed: int) -> None:
    shown = desk("agree", str(listed))
    assert (shown.code, desk.azure.item(listed).state) == (2, "Proposed")
    for words in ("DCC 5.2.16.0 to SIT-A (patch): 5 on it", "retest here: 123, 456, 789", "Mon 07-Dec-2026 09:00 GMT"):
        assert words in shown.talk
    assert "add --yes" in shown.talk

    agreed = desk("agree", str(listed), "--yes")
    assert (agreed.code, agreed.data) == (0, f"done: list {listed} is agreed: DCC 5.2.16.0 to SIT-A\n")
    assert desk.last_hand(listed) == SIT_DEFECT_MANAGER
    assert desk("agree", str(listed), "--yes").data == f"nothing to do: list {listed} is agreed already\n"

    assert desk.shunter("run", "--once").code == 0
    assert desk.azure.item(listed).fields["Custom.Edition"] == 1


def test_a_list_that_would_be_put_back_is_not_agreed(desk: Desk, listed: int) -> None:
    without_the_role = desk("agree", str(listed), "--yes", by=TESS)
    assert without_the_role.code == 1
    assert "tess.hall@st.example is not SIT Defect Manager for SIT-A, who agrees it" in without_the_role.data

    desk.azure.clock.set(datetime(2026, 12, 4, 9, 30, tzinfo=UTC))
    too_late = desk("agree", str(listed), "--yes")
    assert too_late.code == 1
    assert "the notice of its window ran out on Fri 04-Dec-2026 09:00 GMT" in too_late.data

    waived = desk("waive", str(listed), "--why", "Needed for cycle 3.")
    assert waived.code == 0
    text = desk.azure.item(listed).fields["Custom.Waiver"]
    assert text == "dev.patel@si.example: Needed for cycle 3."
    assert desk("agree", str(listed), "--yes").code == 0


def test_a_reason_that_does_not_fit_is_refused(desk: Desk, listed: int) -> None:
    refused = desk("waive", str(listed), "--why", "w" * 255)

    assert (refused.code, refused.data) == (
        1,
        f"refused: the reason is 22 characters too long for the waiver of list {listed}\n",
    )


def test_a_deployment_is_confirmed_and_handed_over(desk: Desk, raised: int) -> None:
    confirmed = desk("confirm", str(raised), "--at", "2026-12-07 10:10", "--smoke", "passed", by=DEPLOYMENT_MANAGER)

    assert confirmed.code == 0
    assert "deployed Mon 07-Dec-2026 10:10 GMT; smoke test passed" in confirmed.data
    fields = desk.azure.item(raised).fields
    assert fields["Custom.DeployedAt"] == datetime(2026, 12, 7, 10, 10, tzinfo=UTC)
    assert (fields["System.State"], fields["Custom.SmokeTest"]) == ("Deployed", "passed")

    assert desk.shunter("run", "--once").code == 0
    assert desk.azure.item(123).state == "Ready for Retest"
    assert desk("confirm", str(raised), by=DEPLOYMENT_MANAGER).data == f"nothing to do: RFC {raised} says so already\n"


def test_what_a_stranger_reported_is_confirmed_by_who_may_and_then_handed_over(desk: Desk, raised: int) -> None:
    desk.azure.person(TESS).set_state(raised, "Deployed")
    assert desk.shunter("run", "--once").code == 0
    assert desk.azure.item(123).state == "Resolved"

    assert desk("confirm", str(raised), by=TESS).data.startswith("refused: your word on it would not count")
    confirmed = desk("confirm", str(raised), by=DEPLOYMENT_MANAGER)

    assert (confirmed.code, desk.last_hand(raised)) == (0, DEPLOYMENT_MANAGER)
    assert f"confirmed by {DEPLOYMENT_MANAGER} on Mon 07-Dec-2026 10:30 GMT" in confirmed.data
    assert desk.shunter("run", "--once").code == 0
    assert desk.azure.item(123).state == "Ready for Retest"


def test_what_is_against_the_process_needs_a_yes(desk: Desk, raised: int) -> None:
    desk.azure.person(SIT_RELEASE_MANAGER).set_state(raised, "Raised")
    desk.azure.clock.set(datetime(2026, 12, 7, 18, 0, tzinfo=UTC))

    refused = desk("confirm", str(raised), by=DEPLOYMENT_MANAGER)
    assert (refused.code, desk.azure.item(raised).state) == (1, "Raised")
    assert "deployed without a valid approval: the approval of rhona.reid@si.example was taken back" in refused.talk
    assert "outside its window" in refused.talk

    assert desk("confirm", str(raised), "--yes", by=DEPLOYMENT_MANAGER).code == 0
    assert desk.azure.item(raised).state == "Deployed"


def test_a_fix_on_no_note_is_accepted_by_its_id(desk: Desk, raised: int) -> None:
    desk("confirm", str(raised), by=DEPLOYMENT_MANAGER)
    desk.cast.resolve(555, "5.2.16.0")

    elsewhere = desk("confirm", str(raised), "--accept", "246", by=SIT_RELEASE_MANAGER)
    assert (elsewhere.code, elsewhere.data) == (1, "refused: 246 is retested where it was found: SIT-B, not SIT-A\n")

    assert desk("confirm", str(raised), "--accept", "555", by=SIT_RELEASE_MANAGER).code == 0
    assert desk.shunter("run", "--once").code == 0
    assert desk.azure.item(555).state == "Ready for Retest"


def test_a_control_point_is_answered_by_its_owner_and_by_nobody_else(desk: Desk, raised: int) -> None:
    words = ("answer", str(raised), "5", "met", "--why", "Sent on Friday <b>&</b> agreed.")
    refused = desk(*words, by=TESS)
    assert (refused.code, refused.data) == (1, f"refused: {TESS} is not among those named as SI Release Manager\n")
    assert desk.answers(raised) == ""

    line = "5: met, Sent on Friday <b>&</b> agreed."
    assert desk(*words, by=SIT_RELEASE_MANAGER).data == f"done: RFC {raised} is answered: {line}\n"
    assert (desk.answers(raised), desk.last_hand(raised)) == (line, SIT_RELEASE_MANAGER)
    again = desk(*words, by=SIT_RELEASE_MANAGER)
    assert (again.code, again.data.startswith(f"nothing to do: RFC {raised} says so already: {line}")) == (0, True)

    assert desk.shunter("run", "--once").code == 0
    assert "Sent on Friday" in str(desk.azure.item(raised).fields["Custom.ControlPoints"])


def test_those_concerned_say_whether_they_are_ready_and_the_lines_of_others_stay(desk: Desk, raised: int) -> None:
    desk.cast.answer(raised, "hm", "5: met", by=SIT_RELEASE_MANAGER)

    assert desk("answer", str(raised), "participants", "not-ready", "--why", "ABC's firewall", by=TESS).code == 0
    assert desk.answers(raised) == "hm\n5: met\nParticipants: not ready, ABC's firewall"
    assert desk("answer", str(raised), "Participants", "ready", by=TESS).code == 0
    assert desk.answers(raised) == "hm\n5: met\nParticipants: ready"


def test_an_rfc_that_somebody_edits_meanwhile_is_not_answered(desk: Desk, raised: int) -> None:
    desk.azure.faults.add(is_write, meanwhile(lambda: desk.cast.answer(raised, "3: met", by=TESS)))

    refused = desk("answer", str(raised), "5", "met", by=SIT_RELEASE_MANAGER)

    assert (refused.code, desk.answers(raised)) == (1, "3: met")
    assert "It can still be done" in refused.talk


def test_for_machines_there_is_one_object(desk: Desk) -> None:
    held = desk("hold", "123", "--why", WHY, "-o", "json")

    assert held.json == {"outcome": "done", "id": 123, "words": "123 is held (tag Hold)"}
