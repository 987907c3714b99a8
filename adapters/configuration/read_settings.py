"""Reading the settings: as much of the table as can be read, and every problem of its shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from adapters.configuration.misshapen import file_of_secret, misshapen_settings
from adapters.configuration.problem import Path, Problem
from adapters.configuration.secret import looks_like_a_secret
from adapters.configuration.settings import Settings


def read_settings(table: Mapping[str, object]) -> tuple[Settings, list[Problem]]:
    """Where something is misshapen, the rest is read without it, so that all mistakes are told at once."""
    try:
        return Settings.model_validate(table), []
    except ValidationError as error:
        problems = misshapen_settings(error, Settings)
        return Settings.model_validate(_without(table, (p.path for p in problems))), problems


def secrets_in(value: object, path: Path = ()) -> Iterator[Problem]:
    """Texts anywhere in the table that look like a token, which is not shown."""
    match value:
        case str() if looks_like_a_secret(value):
            yield Problem(
                path,
                "looks like a token, which must not stand in this file",
                f"take it out, revoke it, and name the file that holds a new one as {file_of_secret(path)}",
            )
        case dict():
            for key, one in value.items():
                yield from secrets_in(one, (*path, key))
        case list():
            for index, one in enumerate(value):
                yield from secrets_in(one, (*path, index))


def _without(table: Mapping[str, object], paths: Iterable[Path]) -> Mapping[str, object]:
    rest: dict[str, Any] = deepcopy(dict(table))
    for path in paths:
        _take_out(rest, path)
    return rest


def _take_out(rest: dict[str, Any], path: Path) -> None:
    """The setting itself goes; in a list, where the others would move up, the whole list does."""
    while isinstance(path[-1], int):
        path = path[:-1]
    inner: Any = rest
    for step in path[:-1]:
        if isinstance(inner, dict) and step not in inner:
            return
        inner = inner[step]
    if len(path) == 2 and path[0] in ("environments", "parties"):
        inner[path[-1]] = {}  # it is still there for others to name
    else:
        inner.pop(path[-1], None)
