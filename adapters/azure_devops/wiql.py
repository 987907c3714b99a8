"""Queries in WIQL, which has no parameters: the one place where values are put into its text."""

from __future__ import annotations

from collections.abc import Iterable

from adapters.azure_devops.ranges import LAST_ID

LONGEST = 32_000
LONGEST_VALUE = 256
_ID = "[System.Id]"
_AREA = "[System.AreaId]"
_PROJECT = "[System.TeamProject]"


def items_between(last: int, end: int, types: Iterable[str]) -> str:
    """The ids of all items of these types in the project, in order, from the first that is above `last` to `end`."""
    bound = "" if end >= LAST_ID else f" AND {_ID} <= {end:d}"
    return _query(f"{_types(types)} AND {_ID} > {last:d}{bound} ORDER BY {_ID}")


def items_among(ids: Iterable[int], types: Iterable[str]) -> str:
    """Those of `ids` that the project still has."""
    named = ", ".join(f"{id:d}" for id in ids)
    return _query(f"{_types(types)} AND {_ID} IN ({named}) ORDER BY {_ID}")


def items_in(areas: Iterable[int], types: Iterable[str]) -> str:
    """The ids of the items of these types that lie in one of these areas, by the ids of areas."""
    named = ", ".join(f"{id:d}" for id in areas)
    return _query(f"{_types(types)} AND {_AREA} IN ({named}) ORDER BY {_ID}")


def quoted(value: str) -> str:
    if not value.isprintable() or len(value) > LONGEST_VALUE:
        raise ValueError(f"{value[:80]!r} cannot stand in a query: one line of at most {LONGEST_VALUE} characters can")
    return "'" + value.replace("'", "''") + "'"


def _types(types: Iterable[str]) -> str:
    return f"[System.WorkItemType] IN ({', '.join(quoted(name) for name in types)})"


def _query(condition: str) -> str:
    query = f"SELECT {_ID} FROM workitems WHERE {_PROJECT} = @project AND {condition}"  # noqa: S608  (values are quoted)
    if len(query) > LONGEST:
        raise ValueError(f"the query has {len(query):,} characters; Azure DevOps takes {LONGEST:,}")
    return query
