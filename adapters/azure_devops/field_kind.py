"""Kinds of fields: what a meaning needs, and what a field of the project is, in the words of its administrators."""

from __future__ import annotations

from enum import Enum

from adapters.azure_devops.node import Node
from adapters.azure_devops.spelling import LONG_TEXT, PEOPLE
from bot.change import Field


class FieldKind(Enum):
    """The value is what an administrator chooses when adding a field."""

    TEXT = "text, single line"
    LONG_TEXT = "text, multiple lines"
    INTEGER = "integer"
    DATE = "date/time"
    IDENTITY = "identity"
    OTHER = "another"


NUMBERS = frozenset(
    {
        Field.PRIORITY,
        Field.COMMENT_COUNT,
        Field.DELIVERED_BY,
        Field.EDITION,
        Field.SEQUENCE,
        Field.LIST,
        Field.ATTEMPT,
    }
)
DATES = frozenset({Field.PLANNED_FOR, Field.WINDOW_START, Field.WINDOW_END, Field.DEPLOYED_AT})
_KINDS = {
    "string": FieldKind.TEXT,
    "picklistString": FieldKind.TEXT,
    "html": FieldKind.LONG_TEXT,
    "plainText": FieldKind.LONG_TEXT,
    "history": FieldKind.LONG_TEXT,
    "integer": FieldKind.INTEGER,
    "picklistInteger": FieldKind.INTEGER,
    "dateTime": FieldKind.DATE,
    "identity": FieldKind.IDENTITY,
}


def kind_wanted(meaning: Field) -> FieldKind:
    if meaning in PEOPLE:
        return FieldKind.IDENTITY
    # Azure DevOps keeps tags in a field of long text.
    if meaning in LONG_TEXT or meaning is Field.TAGS:
        return FieldKind.LONG_TEXT
    if meaning in NUMBERS:
        return FieldKind.INTEGER
    return FieldKind.DATE if meaning in DATES else FieldKind.TEXT


def kind_there(field: Node) -> FieldKind:
    if field.get("isIdentity") is True:
        return FieldKind.IDENTITY
    return _KINDS.get(field.text("type"), FieldKind.OTHER)
