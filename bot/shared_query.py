"""Shared queries: what people find in Azure DevOps without asking Shunter, in meanings; spellings come later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bot.any_state import AnyState
from bot.change import Field
from bot.defect import Kind


@dataclass(frozen=True, slots=True)
class InState:
    """In one of these states."""

    states: tuple[AnyState, ...]


@dataclass(frozen=True, slots=True)
class NotInState:
    """In none of these; one that the configuration does not name counts as another."""

    states: tuple[AnyState, ...]


@dataclass(frozen=True, slots=True)
class Among:
    """The field has one of these values."""

    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The field is empty, or has none of these values."""

    field: Field
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mine:
    """The field names whoever looks."""

    field: Field


@dataclass(frozen=True, slots=True)
class Tagged:
    """It carries one of these tags."""

    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of these hold."""

    conditions: tuple[Condition, ...]


Condition: TypeAlias = InState | NotInState | Among | NoneOf | Mine | Tagged | AnyOf | AllOf


@dataclass(frozen=True, slots=True)
class SharedQuery:
    """`asked` says for each kind of work item which of them are found. `who` looks for them [M13], [C6].

    They are ordered by `order`, and then by id.
    """

    name: str
    who: str
    asked: tuple[tuple[Kind, Condition], ...]
    columns: tuple[Field, ...]
    order: tuple[Field, ...]
