"""Tables of needs: what an administrator creates in the project, by its exact names, and what of it is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from adapters.azure_devops.project_needs import FieldNeed, LinkTypeNeed, Need, OptionalNeed, StateNeed, TypeNeed
from adapters.azure_devops.state_category import category_of
from bot.change import Field

PRESENT, MISSING = "present", "missing"
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A work item type."""

    work_item_type: str
    means: str
    standing: str


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state, and the category that an administrator puts it in."""

    work_item_type: str
    name: str
    category: str
    means: str
    standing: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field; Azure DevOps makes the reference name of a new one from its name."""

    work_item_type: str
    reference_name: str
    name: str
    kind: str
    required: str
    standing: str


@dataclass(frozen=True, slots=True)
class LinkTypeRow:
    """A link type; those that Shunter goes by are part of Azure DevOps."""

    link_type: str
    standing: str


def needs_tables(needs: Iterable[Need]) -> Mapping[str, Sequence[object]]:
    """In the order of the configuration."""
    rows = [_row(need) for need in needs]
    return {
        "work item types": [row for row in rows if isinstance(row, TypeRow)],
        "states": [row for row in rows if isinstance(row, StateRow)],
        "fields": [row for row in rows if isinstance(row, FieldRow)],
        "link types": [row for row in rows if isinstance(row, LinkTypeRow)],
    }


def _row(need: Need) -> TypeRow | StateRow | FieldRow | LinkTypeRow:
    match need:
        case TypeNeed():
            return TypeRow(need.name, need.kind.value, _there(need.is_there))
        case StateNeed():
            standing = f"new ones begin in {need.begins}" if need.begins and need.is_there else _there(need.is_there)
            return StateRow(need.type.name, need.name, category_of(need.meaning), need.meaning.value, standing)
        case FieldNeed():
            required = "yes" if need.meaning in (Field.TITLE, Field.STATE) else "no"
            return FieldRow(
                need.type.name, need.name, name_of(need.name), need.wanted.value, required, _field_standing(need)
            )
        case OptionalNeed():
            return FieldRow(need.type.name, need.name, name_of(need.name), "", "no", "is required, and must not be")
        case LinkTypeNeed():
            return LinkTypeRow(need.name, _there(need.is_there))
        case _:
            assert_never(need)


def name_of(reference: str) -> str:
    """`Found In` for Custom.FoundIn: typed as the name of a new field it gives that reference."""
    return _CAPITAL.sub(" ", reference.rpartition(".")[2])


def _there(is_there: bool) -> str:
    return PRESENT if is_there else MISSING


def _field_standing(need: FieldNeed) -> str:
    if need.found is need.wanted:
        return PRESENT
    if need.found is not None:
        return f"wrong type: {need.found.value}"
    if need.name.startswith("System."):
        return f"{MISSING}; it comes with the type"
    match need.elsewhere:
        case None:
            return MISSING
        case need.wanted:
            return f"{MISSING}; the project has it already: add that"
        case other:
            return f"{MISSING}; the project has it as {other.value}: name another"
