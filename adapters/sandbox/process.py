"""What a process defines: work item types, their states and fields. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property


class Kind(Enum):
    """The type of a field; the value is the service's word for it."""

    STRING = "string"
    INTEGER = "integer"
    DOUBLE = "double"
    BOOLEAN = "boolean"
    DATE_TIME = "dateTime"
    HTML = "html"
    PLAIN_TEXT = "plainText"
    HISTORY = "history"
    TREE_PATH = "treePath"
    IDENTITY = "identity"
    TAGS = "tags"

    @property
    def is_long_text(self) -> bool:
        return self in (Kind.HTML, Kind.PLAIN_TEXT, Kind.HISTORY)


class Category(Enum):
    """What a state means, whatever it is called."""

    PROPOSED = "Proposed"
    IN_PROGRESS = "InProgress"
    RESOLVED = "Resolved"
    COMPLETED = "Completed"
    REMOVED = "Removed"


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    reference: str
    name: str
    kind: Kind = Kind.STRING
    allowed: tuple[str | int, ...] = ()
    default: str | int | None = None
    required: bool = False
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class StateDefinition:
    """The first of `reasons` is the one that the server chooses where none is given."""

    name: str
    category: Category
    reasons: tuple[str, ...] = ()
    color: str = "b2b2b2"

    def default_reason(self) -> str:
        return self.reasons[0] if self.reasons else f"Moved to state {self.name}"


@dataclass(frozen=True)
class ProcessType:
    """`transitions` None: from any state to any other, as in an inherited process."""

    name: str
    reference: str
    states: tuple[StateDefinition, ...]
    fields: tuple[FieldDefinition, ...]
    initial: str
    category: str
    category_name: str
    transitions: Mapping[str, tuple[str, ...]] | None = None
    color: str = "009CCC"

    @cached_property
    def by_reference(self) -> Mapping[str, FieldDefinition]:
        return {field.reference.lower(): field for field in self.fields}

    def state(self, name: object) -> StateDefinition | None:
        wanted = str(name).casefold()
        return next((state for state in self.states if state.name.casefold() == wanted), None)

    def targets(self, state: str) -> tuple[str, ...]:
        """The states into which an item may go from `state` ('' is: a new item)."""
        if not state:
            return (self.initial,)
        if self.transitions is None:
            return tuple(other.name for other in self.states)
        return (*self.transitions.get(state, ()), state)


@dataclass(frozen=True)
class Process:
    name: str
    id: str
    types: tuple[ProcessType, ...]

    @cached_property
    def fields(self) -> tuple[FieldDefinition, ...]:
        """Every field of any type, each once."""
        return tuple({field.reference: field for kind in self.types for field in kind.fields}.values())

    @cached_property
    def _by_spelling(self) -> Mapping[str, FieldDefinition]:
        by_name = {field.name.lower(): field for field in self.fields}
        return by_name | {field.reference.lower(): field for field in self.fields}

    def field(self, spelling: str) -> FieldDefinition | None:
        """By reference name or display name, whatever the case."""
        return self._by_spelling.get(spelling.lower())

    def type(self, spelling: str) -> ProcessType | None:
        wanted = spelling.casefold()
        return next((t for t in self.types if wanted in {t.name.casefold(), t.reference.casefold()}), None)
