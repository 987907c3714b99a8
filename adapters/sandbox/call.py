"""One request, taken apart and signed in, as handlers see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from adapters.sandbox import instant
from adapters.sandbox.enumeration import word
from adapters.sandbox.person import Person
from adapters.sandbox.problem import SERVICES, Problem
from adapters.sandbox.refusals import not_known_here

NOBODY = Person("", "")


@dataclass(frozen=True, slots=True)
class Call:
    """`scope` is what stands before `_apis`: project and team. Names in `query` and `headers` are in lower case."""

    method: str
    path: str
    scope: tuple[str, ...]
    route: tuple[str, ...]
    query_string: str
    query: Mapping[str, str]
    repeated: bool
    headers: Mapping[str, str]
    body: bytes
    base: str
    operation: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    by: Person = NOBODY
    connection: int = 0

    @property
    def project(self) -> str | None:
        return self.scope[0] if self.scope else None

    def signed_in(self, by: Person) -> Call:
        return replace(self, by=by)

    def id(self, name: str = "id") -> int:
        return _whole(name, self.names[name])

    def text(self, parameter: str) -> str | None:
        return self.query.get(parameter.lower()) or None

    def number(self, parameter: str) -> int | None:
        text = self.text(parameter)
        return None if text is None else _whole(parameter, text)

    def flag(self, parameter: str) -> bool:
        text = (self.text(parameter) or "false").lower()
        if text not in {"true", "false"}:
            raise not_known_here(f"the value {text!r} of {parameter}")
        return text == "true"

    def list(self, parameter: str) -> list[str] | None:
        text = self.text(parameter)
        return None if text is None else [part.strip() for part in text.split(",") if part.strip()]

    def instant(self, parameter: str) -> datetime | None:
        text = self.text(parameter)
        return None if text is None else read_instant(parameter, text)

    def choice(self, parameter: str, *known: str) -> str:
        """The first of `known` is the default."""
        return read_choice(parameter, self.text(parameter), *known)

    def json(self) -> Any:
        try:
            return json.loads(self.body.decode("utf-8"))
        except ValueError as error:
            raise Problem(
                400,
                "VssPropertyValidationException",
                f"The request body is not valid JSON: {error}",
                namespace=SERVICES,
            ) from None

    def json_object(self, *known: str) -> dict[str, Any]:
        """The body, which must be an object with no other keys than these."""
        value = self.json()
        if not isinstance(value, dict):
            raise not_known_here("a request body that is not a JSON object")
        if unknown := set(value) - set(known):
            raise not_known_here(f"the key {sorted(unknown)} in the body of {self.operation}")
        return value


def read_choice(name: str, value: object, *known: str) -> str:
    """The first of `known`, which are in lower case, where there is no value."""
    chosen = known[0] if value is None or value == "" else word(name, value, known)
    if chosen not in known:
        raise not_known_here(f"the value {value!r} of {name}")
    return chosen


def read_instant(name: str, text: str) -> datetime:
    at = instant.from_text(text) or instant.from_header(text)
    if at is None:
        raise not_known_here(f"the date {text!r} of {name}: write it in ISO 8601 with its zone")
    return at


def _whole(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise not_known_here(f"the value {text!r} of {name}: a whole number belongs there")
    return int(text)
