"""What a query compares: the value of a field in a row, and constants of the same kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.sandbox import derived, instant
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.person import Person
from adapters.sandbox.problem import Problem
from adapters.sandbox.process import FieldDefinition, Kind
from adapters.sandbox.refusals import not_known_here
from adapters.sandbox.wiql.query import Literal, Macro
from adapters.sandbox.wiql.tokens import syntax_error
from adapters.sandbox.work_item import FieldValue, Revision, WorkItem

Comparable = str | int | float | bool | datetime
Row = tuple[WorkItem, Revision]
Reader = Callable[[Row], Comparable | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, where and how: what macros and dates depend on. `project` None: not in the address."""

    organisation: Organisation
    by: Person
    project: str | None
    to_the_second: bool


def field_of(name: str, asked: Asked) -> FieldDefinition:
    found = asked.organisation.process.field("System.Id" if name.lower() == "id" else name)
    if found is None:
        raise Problem(
            400,
            "QueryException",
            f"TF51005: The query references a field that does not exist. The error is caused by «[{name}]».",
        )
    return found


def reader(field: FieldDefinition, asked: Asked) -> Reader:
    def read(row: Row) -> Comparable | None:
        return normal(derived.value(row[0], row[1], field.reference), asked)

    return read


def normal(value: FieldValue | None, asked: Asked) -> Comparable | None:
    """Strings without their case, people by sign-in, dates as days unless asked to the second."""
    match value:
        case Person():
            return value.sign_in.casefold()
        case datetime() if not asked.to_the_second:
            return value.replace(hour=0, minute=0, second=0, microsecond=0)
        case str():
            return value.casefold()
    return value


def constant(operand: Literal | Macro, field: FieldDefinition, asked: Asked) -> Comparable | None:
    """None: the empty value."""
    written = _macro(operand, asked) if isinstance(operand, Macro) else operand.value
    if written == "":
        return None
    match field.kind:
        case Kind.DATE_TIME:
            return _date(written, asked)
        case Kind.INTEGER | Kind.DOUBLE:
            return _number(written, field)
        case Kind.BOOLEAN:
            return _boolean(written, field)
        case Kind.IDENTITY:
            person = written if isinstance(written, Person) else asked.organisation.people.find(written)
            return normal(person or str(written), asked)
    if not isinstance(written, str):
        raise _mismatch(written, field)
    return written.casefold()


def _macro(macro: Macro, asked: Asked) -> Person | str | datetime:
    if macro.name == "@today":
        midnight = asked.organisation.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(days=macro.offset)
    if macro.offset:
        raise syntax_error(f"{macro.name} takes no offset.", macro.name)
    if macro.name == "@me":
        return asked.by
    if macro.name == "@project":
        if asked.project is None:
            raise syntax_error("@project needs a project in the address.", macro.name)
        return asked.project
    raise not_known_here(f"the macro {macro.name}")


def _date(written: object, asked: Asked) -> datetime:
    if isinstance(written, datetime):
        return written
    at = instant.from_text(str(written))
    if at is None:
        raise not_known_here(f"the date «{written}»: write it in ISO 8601 with its zone")
    if not asked.to_the_second and not instant.is_day(str(written)):
        raise Problem(
            400,
            "QueryException",
            "You cannot supply a time with the date when running a query using date precision."
            f" The error is caused by «{written}».",
        )
    return at


def _number(written: object, field: FieldDefinition) -> int | float:
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        raise _mismatch(written, field)
    try:
        return float(written) if field.kind is Kind.DOUBLE else int(written)
    except ValueError:
        raise _mismatch(written, field) from None


def _boolean(written: object, field: FieldDefinition) -> bool:
    if str(written).lower() not in {"true", "false"}:
        raise _mismatch(written, field)
    return str(written).lower() == "true"


def _mismatch(written: object, field: FieldDefinition) -> Problem:
    return syntax_error(f"The value does not fit the field {field.reference}.", str(written))
