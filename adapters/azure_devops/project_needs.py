"""What the project needs: the types, states, fields and link types of a spelling, each there or missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from adapters.azure_devops.field_kind import FieldKind, kind_there, kind_wanted
from adapters.azure_devops.node import Node
from adapters.azure_devops.spelling import Spelling
from adapters.azure_devops.work_items import WorkItems
from bot.any_state import AnyState
from bot.candidate_list import ListState
from bot.change import Field
from bot.defect import Kind
from bot.rfc import RfcState

BEGINS: Mapping[Kind, AnyState] = {Kind.LIST: ListState.PROPOSED, Kind.RFC: RfcState.RAISED}
"""What Shunter creates it creates without a state: so it begins where its type lets new ones begin."""
_ON_BOTH = (
    *(Field.TITLE, Field.ENVIRONMENT, Field.PARTY, Field.NUMBER, Field.TYPE),
    *(Field.WINDOW_START, Field.WINDOW_END, Field.WRITTEN),
)
FILLED: Mapping[Kind, tuple[Field, ...]] = {
    Kind.LIST: (*_ON_BOTH, Field.SEQUENCE, Field.BODY),
    Kind.RFC: (
        *(*_ON_BOTH, Field.LIST, Field.INTENT, Field.EDITION, Field.SEAL, Field.NOTE, Field.ATTEMPT),
        *(Field.WAY_BACK, Field.DOWNTIME, Field.CONTROL_POINTS),
    ),
}
"""What it always fills when it creates one; all else comes later, or never."""


@dataclass(frozen=True, slots=True)
class LinkTypeNeed:
    """`among`: what there is of its kind, in this class and the next ones."""

    name: str
    is_there: bool
    among: frozenset[str]


@dataclass(frozen=True, slots=True)
class TypeNeed:
    kind: Kind
    name: str
    is_there: bool
    among: frozenset[str]


@dataclass(frozen=True, slots=True)
class StateNeed:
    """`begins`: where new ones are to begin in this state, the other one in which they do; else empty."""

    type: TypeNeed
    meaning: AnyState
    name: str
    is_there: bool
    among: frozenset[str]
    begins: str = ""


@dataclass(frozen=True, slots=True)
class FieldNeed:
    """`found`: the kind of the field that is on the type; `elsewhere`: of the one of this name that the project has.

    None where there is none.
    """

    type: TypeNeed
    meaning: Field
    name: str
    wanted: FieldKind
    found: FieldKind | None
    elsewhere: FieldKind | None
    among: frozenset[str]


@dataclass(frozen=True, slots=True)
class OptionalNeed:
    """A field that somebody has made required, and that is empty on what Shunter creates."""

    type: TypeNeed
    name: str


Need: TypeAlias = LinkTypeNeed | TypeNeed | StateNeed | FieldNeed | OptionalNeed


def project_needs(asked: WorkItems, spelling: Spelling) -> tuple[Need, ...]:
    """Everything of it, in the order of the configuration. Raises a `Failure` where the project cannot be asked."""
    return tuple(_Look(asked, spelling).needs())


@dataclass(frozen=True, slots=True)
class _Look:
    asked: WorkItems
    spelling: Spelling

    def needs(self) -> Iterator[Need]:
        first = {node.text("name"): _first_states(node) for node in self.asked.types().nodes("value")}
        types = frozenset(first)
        kinds = {node.text("referenceName"): kind_there(node) for node in self.asked.fields().nodes("value")}
        links = _named(self.asked.link_types(), "referenceName")
        for name in dict.fromkeys(self.spelling.links.values()):
            yield LinkTypeNeed(name, name in links, frozenset(links))
        for kind, names in self.spelling.types.items():
            for name in names:
                need = TypeNeed(kind, name, name in types, types)
                yield need
                yield from self._states(need, first.get(name, ()))
                yield from self._fields(need, kinds)

    def _states(self, of: TypeNeed, first: Sequence[str]) -> Iterator[StateNeed]:
        there = _named(self.asked.states(of.name), "name") if of.is_there else ()
        known = {name.casefold() for name in there}
        for (kind, meaning), names in self.spelling.states.items():
            for name in names if kind is of.kind else ():
                begins = _elsewhere(first, names) if meaning is BEGINS.get(kind) else ""
                yield StateNeed(of, meaning, name, name.casefold() in known, frozenset(there), begins)

    def _fields(self, of: TypeNeed, kinds: Mapping[str, FieldKind]) -> Iterator[FieldNeed | OptionalNeed]:
        nodes = tuple(self.asked.fields_of(of.name).nodes("value")) if of.is_there else ()
        there = frozenset(node.text("referenceName") for node in nodes)
        for (kind, meaning), name in self.spelling.fields.items():
            if kind is of.kind:
                wanted = kind_wanted(meaning)
                found = kinds.get(name, wanted) if name in there else None
                yield FieldNeed(of, meaning, name, wanted, found, kinds.get(name), there)
        if of.kind in BEGINS:
            filled = {(self.spelling.field(of.kind, meaning) or "").casefold() for meaning in FILLED[of.kind]}
            empty = (name for name in map(_required, nodes) if name and name.casefold() not in filled)
            yield from (OptionalNeed(of, name) for name in empty)


def _first_states(type_: Node) -> tuple[str, ...]:
    """Where a new one may begin, by the transitions from nowhere; empty where the type does not tell."""
    transitions = type_.get("transitions")
    nowhere = transitions.get("") if isinstance(transitions, dict) else None
    return tuple(str(to.get("to")) for to in nowhere if isinstance(to, dict)) if isinstance(nowhere, list) else ()


def _elsewhere(first: Sequence[str], names: Sequence[str]) -> str:
    """The one state in which new ones begin, unless it is one of these."""
    if len(first) != 1 or first[0].casefold() in map(str.casefold, names):
        return ""
    return first[0]


def _required(field: Node) -> str:
    """Its name, where an administrator made it so; of its own fields Azure DevOps takes care."""
    name = field.text("referenceName")
    is_left_to_us = field.get("alwaysRequired") is True and not field.get("defaultValue")
    return name if is_left_to_us and not name.startswith(("System.", "Microsoft.")) else ""


def _named(answer: Node, key: str) -> tuple[str, ...]:
    return tuple(node.text(key) for node in answer.nodes("value"))
