"""Misshapen settings: unknown names and values of the wrong kind, each in words with its remedy."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, time
from types import UnionType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from adapters.configuration.problem import Path, Problem
from adapters.configuration.quoting import quoted
from adapters.configuration.secret import names_a_secret
from adapters.configuration.suggestion import suggestion
from adapters.configuration.wording import REFUSED

_WANTED = {
    "string_type": 'text in quotes, such as "text"',
    "int_type": "a whole number, without quotes",
    "bool_type": "true or false, without quotes",
    "list_type": 'a list, such as ["one", "two"]',
    "dict_type": "a table",
    "model_type": "a table",
    "date_type": "a date, such as 2026-12-24, without quotes",
    "datetime_type": "a date with a time, such as 2026-12-24T09:00:00, without quotes",
}
_KINDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number with a point",
    list: "a list",
    dict: "a table",
    datetime: "a date with a time",
    date: "a date",
    time: "a time",
}


def misshapen_settings(error: ValidationError, root: type[BaseModel]) -> list[Problem]:
    return [_problem(detail, root) for detail in error.errors(include_url=False)]


def _problem(detail: ErrorDetails, root: type[BaseModel]) -> Problem:
    path, kind = detail["loc"], detail["type"]
    if kind == REFUSED:
        return Problem(path, detail["ctx"]["what"], detail["ctx"]["remedy"])
    if kind == "extra_forbidden":
        return _unknown(path, root)
    if kind == "literal_error":
        return _not_a_choice(path, detail["input"], re.findall(r"'([^']*)'", detail["ctx"]["expected"]))
    what = f"is {_KINDS.get(type(detail['input']), 'something else')}"
    return Problem(path, what, f"write {_WANTED.get(kind, 'what config.example.toml shows there')}")


def _unknown(path: Path, root: type[BaseModel]) -> Problem:
    name = str(path[-1])
    if names_a_secret(name):
        return Problem(
            path,
            "looks like a secret, which must not stand in this file",
            f"take it out, have it replaced by a new one, and name the file that holds that as {file_of_secret(path)}",
        )
    return Problem(path, "is not a setting", suggestion(name, _known(path[:-1], root)))


def file_of_secret(path: Path) -> str:
    """The setting that names a file with what stands at `path` and should not."""
    if path[:1] in (("hooks",), ("store",)):
        return f"{path[0]}.password_file"
    return "sign_in.secret_file" if "secret" in str(path[-1:]).lower() else "sign_in.token_file"


def _known(path: Path, root: type[BaseModel]) -> Collection[str]:
    """The names of the settings in the table at `path`, found along the annotations."""
    kind: Any = root
    for step in path:
        kind = kind.model_fields[str(step)].annotation if _is_table(kind) else get_args(kind)[-1]
        if isinstance(kind, UnionType):  # a table that may be missing
            kind = next(one for one in get_args(kind) if _is_table(one))
    return list(kind.model_fields)


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _not_a_choice(path: Path, value: object, choices: list[str]) -> Problem:
    if not isinstance(value, str):
        return Problem(path, f"is {_KINDS.get(type(value), 'something else')}", suggestion("", choices))
    return Problem(path, f"is {quoted(value)}", suggestion(value, choices))
