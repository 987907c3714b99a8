"""Whether a value has the shape that a schema of the Swagger gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Schema = Mapping[str, Any]

IN_AN_ADDRESS = re.compile(r"^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$")
"""A date as the official client for Node writes it there."""
DATE = re.compile(r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?)?$")
SIMPLE: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}
PATCH = "JsonPatchDocument"
"""Said to be an object that is also a list; it is a list."""
LINKS = "ReferenceLinks"
"""Said to hold its links under one more key; it holds them itself."""


@dataclass(frozen=True, slots=True)
class Schemas:
    """The definitions of one file, to which its schemas refer."""

    definitions: Mapping[str, Schema]

    def complaints(self, value: Any, schema: Schema, where: str = "body") -> Iterator[str]:
        """`null` fits everywhere, as the service takes it. A key that the schema does not name is a complaint."""
        schema = self._meant(schema)
        kind = schema.get("type")
        if value is None:
            return
        if "enum" in schema:
            yield from _of_enum(value, schema["enum"], where)
        elif kind == "array":
            yield from self._of_list(value, schema, where)
        elif kind is not None and kind in SIMPLE:
            yield from _of_simple(value, str(kind), schema.get("format"), where)
        elif properties := self._properties(schema):
            yield from self._of_object(value, properties, where)
        elif "additionalProperties" in schema:
            yield from self._of_dictionary(value, schema["additionalProperties"], where)

    def _meant(self, schema: Schema) -> Schema:
        if "$ref" not in schema:
            return schema
        name = schema["$ref"].rpartition("/")[2]
        meant = {} if name == LINKS else self.definitions[name]
        return meant["allOf"][0] if name == PATCH else meant

    def _properties(self, schema: Schema) -> dict[str, Schema]:
        """Its own and those of what it is made of."""
        inherited: dict[str, Schema] = {}
        for part in schema.get("allOf", ()):
            inherited |= self._properties(self._meant(part))
        return inherited | dict(schema.get("properties", {}))

    def _of_list(self, value: Any, schema: Schema, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{where} is no list"
            return
        for number, element in enumerate(value):
            yield from self.complaints(element, schema["items"], f"{where}[{number}]")

    def _of_object(self, value: Any, properties: Mapping[str, Schema], where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where} is no object"
            return
        for name, inner in value.items():
            if name in properties:
                yield from self.complaints(inner, properties[name], f"{where}.{name}")
            else:
                yield f"{where} has no key {name}"

    def _of_dictionary(self, value: Any, schema: Schema, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where} is no object"
            return
        for name, inner in value.items():
            yield from self.complaints(inner, schema, f"{where}.{name}")


def _of_enum(value: Any, known: list[str], where: str) -> Iterator[str]:
    """A number is a word too: the official client for Node sends nothing else."""
    if not str(value).isdigit() and str(value).lower() not in {word.lower() for word in known}:
        yield f"{where} is {value!r}, not one of {', '.join(known)}"


def _of_simple(value: Any, kind: str, form: object, where: str) -> Iterator[str]:
    if not isinstance(value, SIMPLE[kind]) or (kind != "boolean" and isinstance(value, bool)):
        yield f"{where} is {value!r}, not of type {kind}"
    elif form == "date-time" and not DATE.match(str(value)):
        yield f"{where} is {value!r}, not a date"
    elif form == "uuid" and not _is_uuid(str(value)):
        yield f"{where} is {value!r}, not a GUID"


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def of_text(text: str, schema: Schema, where: str) -> Iterator[str]:
    """The same for a value in an address, which is always text."""
    kind = schema.get("type", "string")
    if "enum" in schema:
        yield from _of_enum(text, schema["enum"], where)
    elif kind == "integer" and not re.fullmatch(r"-?\d+", text):
        yield f"{where} is {text!r}, not of type integer"
    elif kind == "boolean" and text.lower() not in {"true", "false"}:
        yield f"{where} is {text!r}, not of type boolean"
    elif kind == "string" and not (schema.get("format") == "date-time" and IN_AN_ADDRESS.match(text)):
        yield from _of_simple(text, "string", schema.get("format"), where)
