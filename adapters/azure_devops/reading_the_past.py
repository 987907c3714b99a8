"""Reading the past: both feeds from their first page to their last; of defects, only what is looked at is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from adapters.azure_devops.answers import Unreadable
from adapters.azure_devops.instants import read_instant
from adapters.azure_devops.past import DatedRow, Past
from adapters.azure_devops.past_links import PastLinks
from adapters.azure_devops.reading import (
    CHANGED_BY,
    CHANGED_DATE,
    DELETED,
    TYPE,
    dated_link_page,
    item_page,
    moving_on,
)
from adapters.azure_devops.rows import DatedLink, ItemRow, Page, Row
from adapters.azure_devops.spelling import Spelling
from adapters.azure_devops.work_items import WorkItems
from bot.change import Field
from bot.defect import Kind

_DECISIVE = (Field.DELIVERED, Field.ANSWERS)
"""The long texts on which a decision rests: others are read by nobody here, and would make every page small."""


def read_past(work_items: WorkItems, spelling: Spelling, since: datetime) -> Past:
    """Of a defect: how it stood at `since`, and every revision after that; of lists and RFCs, all."""
    kept: dict[int, dict[int, DatedRow]] = {}
    for row in _rows(work_items, spelling):
        revision = DatedRow(_made_at(row), row)
        of_item = kept.setdefault(row.id, {})
        of_item[row.rev] = revision
        if spelling.kind_of(row.type) in (Kind.DEFECT, Kind.CHANGE_REQUEST):
            _drop_what_nobody_looks_at(of_item, since)
    revisions = {id: tuple(of_item[rev] for rev in sorted(of_item)) for id, of_item in kept.items()}
    return Past(revisions, PastLinks(_links(work_items, spelling)), spelling)


def _drop_what_nobody_looks_at(of_item: dict[int, DatedRow], since: datetime) -> None:
    before = sorted(rev for rev, revision in of_item.items() if revision.at <= since)
    for rev in before[:-1]:
        del of_item[rev]


def _made_at(row: ItemRow) -> datetime:
    at = read_instant(row.fields.get(CHANGED_DATE))
    if at is None:
        raise Unreadable(
            "POST reporting/workitemrevisions", f"revision {row.rev} of {row.id} says not when it was made"
        )
    return at


def _rows(work_items: WorkItems, spelling: Spelling) -> Iterator[ItemRow]:
    long = (spelling.field(Kind.RFC, meaning) for meaning in _DECISIVE)
    fields = {TYPE, CHANGED_DATE, CHANGED_BY, DELETED, *spelling.flat_fields(with_people=True), *filter(None, long)}

    def page(token: str | None) -> Page[ItemRow]:
        answer = work_items.revisions_feed(
            spelling.all_types, sorted(fields), token, None, latest_only=False, with_long_texts=True
        )
        return moving_on(item_page(answer, fields - {TYPE, DELETED}), token, answer.asked)

    return _followed(page)


def _links(work_items: WorkItems, spelling: Spelling) -> Iterator[DatedLink]:
    def page(token: str | None) -> Page[DatedLink]:
        answer = work_items.links_feed(spelling.all_types, sorted(set(spelling.links.values())), token, None)
        return moving_on(dated_link_page(answer), token, answer.asked)

    return _followed(page)


def _followed(page_after: Callable[[str | None], Page[Row]]) -> Iterator[Row]:
    token, is_last = None, False
    while not is_last:
        page = page_after(token)
        yield from page.rows
        token, is_last = page.token, page.is_last
