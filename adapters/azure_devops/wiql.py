"""Queries in WIQL, which has no parameters: the one place where names and values are put into its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from adapters.azure_devops.ranges import LAST_ID

LONGEST = 32_000
LONGEST_VALUE = 256
_ID = "[System.Id]"
_AREA = "[System.AreaId]"
_PROJECT = "[System.TeamProject]"
_TYPE = "System.WorkItemType"
_REFERENCE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,127}")
_TOKEN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\[[^\[\]]*\]|[^\s\[\]'"(),]+|[(),]""")


def items_between(last: int, end: int, types: Iterable[str]) -> str:
    """The ids of all items of these types in the project, in order, from the first that is above `last` to `end`."""
    bound = "" if end >= LAST_ID else f" AND {_ID} <= {end:d}"
    return _query(f"{of_types(types)} AND {_ID} > {last:d}{bound}")


def items_among(ids: Iterable[int], types: Iterable[str]) -> str:
    """Those of `ids` that the project still has."""
    named = ", ".join(f"{id:d}" for id in ids)
    return _query(f"{of_types(types)} AND {_ID} IN ({named})")


def to_keep(condition: str, columns: Iterable[str], order: Iterable[str]) -> str:
    """For people to open: fields by reference name, the id always first of the columns and last of the order."""
    return _query(condition, map(_named, columns), map(_named, order))


def of_types(types: Iterable[str]) -> str:
    return among(_TYPE, types)


def among(field: str, values: Iterable[str]) -> str:
    return f"{_named(field)} IN ({_quoted_all(values)})"


def none_of(field: str, values: Iterable[str]) -> str:
    return f"{_named(field)} NOT IN ({_quoted_all(values)})"


def empty(field: str) -> str:
    return f"{_named(field)} = ''"


def mine(field: str) -> str:
    return f"{_named(field)} = @me"


def tagged(field: str, tag: str) -> str:
    return f"{_named(field)} CONTAINS {quoted(tag)}"


def all_of(conditions: Sequence[str]) -> str:
    return " AND ".join(conditions)


def any_of(conditions: Sequence[str]) -> str:
    """In brackets where that matters."""
    return conditions[0] if len(conditions) == 1 else f"({' OR '.join(conditions)})"


def items_in(areas: Iterable[int], types: Iterable[str]) -> str:
    """The ids of the items of these types that lie in one of these areas, by the ids of areas."""
    named = ", ".join(f"{id:d}" for id in areas)
    return _query(f"{of_types(types)} AND {_AREA} IN ({named})")


def quoted(value: str) -> str:
    if not value.isprintable() or len(value) > LONGEST_VALUE:
        raise ValueError(f"{value[:80]!r} cannot stand in a query: one line of at most {LONGEST_VALUE} characters can")
    return "'" + value.replace("'", "''") + "'"


def is_same(one: str, other: str) -> bool:
    """Whether two queries say the same: Azure DevOps writes blanks, and words in small letters, in a way of its own."""
    return _told(one) == _told(other)


def _told(query: str) -> list[str]:
    words = (word if word[0] in "'\"" else word.casefold() for word in _TOKEN.findall(query))
    return [word for word in words if word != "asc"]


def _quoted_all(values: Iterable[str]) -> str:
    return ", ".join(quoted(value) for value in values)


def _named(field: str) -> str:
    if not _REFERENCE.fullmatch(field):
        raise ValueError(f"{field[:80]!r} is no reference name of a field")
    return f"[{field}]"


def _query(condition: str, columns: Iterable[str] = (), order: Iterable[str] = ()) -> str:
    selected, ordered = ", ".join(dict.fromkeys((_ID, *columns))), ", ".join((*order, _ID))
    query = f"SELECT {selected} FROM workitems WHERE {_PROJECT} = @project AND {condition} ORDER BY {ordered}"  # noqa: S608  (values are quoted)
    if len(query) > LONGEST:
        raise ValueError(f"the query has {len(query):,} characters; Azure DevOps takes {LONGEST:,}")
    return query
