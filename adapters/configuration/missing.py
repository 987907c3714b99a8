"""Missing settings: those without which nothing works, and which the file does not have."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.configuration.problem import Path, Problem
from adapters.configuration.settings import Table


def missing_settings(table: Table, path: Path = ()) -> Iterator[Problem]:
    for name, line in table.needed.items():
        if not table.gives(name):
            yield Problem((*path, name), "is missing", f"add `{line}`, with what is right for you")
    for name, value in table:
        yield from _within(value, (*path, name))


def _within(value: object, path: Path) -> Iterator[Problem]:
    match value:
        case Table():
            yield from missing_settings(value, path)
        case dict():
            for key, one in value.items():
                yield from _within(one, (*path, key))
        case list():
            for index, one in enumerate(value):
                yield from _within(one, (*path, index))
