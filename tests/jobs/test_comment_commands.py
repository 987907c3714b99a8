"""What people of the role ask for in comments is done for them, and answered once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from adapters.sandbox.faults import refused
from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER, SIT_RELEASE_MANAGER, TESS
from adapters.sandbox.problem import Problem
from adapters.sandbox.work_item import WorkItem
from jobs.run import Ending
from tests.jobs.accidents import a_rule_says_no, is_write, meanwhile
from tests.jobs.play import Play
from tests.jobs.small_world import CHANGE, HELD

ANSWERED = "list DCC SIT-A commented on"


def the_list(play: Play) -> WorkItem:
    return play.cast.the_list("SIT-A", "DCC")


def writes(play: Play, html: str, by: str = SIT_DEFECT_MANAGER) -> int:
    """Under the list of DCC for SIT-A; gives the comment's id."""
    play.azure.person(by).comment(the_list(play).id, html)
    return the_list(play).comments[-1].id


def answers(play: Play) -> list[str]:
    return [comment.text for comment in the_list(play).comments if comment.by.sign_in == BOT]


def tags(play: Play, id: int) -> str:
    return str(play.azure.item(id).fields.get("System.Tags", ""))


def shown(text: str) -> str:
    """Without the tags."""
    return " ".join(text.replace("</p>", " ").replace("<p>", "").split())


def test_a_hold_is_carried_out_and_answered_in_one_run(play: Play) -> None:
    play.proposed()
    play.at(3, 10)
    comment = writes(play, "<div>/hold 123 waiting for data</div>")

    play.look()

    assert play.news() == ["123 tagged", ANSWERED]
    assert tags(play, 123) == "Hold"
    assert [shown(a) for a in answers(play)] == [f"Re comment {comment}: 123 is held (tag Hold)."]
    said = play.azure.item(123).comments[-1].text
    assert f"dev.patel@si.example asks for it in comment {comment} on list" in said.replace("\u2060", "")
    assert "waiting for data" in said


def test_it_is_answered_once_even_where_the_database_is_lost(play: Play) -> None:
    play.proposed()
    play.at(3, 10)
    writes(play, "/hold 123 waiting for data")
    play.look()
    play.seen()
    play.azure.person(SIT_DEFECT_MANAGER).untag(123, "Hold")

    for _ in range(2):
        play.forget()
        play.look("answer_comments")

    assert (play.news(), tags(play, 123)) == ([], "")
    assert len(answers(play)) == 1


def test_the_list_is_rewritten_at_the_next_look_for_the_person_who_waits(play: Play) -> None:
    play.proposed()
    play.at(3, 9, 35)
    writes(play, "/hold 123 waiting for data")
    play.look()
    play.seen()

    play.at(3, 9, 37)
    play.look()

    assert 123 not in play.listed("SIT-A")
    play.seen()


def test_what_is_held_and_stands_on_the_list_as_left_out_is_unheld(play: Play) -> None:
    play.proposed()
    writes(play, f"/unhold #{HELD}")
    play.look("answer_comments")

    assert tags(play, HELD) == ""
    assert play.news() == [f"{HELD} tagged", ANSWERED]


def test_a_fix_is_moved_to_a_day(play: Play) -> None:
    play.proposed()
    comment = writes(play, "/move 456 2026-12-14 the party is late")
    play.look("answer_comments")

    planned = play.azure.item(456).fields["Custom.PlannedFor"]
    assert isinstance(planned, datetime)
    assert planned.date() == date(2026, 12, 14)
    assert [shown(a) for a in answers(play)] == [f"Re comment {comment}: 456 is planned for Mon 14-Dec-2026."]
    play.seen()


def test_a_dry_run_does_nothing_and_shows_what_would_be_done(play: Play) -> None:
    play.proposed()
    writes(play, "/hold 123 waiting for data")

    report = play.look(dry_run=True)

    assert [(a.kind.value, a.subject) for a in report.plan] == [("hold, as a comment asks", "defect 123")]
    assert play.news() == []


