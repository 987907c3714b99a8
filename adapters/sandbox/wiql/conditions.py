"""A condition of a query, made into a test of rows; operators that a kind of field has not are refused."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any

from adapters.sandbox import tags
from adapters.sandbox.process import FieldDefinition, Kind
from adapters.sandbox.system_fields import HISTORY
from adapters.sandbox.wiql.operands import Asked, Comparable, Reader, Row, constant, field_of, reader
from adapters.sandbox.wiql.query import AllOf, AnyOf, Comparison, Condition, FieldName, Literal, Macro, Not
from adapters.sandbox.wiql.tokens import syntax_error

Test = Callable[[Row], bool]

ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
EQUAL = {"=", "<>"}
LISTS = {"IN", "NOT IN"}
CONTAINS = {"CONTAINS", "NOT CONTAINS"}
LONG_TEXT = CONTAINS | {"CONTAINS WORDS", "NOT CONTAINS WORDS", "IS EMPTY", "IS NOT EMPTY"}
NUMBER = EQUAL | LISTS | {"EVER"} | set(ORDER)

OPERATORS: dict[Kind, set[str]] = {
    Kind.STRING: NUMBER | CONTAINS,
    Kind.IDENTITY: NUMBER | CONTAINS,
    Kind.INTEGER: NUMBER,
    Kind.DOUBLE: NUMBER,
    Kind.DATE_TIME: NUMBER,
    Kind.BOOLEAN: EQUAL,
    Kind.TREE_PATH: EQUAL | LISTS | {"UNDER", "NOT UNDER"},
    Kind.TAGS: CONTAINS | {"IS EMPTY", "IS NOT EMPTY"},
    Kind.HTML: LONG_TEXT,
    Kind.PLAIN_TEXT: LONG_TEXT,
    Kind.HISTORY: LONG_TEXT,
}


def compiled(condition: Condition, asked: Asked) -> Test:
    match condition:
        case AllOf(conditions):
            tests = [compiled(part, asked) for part in conditions]
            return lambda row: all(test(row) for test in tests)
        case AnyOf(conditions):
            tests = [compiled(part, asked) for part in conditions]
            return lambda row: any(test(row) for test in tests)
        case Not(inner):
            return _negated(inner, asked)
        case Comparison():
            return _comparison(condition, asked)


def _negated(inner: Condition, asked: Asked) -> Test:
    if isinstance(inner, Comparison) and inner.operator == "EVER":
        raise syntax_error("EVER cannot be negated.", "NOT EVER")
    test = compiled(inner, asked)
    return lambda row: not test(row)


def _comparison(comparison: Comparison, asked: Asked) -> Test:
    field = field_of(comparison.field, asked)
    operation = comparison.operator
    if operation not in OPERATORS[field.kind]:
        raise syntax_error(f"{field.reference} cannot be compared with {operation}.", operation)
    if operation.startswith("NOT "):
        positive = Comparison(comparison.field, operation.removeprefix("NOT "), comparison.operands)
        test = _comparison(positive, asked)
        return lambda row: not test(row)
    return _positive(operation, field, comparison, asked)


def _positive(operation: str, field: FieldDefinition, comparison: Comparison, asked: Asked) -> Test:
    read = reader(field, asked)
    if operation in {"IS EMPTY", "IS NOT EMPTY"}:
        return lambda row: (read(row) is None) == (operation == "IS EMPTY")
    if operation in EQUAL | set(ORDER) and isinstance(comparison.operands[0], FieldName):
        other = reader(field_of(comparison.operands[0].name, asked), asked)
        return _binary(operation, read, other)
    constants = [_constant(operand, field, asked) for operand in comparison.operands]
    if operation == "IN":
        return lambda row: read(row) in constants
    if operation == "EVER":
        return lambda row: any(read((row[0], old)) == constants[0] for old in row[0].history)
    if operation in EQUAL | set(ORDER):
        return _binary(operation, read, lambda _: constants[0])
    return _text_test(operation, field, read, str(constants[0] or ""))


def _constant(operand: object, field: FieldDefinition, asked: Asked) -> Comparable | None:
    if isinstance(operand, Literal | Macro):
        return constant(operand, field, asked)
    raise syntax_error("A field cannot stand there.", field.reference)


def _binary(operation: str, left: Reader, right: Reader) -> Test:
    """An empty field differs from every value, and is neither before nor after any."""
    if operation == "=":
        return lambda row: left(row) == right(row)
    if operation == "<>":
        return lambda row: left(row) != right(row)
    holds = ORDER[operation]

    def test(row: Row) -> bool:
        a, b = left(row), right(row)
        return a is not None and b is not None and holds(a, b)

    return test


def _text_test(operation: str, field: FieldDefinition, read: Reader, wanted: str) -> Test:
    if field.reference == HISTORY:
        return lambda row: any(_words(wanted, old.comment.casefold()) for old in row[0].history)
    if operation == "UNDER":
        return lambda row: f"{read(row)}\\".startswith(f"{wanted}\\")
    if operation == "CONTAINS WORDS":
        return lambda row: _words(wanted, str(read(row) or ""))
    if field.kind is Kind.TAGS:
        return lambda row: wanted in tags.split(str(read(row) or ""))
    return lambda row: wanted in str(read(row) or "")


def _words(wanted: str, text: str) -> bool:
    """Every word, whole; a star at its end stands for any ending."""
    plain = re.sub("<[^>]*>", " ", text)
    return all(
        re.search(rf"\b{re.escape(word.rstrip('*'))}" + ("" if word.endswith("*") else r"\b"), plain)
        for word in wanted.split()
    )
