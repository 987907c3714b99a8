"""The answer to a query: the ids that match, in order, and nothing else of the items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from adapters.sandbox import instant
from adapters.sandbox.permissions import Right
from adapters.sandbox.problem import Problem
from adapters.sandbox.refusals import not_known_here
from adapters.sandbox.wiql.conditions import compiled
from adapters.sandbox.wiql.operands import Asked, Comparable, Row, field_of, reader
from adapters.sandbox.wiql.query import Query, SortKey

LONGEST = 32_000


def ids(query: Query, asked: Asked, *, top: int | None) -> list[int]:
    """More results than the service allows are an error, not a shorter list, unless `top` is below the limit."""
    rows = list(_matching(query, asked))
    limit = asked.organisation.limits.wiql_results
    is_lifted = top is not None and top < limit and asked.organisation.doubts.a_top_lifts_the_limit_of_a_query
    if len(rows) > limit and not is_lifted:
        raise Problem(
            400,
            "WorkItemTrackingQueryResultSizeLimitExceededException",
            f"VS402337: The number of work items returned exceeds the size limit of {limit}."
            " Change the query to return fewer items.",
        )
    return [item.id for item, _ in _sorted(rows, query.order, asked)][:top]


def as_of(query: Query, asked: Asked) -> datetime | None:
    """None: now."""
    if query.as_of is None:
        return asked.organisation.visible_until()
    at = instant.from_text(query.as_of)
    if at is None:
        raise not_known_here(f"the date «{query.as_of}»: write it in ISO 8601 with its zone")
    return at


def _matching(query: Query, asked: Asked) -> Iterator[Row]:
    rows = _rows(asked, as_of(query, asked))
    return filter(compiled(query.where, asked), rows) if query.where else rows


def _rows(asked: Asked, at: datetime | None) -> Iterator[Row]:
    for item in asked.organisation.boards.items.values():
        revision = item.latest if at is None else item.as_of(at)
        is_there = revision is not None and not item.is_gone and not revision.fields.get("System.IsDeleted")
        if revision is not None and is_there and asked.organisation.lets(asked.by, Right.VIEW_ITEMS, revision):
            yield item, revision


def _sorted(rows: list[Row], order: tuple[SortKey, ...], asked: Asked) -> list[Row]:
    rows = sorted(rows, key=lambda row: row[0].id)
    precise = replace(asked, to_the_second=True)
    for key in reversed(order):
        read = reader(field_of(key.field, asked), precise)
        rows = sorted(rows, key=lambda row: _empty_first(read(row)), reverse=key.descending)
    return rows


def _empty_first(value: Comparable | None) -> tuple[bool, Comparable]:
    return (value is not None, "" if value is None else value)
