"""The rules of fields that every saved item keeps: required, length, allowed values, known paths; and a rule of the
process that keeps one account from changing an item."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.sandbox.draft import Draft
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.person import Person
from adapters.sandbox.problem import Problem
from adapters.sandbox.process import FieldDefinition, Kind
from adapters.sandbox.refusals import BrokenRule, rules_broken
from adapters.sandbox.system_fields import AREA, ITERATION, TITLE
from adapters.sandbox.work_item import FieldValue

LONGEST_STRING = 255
LONGEST_TEXT = 1_048_576


def check(draft: Draft, organisation: Organisation, by: Person) -> None:
    broken = [rule for field in draft.type.fields for rule in _broken(field, draft.fields.get(field.reference))]
    if draft.before is not None and organisation.kept_from.get(draft.before.id) == by.sign_in:
        broken.append(_rule(draft.type.by_reference[TITLE.lower()], "Required, InvalidEmpty", 524_289))
    if broken:
        raise rules_broken(broken)
    _check_path(draft, AREA, organisation.areas)
    _check_path(draft, ITERATION, organisation.iterations)


def _broken(field: FieldDefinition, value: FieldValue | None) -> Iterator[BrokenRule]:
    if value is None:
        if field.required:
            yield _rule(field, "Required, InvalidEmpty", 524_289)
    elif field.allowed and value not in field.allowed:
        yield _rule(field, "HasValues, LimitedToValues, InvalidNotInList", 524_293)
    elif isinstance(value, str) and len(value) > _longest(field):
        yield _rule(field, "InvalidTooLong", 524_290)


def _longest(field: FieldDefinition) -> int:
    if field.kind.is_long_text or field.kind is Kind.TAGS:
        return LONGEST_TEXT
    return LONGEST_STRING


def _rule(field: FieldDefinition, flags: str, code: int) -> BrokenRule:
    message = f"TF401320: Rule Error for field {field.name}. Error code: {flags}."
    return BrokenRule(field.reference, _in_camel_case(flags), message, code)


def _check_path(draft: Draft, reference: str, known: frozenset[str]) -> None:
    if str(draft.fields[reference]).casefold() in {path.casefold() for path in known}:
        return
    id = draft.before.id if draft.before else -1
    raise Problem(
        400,
        "WorkItemInvalidTreeNameException",
        f"TF401347: Invalid tree name given for work item {id}, field '{reference}'.",
    )


def _in_camel_case(flags: str) -> str:
    return ", ".join(flag[0].lower() + flag[1:] for flag in flags.split(", "))
