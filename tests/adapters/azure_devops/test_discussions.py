"""The discussion of a work item: every comment, oldest first, as the lines that somebody said."""

import json
from datetime import timedelta
from typing import Any

import pytest

from adapters.azure_devops.answers import Unreadable
from adapters.azure_devops.discussions import spoken_lines
from adapters.sandbox.faults import body_replaced
from adapters.sandbox.organisation import Limits
from bot.discussion import Comment
from tests.adapters.azure_devops.world import MANAGER, START, TESTER, World, an_azure


def answered(world: World, *comments: dict[str, Any], **other: Any) -> None:
    """What the server gives instead."""
    world.candidate_list(901)
    body = {"totalCount": len(comments), "count": len(comments), "comments": comments, **other}
    world.azure.faults.add("comments", body_replaced(json.dumps(body).encode()), times=100)


def a_comment(id: int = 57, **other: Any) -> dict[str, Any]:
    by = {"displayName": "Dev Patel", "uniqueName": "Dev.Patel@SI.example"}
    usual = {"id": id, "text": "plain", "createdBy": by, "modifiedBy": by, "createdDate": "2026-11-30T09:00:00Z"}
    return {**usual, **other}


def test_comments_come_oldest_first_by_sign_in_name(world: World) -> None:
    world.candidate_list(901)
    world.azure.person(MANAGER).comment(901, "<div>first</div>")
    world.azure.person(TESTER).comment(901, "<p>second</p><p>line</p>")

    first, second = world.boards.comments(901)
    assert first == Comment(1, MANAGER, MANAGER, first.at, ("first",))
    assert second == Comment(2, TESTER, TESTER, second.at, ("second", "line"))
    assert START <= first.at <= second.at < START + timedelta(seconds=1)
    assert world.asked() == {"comments": 1}


def test_a_long_discussion_is_read_to_its_end() -> None:
    world = World(an_azure(Limits(page=3)))
    world.candidate_list(901)
    for number in range(7):
        world.azure.person(TESTER).comment(901, f"note {number}")

    assert [comment.lines for comment in world.boards.comments(901)] == [(f"note {n}",) for n in range(7)]
    assert world.asked() == {"comments": 3}


def test_a_discussion_that_never_ends_is_unreadable(world: World) -> None:
    answered(world, a_comment(), continuationToken="1")

    with pytest.raises(Unreadable, match="GET comments of work item 901: they do not end"):
        world.boards.comments(901)


def test_what_was_deleted_is_not_there_and_what_was_changed_says_by_whom(world: World) -> None:
    changed = a_comment(58, modifiedBy={"displayName": "Tess Hall", "uniqueName": TESTER})
    answered(world, a_comment(57, isDeleted=True), changed)

    assert [(c.id, c.by, c.edited_by) for c in world.boards.comments(901)] == [(58, MANAGER, TESTER)]


def test_markdown_is_read_as_it_is_shown(world: World) -> None:
    answered(
        world, a_comment(format="markdown", text="    /hold 1 code", renderedText="<pre>/hold 1 code</pre><p>ok</p>")
    )

    assert world.boards.comments(901)[0].lines == ("ok",)


def test_a_comment_of_nobody_has_no_author(world: World) -> None:
    answered(world, a_comment(createdBy=None, modifiedBy=None))

    assert [(c.by, c.edited_by) for c in world.boards.comments(901)] == [("", "")]


@pytest.mark.parametrize("missing", ["id", "text", "createdDate"])
def test_a_comment_that_lacks_what_it_must_have_is_unreadable(world: World, missing: str) -> None:
    answered(world, {name: value for name, value in a_comment().items() if name != missing})

    with pytest.raises(Unreadable, match=f"no usable '{missing}'"):
        world.boards.comments(901)


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("one<div>two</div>three<br>four", ("one", "two", "three", "four")),
        ("<ul><li>one</li><li>two</li></ul>", ("one", "two")),
        ("<blockquote>quoted <b>much</b></blockquote>said", ("said",)),
        ("<pre><code>code</code></pre><p>and <code>inline</code> said</p>", ("and said",)),
        ("\u200b/hold&nbsp;1&nbsp; why\u2060", ("/hold 1 why",)),
        ("&lt;b&gt;/hold&lt;/b&gt;", ("<b>/hold</b>",)),
        ("<p>unfinished <b", ("unfinished <b",)),
        ("/hold 1 if a<b then<br>", ("/hold 1 if a<b then",)),
        ("", ()),
    ],
    ids=["blocks", "items", "a quotation", "code", "unseen signs", "escaped", "broken", "less than", "nothing"],
)
def test_of_markup_what_was_said_is_left(markup: str, lines: tuple[str, ...]) -> None:
    assert spoken_lines(markup) == lines