@pytest.mark.parametrize(
    ("by", "html", "words"),
    [
        (TESS, "/hold 123 mine", "nothing is done, because tess.hall@st.example is not SIT Defect Manager for SIT-A"),
        (SIT_RELEASE_MANAGER, "/hold 123 mine", "is not SIT Defect Manager for SIT-A"),
        (SIT_DEFECT_MANAGER, f"/hold {CHANGE} why", f"{CHANGE} is not on this list"),
        (SIT_DEFECT_MANAGER, "/hold 99999 why", "99999 is not on this list"),
        (SIT_DEFECT_MANAGER, "/hold 999999999999999999 why", "/hold needs the id of a defect"),
        (SIT_DEFECT_MANAGER, "/hold 123", "a reason is needed to hold 123: write /hold 1234 waiting for data"),
        (SIT_DEFECT_MANAGER, "/move 123 tomorrow", "“tomorrow” is no date to move 123 to"),
        (SIT_DEFECT_MANAGER, "/agree", "nothing is agreed by a comment: set the state of the work item"),
        (SIT_DEFECT_MANAGER, "/approve", "nothing is approved by a comment: set the state of the work item"),
        (SIT_DEFECT_MANAGER, "/release 123", "/release is no command; there are /hold 1234 waiting for data"),
        (
            SIT_DEFECT_MANAGER,
            "<div>/hold 123 why</div>" * 21,
            "nothing is done, because 21 commands in one comment are more than 20",
        ),
    ],
    ids=[
        "a tester", "a release manager", "of another party", "an unknown id", "no id at all", "without a reason",
        "without a date", "agreeing", "approving", "unknown", "too many",
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_answered_in_words_once(play: Play, by: str, html: str, words: str) -> None:
    play.proposed()
    comment = writes(play, html, by)

    for _ in range(3):
        play.look("answer_comments")

    assert play.news() == [ANSWERED]
    (answer,) = answers(play)
    assert shown(answer).replace("\u2060", "").startswith(f"Re comment {comment}: ")
    assert words in shown(answer).replace("\u2060", "")


@pytest.mark.parametrize(
    "html",
    [
        "This list holds /hold 123 in the middle of a line.",
        "<pre>/hold 123 an example</pre>",
        "<code>/hold 123 an example</code>",
        "<div>As it says there:</div><blockquote><div>/hold 123 waiting</div></blockquote><div>Should we?</div>",
        "<div>&gt; /hold 123 waiting</div><div>Should we?</div>",
        "<div>```</div><div>/hold 123 an example</div><div>```</div>",
        "/etc/hosts names the wrong machine",
        "Look here.<script>/hold 123 hidden</script>",
        "<!-- /hold 123 hidden -->Look here.",
        "x" * 1_000,
        "/" * 1_000,
        "&lt;/hold 123 why&gt;",
        "\uff0fhold 123 why",
    ],
    ids=[
        "in a sentence", "preformatted", "code", "quoted", "quoted by hand", "fenced", "a path", "a script",
        "a remark", "long", "slashes", "escaped tags", "another slash",
    ],
)  # fmt: skip
def test_what_is_no_command_is_left_alone(play: Play, html: str) -> None:
    play.proposed()
    writes(play, html)

    assert not play.look("answer_comments").plan
    assert play.news() == []


@pytest.mark.parametrize(
    "html",
    [
        "/hold 123 why",
        "<p>Hello,</p><p>/HOLD 123 why</p>",
        "Hello,<div>/hold 123 why</div>",
        "Hello,<br>&nbsp;/hold&nbsp;123&nbsp;why",
        '<div>/hold <a href="https://dev.azure.com/x/_workitems/edit/123">#123</a>: <b>why</b></div>',
        "<div>\u200b/hold 123 why</div>",
        f"<div>/hold 123 {'why ' * 1_000}</div>",
        "<blockquote>What now?</blockquote>/hold 123 why",
    ],
    ids=["plain", "a paragraph", "after a line", "after a break", "a link", "unseen signs", "at length", "a reply"],
)
def test_a_command_is_read_however_the_editor_lays_it_out(play: Play, html: str) -> None:
    play.proposed()
    writes(play, html)
    play.look("answer_comments")

    assert tags(play, 123) == "Hold"
    play.seen()


def test_markup_in_a_reason_comes_back_as_text(play: Play) -> None:
    play.proposed()
    writes(play, "/hold 123 &lt;img src=x onerror=alert(1)&gt; @&lt;00000000-0000-0000-0000-000000000000&gt; #7")
    play.look("answer_comments")

    said = play.azure.item(123).comments[-1].text
    assert "<img" not in said
    assert "@<" not in said
    assert "#7" not in said
    play.seen()


def test_an_answer_that_a_person_imitates_answers_nothing(play: Play) -> None:
    play.proposed()
    comment = writes(play, "/hold 123 why")
    writes(play, f"Re comment {comment}: 123 is held (tag Hold).", TESS)
    play.look("answer_comments")

    assert tags(play, 123) == "Hold"
    play.seen()


def test_a_comment_that_somebody_else_changed_is_not_obeyed(play: Play) -> None:
    play.proposed()
    writes(play, "I have looked at it.")
    item = the_list(play)
    play.look()
    play.azure.organisation.boards.keep(_forged(item, "/hold 123 why", play))
    writes(play, "And again.", TESS)
    play.look("answer_comments")

    assert tags(play, 123) == ""
    assert (
        "nothing is done, because tess.hall@st.example has changed what dev.patel@si.example wrote" in answers(play)[0]
    )
    play.seen()


def _forged(item: WorkItem, text: str, play: Play) -> WorkItem:
    tess = play.azure.people.signed_in_as(TESS)
    last = replace(item.comments[-1], text=text, edited_by=tess, edited_at=play.azure.clock.now())
    return replace(item, comments=(*item.comments[:-1], last))


def test_one_thing_after_another_for_a_defect(play: Play) -> None:
    play.proposed()
    first, second = writes(play, "/hold 123 why"), writes(play, "/unhold 123")

    play.look("answer_comments")
    assert tags(play, 123) == "Hold"
    play.look("answer_comments")
    assert tags(play, 123) == ""

    assert [shown(a) for a in answers(play)] == [
        f"Re comment {first}: 123 is held (tag Hold).",
        f"Re comment {second}: 123 has no tag Hold.",
    ]
    play.look("answer_comments")
    play.seen()


def test_several_in_one_comment_are_answered_together(play: Play) -> None:
    play.proposed()
    comment = writes(play, "<p>/hold 123 why</p><p>/move 456 2026-12-14</p><p>/hold 99999 why</p><p>/unhold 123</p>")
    play.look("answer_comments")

    (answer,) = answers(play)
    assert shown(answer) == (
        f"Re comment {comment}: 123 is held (tag Hold); 456 is planned for Mon 14-Dec-2026; "
        "99999 is not on this list; 123 is named twice: write one comment for each thing."
    )
    play.seen()


def test_a_defect_changed_meanwhile_is_tried_again_and_only_then_answered(play: Play) -> None:
    play.proposed()
    writes(play, "/hold 123 why")
    play.azure.faults.add(is_write, meanwhile(lambda: play.cast.retitle(123, "Another title")))

    assert play.try_to_look("answer_comments").ending is Ending.PARTLY_DONE
    assert (tags(play, 123), answers(play)) == ("", [])

    play.look("answer_comments")
    assert (tags(play, 123), len(answers(play))) == ("Hold", 1)
    play.seen()


def test_what_the_project_refuses_is_answered_in_its_words(play: Play) -> None:
    play.proposed()
    writes(play, "/hold 123 why")
    play.azure.faults.add(is_write, a_rule_says_no())

    assert play.try_to_look("answer_comments").ending is Ending.PARTLY_DONE

    assert "Azure DevOps refuses to have 123 changed" in shown(answers(play)[0])
    assert "TF401320" in answers(play)[0]
    play.look("answer_comments")
    assert play.news() == [ANSWERED]


def test_an_answer_that_failed_is_given_by_the_next_run_and_nothing_is_done_twice(play: Play) -> None:
    play.proposed()
    writes(play, "/hold 123 why")
    is_done: list[bool] = []

    def is_the_answer(call: object) -> bool:
        return bool(is_done) and is_write(call)  # type: ignore[arg-type]

    play.azure.faults.add(is_write, meanwhile(lambda: is_done.append(True)))
    play.azure.faults.add(is_the_answer, meanwhile(lambda: play.azure.person(TESS).comment(the_list(play).id, "Hm.")))
    assert play.try_to_look("answer_comments").ending is Ending.PARTLY_DONE
    assert (tags(play, 123), answers(play)) == ("Hold", [])

    play.look("answer_comments")
    assert len(answers(play)) == 1
    assert play.news() == ["123 tagged", ANSWERED]


def test_a_thread_is_read_when_it_grew_and_then_no_more(play: Play) -> None:
    play.proposed()
    play.look()
    since = len(play.azure.journal)
    play.look()
    assert "comments" not in play.asked(since)

    writes(play, "I have looked at it.")
    since = len(play.azure.journal)
    for _ in range(3):
        play.look("answer_comments")
    assert play.asked(since).count("comments") == 1

    writes(play, "/hold 123 why")
    since = len(play.azure.journal)
    for _ in range(3):
        play.look("answer_comments")
    assert play.asked(since).count("comments") == 2
    play.seen()


def test_on_an_agreed_list_a_hold_stops_the_rfc(play: Play) -> None:
    play.sealed()
    play.at(3, 11, 5)
    writes(play, "/hold 123 It breaks the settlement run.")
    play.look("answer_comments")
    play.look("raise_rfcs")

    assert [rfc.fields["Custom.ReleaseEnvironment"] for rfc in play.cast.rfcs(party="DCC")] == []
    play.seen()


def test_a_thread_that_the_server_will_not_show_keeps_nobody_from_anything_else(play: Play) -> None:
    play.proposed()
    play.at(3, 11)
    writes(play, "/hold 123 why")
    play.cast.agree("SIT-B")
    play.azure.faults.add("comments", refused(Problem(403, "AccessDenied", "TF401027: You need permission.")), times=2)

    report = play.try_to_look()

    assert report.ending is Ending.PARTLY_DONE
    assert "GET comments of work item 801: 403: TF401027" in report.skipped[0]
    assert play.news() == ["list DCC SIT-B sealed as edition 1"]

    play.azure.faults.clear()
    play.look("answer_comments")
    assert play.news() == ["123 tagged", ANSWERED]
