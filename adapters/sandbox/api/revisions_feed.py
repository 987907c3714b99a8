"""reporting/workitemrevisions: what changed since a token, in the order in which it changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.sandbox import derived
from adapters.sandbox.answer import Answer, of_json
from adapters.sandbox.api.reading import known_field
from adapters.sandbox.call import Call
from adapters.sandbox.feed_token import FeedToken
from adapters.sandbox.item_json import ItemJson
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.person import Person
from adapters.sandbox.refusals import not_known_here
from adapters.sandbox.system_fields import IS_DELETED
from adapters.sandbox.work_item import FieldValue, Revision, WorkItem

FLAGS = (
    "includeDeleted",
    "includeIdentityRef",
    "includeLatestOnly",
    "includeTagRef",
    "includeDiscussionChangesOnly",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one reader of the feed asks for; None: all of them."""

    fields: tuple[str, ...] | None
    types: frozenset[str] | None
    flags: frozenset[str]
    since: datetime | None
    with_long_text: bool


def by_query(call: Call, organisation: Organisation) -> Answer:
    flags = frozenset(flag for flag in FLAGS if call.flag(flag))
    return _page(call, organisation, _wanted(call, organisation, call.list("fields"), call.list("types"), flags))


def by_filter(call: Call, organisation: Organisation) -> Answer:
    body = call.json_object("fields", "types", *FLAGS)
    flags = frozenset(flag for flag in FLAGS if body.get(flag))
    return _page(call, organisation, _wanted(call, organisation, body.get("fields"), body.get("types"), flags))


def _wanted(
    call: Call,
    organisation: Organisation,
    fields: list[str] | None,
    types: list[str] | None,
    flags: frozenset[str],
) -> Wanted:
    if odd := flags & {"includeTagRef", "includeDiscussionChangesOnly"}:
        raise not_known_here(f"{sorted(odd)} in the revisions feed")
    if call.text("continuationToken") and call.text("startDateTime"):
        raise not_known_here("a startDateTime together with a continuationToken")
    return Wanted(
        None if fields is None else tuple(known_field(organisation, name) for name in fields),
        None if types is None else frozenset(organisation.type(name).name for name in types),
        flags,
        call.instant("startDateTime"),
        call.choice("$expand", "none", "fields") == "fields",
    )


def _page(call: Call, organisation: Organisation, wanted: Wanted) -> Answer:
    token = FeedToken.read(call.text("continuationToken"))
    size = min(call.number("$maxPageSize") or organisation.limits.feed_page, organisation.limits.feed_page)
    rows: list[tuple[WorkItem, Revision]] = []
    position, more = token.position, False
    for position_after, row in _rows(organisation, wanted, token.position):
        if len(rows) == size:
            more = True
            break
        position = position_after
        rows.extend([row] if row else [])
    if rows and not more and organisation.empty_page_before_last and not token.after_empty_page:
        return _answer(call, organisation, wanted, [], FeedToken(token.position, after_empty_page=True), last=False)
    return _answer(call, organisation, wanted, rows, FeedToken(position), last=not more)


def _rows(
    organisation: Organisation, wanted: Wanted, start: int
) -> Iterator[tuple[int, tuple[WorkItem, Revision] | None]]:
    """Each revision of the log after `start`, with None for those that are not wanted."""
    log = organisation.boards.revisions
    until = organisation.visible_until()
    for index in range(start, len(log)):
        revision = log[index]
        if until is not None and revision.at > until:
            return
        item = organisation.boards.items[revision.id]
        yield index + 1, (item, revision) if _is_wanted(item, revision, wanted, until) else None


def _is_wanted(item: WorkItem, revision: Revision, wanted: Wanted, until: datetime | None) -> bool:
    latest = item.latest if until is None else item.as_of(until) or item.latest
    if item.is_gone or ("includeLatestOnly" in wanted.flags and revision is not latest):
        return False
    if latest.fields.get(IS_DELETED) and "includeDeleted" not in wanted.flags:
        return False
    if wanted.types is not None and item.type.name not in wanted.types:
        return False
    return wanted.since is None or revision.at >= wanted.since


def _answer(
    call: Call,
    organisation: Organisation,
    wanted: Wanted,
    rows: list[tuple[WorkItem, Revision]],
    token: FeedToken,
    *,
    last: bool,
) -> Answer:
    shown = ItemJson(organisation, call.base)
    written = token.written(organisation.boards.revisions)
    return of_json(
        {
            "values": [_row(item, revision, wanted, shown) for item, revision in rows],
            "nextLink": f"{call.base}/_apis/wit/reporting/workItemRevisions?continuationToken={written}",
            "continuationToken": written,
            "isLastBatch": last,
        }
    )


def _row(item: WorkItem, revision: Revision, wanted: Wanted, shown: ItemJson) -> dict[str, Any]:
    references = wanted.fields or tuple(dict.fromkeys((*revision.fields, *derived.DERIVED)))
    if revision.fields.get(IS_DELETED):
        references = (*references, IS_DELETED)
    fields = {}
    for reference in references:
        value = derived.value(item, revision, reference)
        if value is not None and (wanted.with_long_text or not _is_long(reference, shown.organisation)):
            fields[reference] = _value(value, wanted, shown)
    return {"id": item.id, "rev": revision.rev, "fields": fields}


def _value(value: FieldValue, wanted: Wanted, shown: ItemJson) -> Any:
    if isinstance(value, Person) and "includeIdentityRef" not in wanted.flags:
        return value.combined
    return shown.value(value)


def _is_long(reference: str, organisation: Organisation) -> bool:
    field = organisation.process.field(reference)
    return field is not None and field.kind.is_long_text
