"""What is written into a field becomes a value of the field's kind, or is refused."""

from __future__ import annotations

from datetime import datetime

from adapters.sandbox import instant
from adapters.sandbox.doubts import Html
from adapters.sandbox.people import People
from adapters.sandbox.person import Person
from adapters.sandbox.problem import Problem
from adapters.sandbox.process import FieldDefinition, Kind
from adapters.sandbox.refusals import BrokenRule, rules_broken, unknown_identity
from adapters.sandbox.sanitising import sanitised
from adapters.sandbox.work_item import FieldValue

NUMBERS: dict[Kind, type[int] | type[float]] = {Kind.INTEGER: int, Kind.DOUBLE: float}


def read(field: FieldDefinition, written: object, people: People, html: Html = Html.USUAL) -> FieldValue | None:
    """None: the field is cleared. `html`: what is left of it."""
    if written is None or written == "":
        return None
    if field.kind is Kind.IDENTITY:
        return _person(field, written, people)
    if field.kind is Kind.DATE_TIME:
        return _instant(field, written)
    if field.kind in NUMBERS:
        return _number(field, written)
    if field.kind is Kind.BOOLEAN:
        return _boolean(field, written)
    return _text(field, written, html)


def _person(field: FieldDefinition, written: object, people: People) -> Person:
    if isinstance(written, Person):
        return people.signed_in_as(written.sign_in)
    found = people.find(written)
    if found is None:
        raise unknown_identity(written, field.name)
    return found


def _instant(field: FieldDefinition, written: object) -> datetime:
    at = instant.from_text(written) if isinstance(written, str) else None
    if at is None:
        raise _wrong(field, written, "is not an ISO 8601 date with its zone")
    return at


def _number(field: FieldDefinition, written: object) -> int | float:
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        raise _wrong(field, written, "is not a number")
    try:
        number = NUMBERS[field.kind](written)
    except ValueError:
        raise _wrong(field, written, "is not a number") from None
    if isinstance(written, float) and number != written:
        raise _wrong(field, written, "is not a whole number")
    return number


def _boolean(field: FieldDefinition, written: object) -> bool:
    if isinstance(written, bool):
        return written
    if isinstance(written, str) and written.lower() in {"true", "false"}:
        return written.lower() == "true"
    raise _wrong(field, written, "is not true or false")


def _text(field: FieldDefinition, written: object, html: Html) -> str | None:
    if not isinstance(written, str):
        raise _wrong(field, written, "is not text")
    text = sanitised(written, html) if field.kind in {Kind.HTML, Kind.HISTORY} else written.strip()
    return text or None


def _wrong(field: FieldDefinition, written: object, why: str) -> Problem:
    message = f"TF401320: Rule Error for field {field.name}. Error code: InvalidType. The value '{written}' {why}."
    return rules_broken([BrokenRule(field.reference, "invalidType", message, 3)])
