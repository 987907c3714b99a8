"""Spelt queries: a shared query in the words of one project, and what of it the project lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from adapters.azure_devops import wiql
from adapters.azure_devops.project_needs import FieldNeed, LinkTypeNeed, Need, OptionalNeed, StateNeed, TypeNeed
from adapters.azure_devops.spelling import Spelling
from bot.any_state import AnyState
from bot.change import Field
from bot.defect import Kind
from bot.shared_query import AllOf, Among, AnyOf, Condition, InState, Mine, NoneOf, NotInState, SharedQuery, Tagged


def spelt(query: SharedQuery, spelling: Spelling) -> str:
    """In WIQL. A column that a kind of work item does not have is left out for it."""
    asked = [_Spelt(kind, spelling).asked(condition) for kind, condition in query.asked]
    if len(asked) > 1:
        asked = [f"({one})" for one in asked]
    columns = dict.fromkeys(_names(query, query.columns, spelling))
    order = dict.fromkeys(_names(query, query.order, spelling))
    return wiql.to_keep(wiql.any_of(asked), columns, order)


def lacking(query: SharedQuery, needs: Iterable[Need]) -> tuple[str, ...]:
    """What has to be there before this query can be: each type, state and field that it speaks of."""
    kinds = {kind for kind, _ in query.asked}
    states = {(kind, state) for kind, condition in query.asked for state in _states(condition)}
    shown = {(kind, field) for kind in kinds for field in (*query.columns, *query.order)}
    fields = shown | {(kind, field) for kind, condition in query.asked for field in _fields(condition)}

    def is_missing(need: Need) -> bool:
        match need:
            case TypeNeed(kind=kind, is_there=is_there):
                return kind in kinds and not is_there
            case StateNeed():
                return (need.type.kind, need.meaning) in states and need.type.is_there and not need.is_there
            case FieldNeed():
                return (need.type.kind, need.meaning) in fields and need.type.is_there and need.found is not need.wanted
            case LinkTypeNeed() | OptionalNeed():
                return False
            case _:
                assert_never(need)

    return tuple(dict.fromkeys(_said(need) for need in needs if is_missing(need)))


def _said(need: Need) -> str:
    match need:
        case StateNeed():
            return f"the state {need.name} of {need.type.name}"
        case FieldNeed():
            return f"the field {need.name} ({need.wanted.value}) of {need.type.name}"
        case _:
            return f"the type {need.name}"


def _names(query: SharedQuery, fields: Iterable[Field], spelling: Spelling) -> Iterator[str]:
    for field in fields:
        for kind, _ in query.asked:
            if name := spelling.field(kind, field):
                yield name


def _states(condition: Condition) -> Iterator[AnyState]:
    match condition:
        case InState(states) | NotInState(states):
            yield from states
        case AnyOf(conditions) | AllOf(conditions):
            for one in conditions:
                yield from _states(one)


def _fields(condition: Condition) -> Iterator[Field]:
    match condition:
        case InState() | NotInState():
            yield Field.STATE
        case Tagged():
            yield Field.TAGS
        case Among(field) | NoneOf(field) | Mine(field):
            yield field
        case AnyOf(conditions) | AllOf(conditions):
            for one in conditions:
                yield from _fields(one)


@dataclass(frozen=True, slots=True)
class _Spelt:
    kind: Kind
    spelling: Spelling

    def asked(self, condition: Condition) -> str:
        return wiql.all_of([wiql.of_types(self.spelling.types[self.kind]), self.condition(condition)])

    def condition(self, condition: Condition) -> str:
        match condition:
            case InState(states):
                return wiql.among(self.field(Field.STATE), self.states(states))
            case NotInState(states):
                return wiql.none_of(self.field(Field.STATE), self.states(states))
            case Among(field, values):
                return wiql.among(self.field(field), values)
            case NoneOf() | Tagged() | AnyOf():
                return wiql.any_of(list(self.alternatives(condition)))
            case Mine(field):
                return wiql.mine(self.field(field))
            case AllOf(conditions):
                return wiql.all_of([self.condition(one) for one in conditions])
            case _:
                assert_never(condition)

    def alternatives(self, condition: Condition) -> Iterator[str]:
        match condition:
            case NoneOf(field, values):
                yield wiql.empty(self.field(field))
                # Whether NOT IN finds empty fields is told nowhere: they are asked for by themselves.
                yield from (wiql.none_of(self.field(field), values),) if values else ()
            case Tagged(tags):
                yield from (wiql.tagged(self.field(Field.TAGS), tag) for tag in tags)
            case AnyOf(conditions):
                for one in conditions:
                    yield from self.alternatives(one)
            case AllOf():
                yield f"({self.condition(condition)})"
            case _:
                yield self.condition(condition)

    def field(self, meaning: Field) -> str:
        name = self.spelling.field(self.kind, meaning)
        if name is None:
            raise ValueError(f"a {self.kind.value} has no field for '{meaning.value}'")
        return name

    def states(self, meanings: Iterable[AnyState]) -> tuple[str, ...]:
        return tuple(name for meaning in meanings for name in self.spelling.states.get((self.kind, meaning), ()))
