"""The discussion of a work item."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer, of_json
from adapters.sandbox.call import Call
from adapters.sandbox.item_json import ItemJson
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.patch import SetField
from adapters.sandbox.problem import Problem
from adapters.sandbox.refusals import not_known_here
from adapters.sandbox.sanitising import sanitised
from adapters.sandbox.system_fields import HISTORY
from adapters.sandbox.work_item import Comment, WorkItem
from adapters.sandbox.writing import Writing


def listed(call: Call, organisation: Organisation) -> Answer:
    """Newest first unless asked otherwise; the token of the next page is in the body."""
    item = organisation.item(call.id(), call.by)
    newest_first = call.choice("order", "desc", "asc") == "desc"
    comments = item.comments[::-1] if newest_first else item.comments
    start = call.number("continuationToken") or 0
    limit = organisation.limits.page
    end = start + min(call.number("$top") or limit, limit)
    page = comments[start:end]
    body: dict[str, Any] = {
        "totalCount": len(comments),
        "count": len(page),
        "comments": [_comment(item, comment, call, organisation) for comment in page],
    }
    if end < len(comments):
        body["continuationToken"] = str(end)
        body["nextPage"] = f"{_url(item, call, organisation)}?continuationToken={end}"
    return of_json(body)


def add(call: Call, organisation: Organisation) -> Answer:
    text = _text(call)
    said = SetField(HISTORY, text, merge=True)
    item = Writing(organisation, call.by).update(call.id(), (said,))
    return of_json(_comment(item, item.comments[-1], call, organisation))


def edit(call: Call, organisation: Organisation) -> Answer:
    """A new version of the comment; the work item gets no revision by it."""
    item = organisation.item(call.id(), call.by)
    comment = next((found for found in item.comments if found.id == call.id("comment_id")), None)
    if comment is None:
        message = f"VS402626: Comment {call.id('comment_id')} does not exist on work item {item.id}."
        raise Problem(404, "CommentNotFoundException", message)
    edited = replace(
        comment,
        text=sanitised(_text(call), organisation.doubts.html),
        version=comment.version + 1,
        edited_by=call.by,
        edited_at=organisation.clock.now(),
    )
    comments = tuple(edited if found is comment else found for found in item.comments)
    organisation.boards.keep(replace(item, comments=comments))
    return of_json(_comment(item, edited, call, organisation))


def _text(call: Call) -> str:
    if call.choice("format", "html", "markdown") == "markdown":
        raise not_known_here("comments in markdown")
    text = call.json_object("text").get("text")
    if not isinstance(text, str) or not text.strip():
        raise not_known_here("a comment without text")
    return text


def _comment(item: WorkItem, comment: Comment, call: Call, organisation: Organisation) -> dict[str, Any]:
    return {
        "workItemId": item.id,
        "id": comment.id,
        "version": comment.version,
        "text": comment.text,
        "renderedText": comment.text,
        "format": "html",
        "mentions": [],
        "isDeleted": False,
        "createdBy": comment.by.reference(call.base),
        "createdDate": instant.in_text(comment.at),
        "modifiedBy": (comment.edited_by or comment.by).reference(call.base),
        "modifiedDate": instant.in_text(comment.edited_at or comment.at),
        "url": f"{_url(item, call, organisation)}/{comment.id}",
    }


def _url(item: WorkItem, call: Call, organisation: Organisation) -> str:
    return ItemJson(organisation, call.base).url(item.id) + "/comments"
