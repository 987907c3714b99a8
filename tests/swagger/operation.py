"""One operation of the Swagger, and what it says of a request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from tests.swagger.schema import Schema, Schemas, of_text


@dataclass(frozen=True, slots=True)
class Request:
    """`path` after the organisation; `body` None: none was sent."""

    method: str
    path: str
    query: Mapping[str, str]
    media: str
    body: Any


@dataclass(frozen=True, slots=True)
class Operation:
    """`query`: its parameters by name; `body`: the schema of what may be sent; `answer`: of what comes back."""

    id: str
    method: str
    path: re.Pattern[str]
    in_path: Mapping[str, Schema]
    query: Mapping[str, Schema]
    required: frozenset[str]
    consumes: tuple[str, ...]
    body: Schema | None
    answer: Schema | None
    schemas: Schemas

    def is_meant(self, request: Request) -> bool:
        return self.method == request.method and self.path.fullmatch(request.path) is not None

    def complaints(self, request: Request) -> list[str]:
        return [*self._of_path(request), *self._of_query(request), *self._of_body(request)]

    def complaints_of_answer(self, value: Any) -> list[str]:
        """A list is sent in an envelope that the schema leaves out."""
        if self.answer is None:
            return []
        if self.answer.get("type") == "array" and isinstance(value, dict):
            value = value.get("value")
        return list(self.schemas.complaints(value, self.answer, "answer"))

    def _of_path(self, request: Request) -> Iterator[str]:
        found = self.path.fullmatch(request.path)
        values = {} if found is None else found.groupdict()
        for number, (name, schema) in enumerate(self.in_path.items()):
            if (text := values.get(f"p{number}")) is not None:
                yield from of_text(unquote(text), schema, name)

    def _of_query(self, request: Request) -> Iterator[str]:
        sent = {name: text for name, text in request.query.items() if name != "api-version"}
        for name, text in sent.items():
            if name not in self.query:
                yield f"there is no parameter {name}"
            elif text:
                yield from of_text(text, self.query[name], name)
        for name in sorted(self.required - set(sent)):
            yield f"the parameter {name} is missing"

    def _of_body(self, request: Request) -> Iterator[str]:
        if self.body is None:
            if request.body is not None:
                yield "it takes no body"
            return
        if self.consumes and request.media not in self.consumes:
            yield f"it takes {', '.join(self.consumes)}, not {request.media!r}"
        yield from self.schemas.complaints(request.body, self.body)
