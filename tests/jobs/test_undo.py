"""A person undoes what a run wrote: put back where nobody has gone on with it, and not done again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER, SIT_RELEASE_MANAGER, TESS
from adapters.sandbox.people import People
from bot.undo import NOT_AGAIN
from bot.where import Where
from tests.jobs.accidents import a_rule_says_no, is_write, meanwhile
from tests.jobs.clerk import Clerk
from tests.jobs.command_line import Said
from tests.jobs.play import ENTRY, Play, Stage, playing, text
from tests.jobs.small_world import IN_SIT_A, small_programme, small_world

DEVELOPER = "rm@dcc.example"
WHY = "The wrong build was deployed."


@pytest.fixture
def clerk(play: Play, tmp_path: Path) -> Clerk:
    return Clerk(play, tmp_path)


def looked(play: Play) -> str:
    """One run, by its id; what it wrote is looked at in other stories."""
    run = play.look().run
    play.seen()
    return run


def handed_over(play: Play) -> str:
    """The run that handed the defects of SIT-A to their testers; 123 was with its developer before."""
    play.approved()
    play.azure.person(TESS).edit(123, {"System.AssignedTo": DEVELOPER})
    play.at(7, 10)
    play.cast.deploy("SIT-A")
    return looked(play)


def raised(play: Play) -> str:
    play.sealed()
    play.at(3, 11, 10)
    return looked(play)


def sealed(play: Play) -> str:
    play.proposed()
    play.at(3, 11)
    play.cast.agree("SIT-A")
    return looked(play)


def assigned(play: Play, id: int) -> str:
    return str(getattr(play.azure.item(id).fields.get("System.AssignedTo"), "sign_in", ""))


def told(answer: Said, item: str) -> str:
    """The line about one work item."""
    (line,) = [line for line in answer.data.splitlines() if item in line[: 15 + len(item)]]
    return line


def test_what_nobody_has_touched_goes_back_and_what_a_tester_has_is_left_and_named(play: Play, clerk: Clerk) -> None:
    run = handed_over(play)
    play.cast.retitle(456, "Service request 4.8.1 is rejected")

    undone = clerk.undo(run, WHY)

    assert (undone.code, play.states(*IN_SIT_A)) == (3, ["Resolved", "Ready for Retest", "Resolved"])
    assert (assigned(play, 123), assigned(play, 789)) == (DEVELOPER, "")
    rfc, touched = f"RFC {play.cast.the_rfc('SIT-A', 'DCC').id}", "title; Mon 07-Dec-2026 10:00 GMT"
    assert undone.data.splitlines() == [
        f"done: defect 123: state resolved, assigned to {DEVELOPER}",
        f"left alone: defect 456: {TESS} has changed it since ({touched}), so it is left to people",
        "done: defect 789: state resolved, assigned to nobody",
        f"nothing to do: {rfc}: its deployment was recorded because its state says so: whoever set that corrects it",
    ]
    assert undone.talk.splitlines() == [NOT_AGAIN]
    assert play.azure.item(456).fields["System.Title"] == "Service request 4.8.1 is rejected"


def test_a_defect_whose_developer_has_left_is_resolved_all_the_same_and_it_is_said(play: Play, clerk: Clerk) -> None:
    run = handed_over(play)
    here = play.azure.organisation.people
    play.azure.organisation.people = People(person for person in here if person.sign_in != DEVELOPER)

    undone = clerk.undo(run)

    assert (play.states(*IN_SIT_A), assigned(play, 123)) == (["Resolved"] * 3, TESS)
    assert told(undone, "defect 123").endswith(f"Azure DevOps did not take {DEVELOPER}, so it stays with {TESS}")


def test_the_history_names_the_person_the_run_and_the_reason(play: Play, clerk: Clerk) -> None:
    run = handed_over(play)
    clerk.undo(run, WHY)

    item = play.azure.item(123)
    assert item.history[-1].by.sign_in == SIT_DEFECT_MANAGER
    words = item.comments[-1].text
    assert f"{SIT_DEFECT_MANAGER} has undone what run {run} of Shunter did here (rule retest)." in words
    assert WHY in words


def test_what_was_undone_is_not_done_again_unless_a_person_asks_for_it(play: Play, clerk: Clerk) -> None:
    undone = clerk.undo(handed_over(play))
    assert "clear that field" in undone.talk

    play.at(7, 11)
    play.look()
    assert (play.states(*IN_SIT_A), play.where(123).where) == (["Resolved"] * 3, Where.TAKEN_BACK)

    play.azure.person(SIT_DEFECT_MANAGER).edit(123, {"Custom.DeliveredBy": None})
    play.look()
    assert play.states(123, 456) == ["Ready for Retest", "Resolved"]
    assert play.news() == ["123 Resolved -> Ready for Retest"]


def test_undoing_twice_writes_nothing_more(play: Play, clerk: Clerk) -> None:
    run = handed_over(play)
    assert clerk.undo(run).code == 0
    mark = play.azure.mark()

    again = clerk.undo(run)

    assert (again.code, list(play.azure.revisions_since(mark))) == (0, [])
    assert told(again, "defect 123") == "nothing to do: defect 123 is so already: state resolved"


def test_what_a_person_has_put_back_by_hand_is_as_good(play: Play, clerk: Clerk) -> None:
    run = handed_over(play)
    play.cast.take_back(456)

    undone = clerk.undo(run)

    assert (undone.code, play.azure.item(456).history[-1].rev) == (0, 3)


def test_one_that_changes_meanwhile_is_left_and_the_others_are_undone(play: Play, clerk: Clerk) -> None:
    run = handed_over(play)
    play.azure.faults.add(is_write, meanwhile(lambda: play.cast.retest(456)))

    undone = clerk.undo(run)

    assert (undone.code, play.states(*IN_SIT_A)) == (3, ["Resolved", "Closed", "Resolved"])
    assert told(undone, "defect 456").startswith("not done")
    assert "changed meanwhile by tess.hall@st.example" in told(undone, "defect 456")


def test_where_nothing_could_be_written_it_has_failed(play: Play, clerk: Clerk) -> None:
    run = sealed(play)
    play.azure.faults.add(is_write, a_rule_says_no())

    undone = clerk.undo(run)

    assert undone.code == 1
    assert "TF401320" in undone.data


def test_what_a_rollback_had_put_back_is_as_it_was_before_and_stays_so(play: Play, clerk: Clerk) -> None:
    handed_over(play)
    rfc = play.cast.roll_back("SIT-A")[0]
    put_back = looked(play)
    assert play.states(123) == ["Resolved"]

    assert clerk.undo(put_back).code == 0

    assert (play.states(123), assigned(play, 123)) == (["Ready for Retest"], TESS)
    assert play.azure.item(123).fields["Custom.DeliveredBy"] == rfc
    looked(play)
    assert play.states(*IN_SIT_A) == ["Ready for Retest"] * 3


def test_a_raised_rfc_is_withdrawn_its_list_closes_and_its_fixes_are_proposed_anew(play: Play, clerk: Clerk) -> None:
    run = raised(play)
    rfc, listed = play.cast.the_rfc("SIT-A", "DCC").id, play.cast.the_list("SIT-A", "DCC").id

    undone = clerk.undo(run)

    assert f"RFC {rfc} asks for DCC 5.2.16.0 to SIT-A. Withdrawn, it closes its list {listed}" in undone.talk
    assert (undone.code, play.states(rfc, listed)) == (0, ["Withdrawn", "Raised"])
    looked(play)
    looked(play)
    proposed = play.cast.the_list("SIT-A", "DCC")
    assert (play.state(listed), proposed.state) == ("Closed", "Proposed")
    assert 123 in proposed.links(ENTRY)


def test_an_rfc_that_was_approved_since_is_left_and_the_other_is_withdrawn(play: Play, clerk: Clerk) -> None:
    run = raised(play)
    approved, other = play.cast.approve("SIT-A")[0], play.cast.the_rfc("SIT-B", "DCC").id
    looked(play)

    undone = clerk.undo(run)

    assert (undone.code, play.states(approved, other)) == (3, ["Approved", "Withdrawn"])
    assert f"{SIT_RELEASE_MANAGER} has changed it since (state" in told(undone, f"RFC {approved}")


def test_control_points_of_a_later_run_do_not_keep_an_rfc_from_being_withdrawn(play: Play, clerk: Clerk) -> None:
    run = raised(play)
    rfc = play.cast.the_rfc("SIT-A", "DCC").id
    play.cast.hold(123, "Not yet.")
    looked(play)
    assert play.azure.item(rfc).history[-1].rev == 2

    assert clerk.undo(run).code == 0
    assert play.state(rfc) == "Withdrawn"


def test_a_seal_is_taken_off_and_the_next_one_is_the_next_edition(play: Play, clerk: Clerk) -> None:
    run = sealed(play)
    listed = play.cast.the_list("SIT-A", "DCC").id

    assert clerk.undo(run).code == 0

    assert (play.state(listed), text(play.azure.item(listed), "Custom.Seal")) == ("Proposed", "")
    play.at(3, 12)
    looked(play)
    assert play.state(listed) == "Proposed"
    play.cast.agree("SIT-A")
    looked(play)
    assert play.azure.item(listed).fields["Custom.Edition"] == 2


def test_a_seal_on_which_an_rfc_rests_is_not_undone_before_that(play: Play, clerk: Clerk) -> None:
    first = sealed(play)
    play.at(3, 11, 10)
    second = looked(play)

    undone = clerk.undo(first)

    assert (undone.code, play.cast.the_list("SIT-A", "DCC").state) == (3, "Raised")
    assert f"Shunter's run {second} has gone on with it since (state): undo that one first" in undone.data


def test_what_a_comment_asked_for_is_reversed_and_not_done_again(play: Play, clerk: Clerk) -> None:
    play.proposed()
    play.at(3, 10)
    listed = play.cast.the_list("SIT-A", "DCC").id
    play.azure.person(SIT_DEFECT_MANAGER).comment(listed, "<div>/hold 123 no data</div>")
    run = looked(play)
    assert text(play.azure.item(123), "System.Tags") == "Hold"

    assert clerk.undo(run).code == 0

    assert text(play.azure.item(123), "System.Tags") == ""
    play.at(3, 11)
    looked(play)
    assert text(play.azure.item(123), "System.Tags") == ""


@pytest.fixture
def where_shunter_closes(tmp_path: Path) -> Iterator[Play]:
    table = small_programme()
    for environment in table["environments"].values():
        environment["closes"] = "bot"
    stages: dict[str, Stage] = {}
    azure: Azure = small_world()
    with playing(azure, tmp_path, table, stages) as play:
        yield play


def test_an_rfc_that_shunter_closed_is_opened_again_with_its_list_and_both_stay_open(
    where_shunter_closes: Play, tmp_path: Path
) -> None:
    play, clerk = where_shunter_closes, Clerk(where_shunter_closes, tmp_path)
    handed_over(play)
    rfc, listed = play.cast.the_rfc("SIT-A", "DCC").id, play.cast.the_list("SIT-A", "DCC").id
    closing, closing_the_list = looked(play), looked(play)
    assert play.states(rfc, listed) == ["Closed", "Closed"]

    too_early = clerk.undo(closing_the_list)
    assert (too_early.code, play.state(listed)) == (3, "Closed")
    assert f"list {listed} closes with its RFC {rfc}, which is closed: reopen that one first" in too_early.data

    assert (clerk.undo(closing).code, clerk.undo(closing_the_list).code) == (0, 0)
    assert play.states(rfc, listed) == ["Deployed", "Raised"]
    looked(play)
    looked(play)
    assert play.states(rfc, listed) == ["Deployed", "Raised"]


def test_a_run_that_nobody_knows_is_said_to_be_unknown_and_what_to_do(play: Play, clerk: Clerk) -> None:
    handed_over(play)
    mark = play.azure.mark()

    refused = clerk.undo("0123456789ab")

    assert (refused.code, refused.data, list(play.azure.revisions_since(mark))) == (1, "", [])
    for words in ("run 0123456789ab is not known", "`shunter status`", "by hand"):
        assert words in refused.talk


def test_what_other_runs_wrote_and_somebody_has_deleted_since_makes_no_unknown_run_known(
    play: Play, clerk: Clerk
) -> None:
    handed_over(play)
    play.azure.person(TESS).delete(123)

    assert clerk.undo("0123456789ab").data == ""


def test_a_run_of_more_than_two_weeks_ago_is_for_the_store_or_for_people(play: Play, clerk: Clerk) -> None:
    run = handed_over(play)
    play.at(22, 10)

    assert "in the last 14 days" in clerk.undo(run).talk
    assert play.state(123) == "Ready for Retest"


def test_a_mark_that_a_person_has_written_is_none_of_shunters(play: Play, clerk: Clerk) -> None:
    run = handed_over(play)
    play.azure.person(TESS).edit(512, {"System.State": "Active", "System.History": f"Shunter, run {run}, rule retest."})

    undone = clerk.undo(run)

    assert (undone.code, "512" in undone.data, play.state(512)) == (0, False, "Active")
    assert BOT not in undone.data
