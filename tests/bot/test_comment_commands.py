"""Comments under a list: what is a command, who may give it, what follows, and when it is answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asked import MOST
from bot.candidate_list import CandidateList, ListState
from bot.change import Field
from bot.command import Command, Misread, Verb, read_commands
from bot.comment_commands import is_settled, lists_discussed, plan_answers, plan_comments
from bot.defect import Defect
from bot.discussion import Comment, Discussion, answer_to
from bot.facts import Facts
from bot.picture import Picture
from bot.plan import Action, ActionKind
from bot.remark import Remark
from tests.bot.world import BOT, DEFECT_MANAGER, NOW, PASSER_BY, a_defect, a_list, entries, facts

HOLD, UNHOLD, MOVE = Verb.HOLD, Verb.UNHOLD, Verb.MOVE


def a_comment(id: int, *lines: str, by: str = DEFECT_MANAGER, edited_by: str = "") -> Comment:
    return Comment(id, by, edited_by or by, NOW + timedelta(minutes=id), lines)


def an_answer(id: int, *lines: str) -> Comment:
    return a_comment(id, *lines, by=BOT)


def discussed(*comments: Comment, listed: CandidateList | None = None, defects: tuple[Defect, ...] = ()) -> Facts:
    """The list 901, with 123 on it and 512 left out, and what was written under it."""
    listed = listed or a_list(comments=len(comments))
    usual = (a_defect(123), a_defect(512, tags=frozenset({"Hold"})), a_defect(777, party="Elexon"))
    known = {defect.id: defect for defect in (*usual, *defects)}
    read = {listed.id: Discussion(len(comments), comments)}
    return _with(facts(listed, *known.values()), discussions=read)


def _with(facts: Facts, **other: Any) -> Facts:
    return replace(facts, **other)


def planned(*comments: Comment, **other: Any) -> list[Action]:
    return list(plan_comments(Picture(discussed(*comments, **other))))


def said(actions: list[Action]) -> tuple[str, ...]:
    """The answers."""
    remarks = (action.change.new(Field.REMARK) for action in actions if action.kind is ActionKind.ANSWER)
    return tuple(sentence for remark in remarks if isinstance(remark, Remark) for sentence in remark.sentences)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("/hold 512 waiting for data", Command(HOLD, 512, "waiting for data")),
        ("  /HOLD   512   waiting  ", Command(HOLD, 512, "waiting")),
        ("/hold #512: waiting", Command(HOLD, 512, "waiting")),
        ("/unhold 512", Command(UNHOLD, 512, "")),
        ("/unhold 512, it is there", Command(UNHOLD, 512, "it is there")),
        ("/move 512 2026-12-14", Command(MOVE, 512, "", date(2026, 12, 14))),
        ("/move 512 2026-12-14 the party is late", Command(MOVE, 512, "the party is late", date(2026, 12, 14))),
    ],
)
def test_a_command_is_read(line: str, command: Command) -> None:
    assert read_commands([line]) == (command,)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/hold", "/hold needs the id of a defect: write /hold 1234 waiting for data"),
        ("/hold it", "/hold needs the id of a defect: write /hold 1234 waiting for data"),
        ("/hold 0 why", "/hold needs the id of a defect: write /hold 1234 waiting for data"),
        ("/hold ٣ why", "/hold needs the id of a defect: write /hold 1234 waiting for data"),
        ("/hold 512", "a reason is needed to hold 512: write /hold 1234 waiting for data"),
        ("/move 512", "a date is needed to move 512 to: write /move 1234 2026-12-14"),
        ("/move 512 2026-02-30", "“2026-02-30” is no date to move 512 to: write /move 1234 2026-12-14"),
        ("/move 512 14.12.2026", "“14.12.2026” is no date to move 512 to: write /move 1234 2026-12-14"),
        ("/agree", "nothing is agreed by a comment: set the state of the work item"),
        ("/approve 951", "nothing is approved by a comment: set the state of the work item"),
        (
            "/rebase",
            "/rebase is no command; there are /hold 1234 waiting for data, /unhold 1234, /move 1234 2026-12-14",
        ),
    ],
)
def test_what_looks_like_a_command_and_is_none_says_why(line: str, words: str) -> None:
    assert read_commands([line]) == (Misread(words),)


@pytest.mark.parametrize(
    "lines",
    [
        ["please /hold 512 why"],
        ["> /hold 512 why"],
        ["// hold 512 why"],
        ["/ hold 512 why"],
        ["/etc/hosts is wrong"],
        ["/1234"],
        ["```", "/hold 512 why", "```"],
        ["```", "/hold 512 why"],
        ["/" * 1_000],
        [],
    ],
    ids=["amid", "quoted", "two slashes", "apart", "a path", "a number", "fenced", "fenced to the end", "long", "none"],
)
def test_what_is_no_command_is_nothing(lines: list[str]) -> None:
    assert read_commands(lines) == ()


@given(st.lists(st.text(max_size=60), max_size=6))
def test_whatever_is_written_is_read(lines: list[str]) -> None:
    for found in read_commands(lines):
        assert isinstance(found, Misread) or 0 < found.id < 1_000_000_000


def test_what_the_person_asks_for_is_written_on_the_defect_with_the_reason() -> None:
    (action,) = planned(a_comment(57, "/hold 123 waiting for data"))

    assert (action.kind, action.subject, action.rule) == (ActionKind.HOLD, "defect 123", "comments")
    assert action.change.new(Field.TAGS) == "Hold"
    remark = Remark((f"{DEFECT_MANAGER} asks for it in comment 57 on list 901: waiting for data",), (901,))
    assert action.change.new(Field.REMARK) == remark


@pytest.mark.parametrize(
    ("text", "because"),
    [
        pytest.param("/move 123 2026-12-14", ".", id="without a reason"),
        pytest.param("/move 123 2026-12-14 the party is late", ": the party is late", id="with one"),
    ],
)
def test_a_fix_is_moved_to_the_day_that_the_person_names(text: str, because: str) -> None:
    (action,) = planned(a_comment(57, text))

    reason = f"{DEFECT_MANAGER} asks for it in comment 57 on list 901"
    assert (action.kind, action.subject, action.reason) == (ActionKind.MOVE, "defect 123", reason)
    assert action.change.new(Field.PLANNED_FOR) == date(2026, 12, 14)
    assert action.change.new(Field.REMARK) == Remark((reason + because,), (901,))


def test_what_the_person_takes_back_is_written_too() -> None:
    (action,) = planned(a_comment(57, "/unhold 512, it is there"))

    assert (action.kind, action.subject) == (ActionKind.UNHOLD, "defect 512")
    assert action.change.new(Field.TAGS) == ""


def test_it_is_answered_when_it_is_so() -> None:
    answered = planned(a_comment(57, "/hold 512 waiting for data"))

    assert [action.kind for action in answered] == [ActionKind.ANSWER]
    assert said(answered) == ("Re comment 57: 512 is held (tag Hold).",)
    assert answered[0].change.rev == a_list().rev


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        pytest.param(
            a_comment(57, "/hold 123 why", by=PASSER_BY),
            f"nothing is done, because {PASSER_BY} is not defect manager for SIT-A",
            id="no role",
        ),
        pytest.param(
            a_comment(57, "/hold 123 why", edited_by=PASSER_BY),
            f"nothing is done, because {PASSER_BY} has changed what {DEFECT_MANAGER} wrote: write it anew",
            id="changed by another",
        ),
        pytest.param(
            a_comment(57, *["/hold 123 why"] * (MOST + 1)),
            "nothing is done, because 21 commands in one comment are more than 20",
            id="too many",
        ),
        pytest.param(a_comment(57, "/hold 777 why"), "777 is not on this list", id="of another party"),
        pytest.param(a_comment(57, "/hold 99 why"), "99 is not on this list", id="unknown"),
        pytest.param(a_comment(57, "/hold 901 why"), "901 is not on this list", id="the list itself"),
    ],
)
def test_what_is_not_done_is_answered_in_words(comment: Comment, words: str) -> None:
    assert said(planned(comment)) == (f"Re comment 57: {words}.",)


def test_what_is_answered_is_done_with() -> None:
    assert planned(a_comment(57, "/hold 123 why"), an_answer(58, "Re comment 57: 123 is held (tag Hold).")) == []


def test_only_the_bot_answers() -> None:
    imitated = a_comment(58, "Re comment 57: 123 is held (tag Hold).", by=PASSER_BY)

    assert [action.subject for action in planned(a_comment(57, "/hold 123 why"), imitated)] == ["defect 123"]


def test_the_bot_takes_no_commands_from_itself() -> None:
    assert planned(an_answer(57, "/hold 123 why")) == []


def test_another_answer_is_no_answer_to_this_one() -> None:
    actions = planned(a_comment(5, "/hold 123 why"), an_answer(58, "Re comment 57: 123 is held (tag Hold)."))

    assert [action.subject for action in actions] == ["defect 123"]


def test_the_answers_are_told_again_by_their_first_words() -> None:
    told = Discussion(2, (an_answer(3, answer_to(a_comment(1), "a; b"), answer_to(a_comment(2), "c")),))

    assert told.answered(BOT) == {1, 2}
    assert told.answered(PASSER_BY) == frozenset()


def test_of_two_comments_about_one_defect_the_later_waits() -> None:
    first, second = a_comment(57, "/hold 123 why"), a_comment(58, "/unhold 123")

    assert [(a.kind, a.subject) for a in planned(first, second)] == [(ActionKind.HOLD, "defect 123")]
    held = (a_defect(123, tags=frozenset({"Hold"})),)
    assert said(planned(first, second, defects=held)) == ("Re comment 57: 123 is held (tag Hold).",)


def test_a_defect_named_twice_in_one_comment_is_changed_once() -> None:
    comment = a_comment(57, "/hold 123 why", "/unhold 123")

    assert [action.kind for action in planned(comment)] == [ActionKind.HOLD]
    held = (a_defect(123, tags=frozenset({"Hold"})),)
    assert said(planned(comment, defects=held)) == (
        "Re comment 57: 123 is held (tag Hold); 123 is named twice: write one comment for each thing.",
    )


def test_nothing_is_answered_under_a_list_while_something_is_to_be_done_there() -> None:
    actions = planned(a_comment(57, "/hold 123 why"), a_comment(58, "/hold 99 why"))

    assert [action.kind for action in actions] == [ActionKind.HOLD]


def test_afterwards_everything_that_is_so_is_answered_at_once() -> None:
    held = (a_defect(123, tags=frozenset({"Hold"})),)
    world = discussed(a_comment(57, "/hold 123 why"), a_comment(58, "/hold 99 why"), defects=held)

    (answer,) = plan_answers(Picture(world), {})

    assert said([answer]) == ("Re comment 57: 123 is held (tag Hold).", "Re comment 58: 99 is not on this list.")


def test_what_the_server_refuses_for_good_is_answered() -> None:
    world = discussed(a_comment(57, "/hold 123 why"))

    (answer,) = plan_answers(Picture(world), {123: "a rule says no" + "!" * 1_000})

    words = said([answer])[0]
    assert words.startswith("Re comment 57: Azure DevOps refuses to have 123 changed: a rule says no!")
    assert len(words) < 400


def test_a_list_that_has_got_another_comment_since_is_read_again_first() -> None:
    assert planned(a_comment(57, "/hold 123 why"), listed=a_list(comments=2)) == []


@pytest.mark.parametrize(
    ("listed", "is_read"),
    [
        pytest.param(a_list(comments=1), True, id="proposed"),
        pytest.param(a_list(comments=1, state=ListState.AGREED), True, id="agreed"),
        pytest.param(a_list(comments=1, state=ListState.RAISED), True, id="raised"),
        pytest.param(a_list(comments=1, state=ListState.CLOSED), False, id="closed"),
        pytest.param(a_list(comments=0), False, id="silent"),
        pytest.param(a_list(comments=1, environment="CCMT"), False, id="of an unknown environment"),
        pytest.param(a_list(comments=1, party="Nobody"), False, id="of an unknown party"),
    ],
)
def test_only_open_lists_with_comments_are_read(listed: CandidateList, is_read: bool) -> None:
    assert lists_discussed(facts(listed)) == ({901} if is_read else frozenset())


def test_a_thread_is_settled_when_no_command_waits() -> None:
    asked, answer = a_comment(57, "/hold 123 why"), an_answer(58, "Re comment 57: done.")

    assert is_settled(Discussion(1, (a_comment(56, "Looks good."),)), BOT)
    assert not is_settled(Discussion(2, (a_comment(56, "Looks good."), asked)), BOT)
    assert is_settled(Discussion(3, (a_comment(56, "Looks good."), asked, answer)), BOT)


def test_an_answer_leaves_the_lists_own_mark_as_it_is() -> None:
    listed = a_list(comments=1, entries=entries(here=[123]))
    (answer,) = planned(a_comment(57, "/agree"), listed=listed)

    assert listed.written is not None
    assert (answer.digest, answer.number) == (listed.written.digest, listed.written.number)
