"""Discussions: the comments of a work item, as plain lines without what they quote."""

from __future__ import annotations

import re
from collections.abc import Iterator

import nh3

from adapters.azure_devops import people
from adapters.azure_devops.answers import Unreadable
from adapters.azure_devops.node import Node
from adapters.azure_devops.text_values import only_tags, plain
from adapters.azure_devops.work_items import WorkItems
from bot.discussion import Comment

_NOT_SAID = {"blockquote", "code", "pre", "script", "style"}
_BLOCK_START = re.compile(r"<(?=(?:p|div|ul|ol|li|table|tr|h[1-6])\b)", re.IGNORECASE)
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
MOST_PAGES = 50


def read_comments(work_items: WorkItems, id: int) -> tuple[Comment, ...]:
    """Oldest first, without those that were deleted."""
    return tuple(sorted(_all(work_items, id), key=lambda comment: comment.id))


def spoken_lines(markup: str) -> tuple[str, ...]:
    """The text of HTML, less quotations and code."""
    said = nh3.clean(only_tags(markup), tags=nh3.ALLOWED_TAGS - _NOT_SAID, clean_content_tags=_NOT_SAID, attributes={})
    text = plain(_BLOCK_START.sub("<br><", said)).translate(_UNSEEN)
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _all(work_items: WorkItems, id: int) -> Iterator[Comment]:
    token: str | None = None
    for _ in range(MOST_PAGES):
        page = work_items.comments(id, token)
        yield from (_comment(node) for node in page.nodes("comments") if node.get("isDeleted") is not True)
        token = _next(page)
        if token is None:
            return
    raise Unreadable(f"GET comments of work item {id}", f"they do not end after {MOST_PAGES} pages")


def _next(page: Node) -> str | None:
    token = page.get("continuationToken")
    return token if isinstance(token, str) and token else None


def _comment(node: Node) -> Comment:
    by = _person(node, "createdBy")
    shown = node.get("renderedText")
    return Comment(
        id=node.number("id"),
        by=by,
        edited_by=_person(node, "modifiedBy") if node.get("modifiedBy") is not None else by,
        at=node.instant("createdDate"),
        lines=spoken_lines(shown if isinstance(shown, str) and shown else node.text("text")),
    )


def _person(node: Node, key: str) -> str:
    """Nobody, where Azure DevOps names nobody: then they hold no role."""
    return people.sign_in_of(people.spelled(node.get(key)) or "")
