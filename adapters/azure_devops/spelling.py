"""The spelling: what the project calls the types, fields, states and links that the process speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from functools import cached_property
from hashlib import sha256

from bot.any_state import AnyState
from bot.candidate_list import ListState
from bot.change import Field, LinkKind
from bot.defect import Kind, State
from bot.rfc import RfcState

STATES_OF: Mapping[Kind, type[State] | type[ListState] | type[RfcState]] = {
    Kind.DEFECT: State,
    Kind.CHANGE_REQUEST: State,
    Kind.LIST: ListState,
    Kind.RFC: RfcState,
}
LONG_TEXT = frozenset(
    {
        Field.REMARK,
        Field.BODY,
        Field.WORKAROUND,
        Field.SUMMARY,
        Field.NOTE,
        Field.WAY_BACK,
        Field.INSTRUCTIONS,
        Field.ANSWERS,
        Field.CONTROL_POINTS,
        Field.DELIVERED,
        Field.ISSUES,
    }
)
PEOPLE = frozenset({Field.ASSIGNED_TO, Field.RAISED_BY, Field.RETESTED_BY})


@dataclass(frozen=True)
class Spelling:
    """Reference names of fields and links, names of types and states, as one project spells them.

    Several spellings may mean one state, and several types one kind: the first of them is the one that is written.
    `zone` is where a day in a date field begins. `web_url` is the project's page, without a slash at its end.
    `canary` is the item that is written to see that it can be: to the process it does not exist.
    """

    project: str
    web_url: str
    types: Mapping[Kind, tuple[str, ...]]
    fields: Mapping[tuple[Kind, Field], str]
    states: Mapping[tuple[Kind, AnyState], tuple[str, ...]]
    links: Mapping[LinkKind, str]
    zone: tzinfo = field(default=UTC)
    canary: int | None = None

    @cached_property
    def digest(self) -> str:
        """Another one whenever anything is spelt otherwise."""
        return sha256(repr(self).encode()).hexdigest()

    def kind_of(self, type_name: str) -> Kind | None:
        wanted = type_name.casefold()
        return next((kind for kind, names in self.types.items() if wanted in map(str.casefold, names)), None)

    def state_of(self, kind: Kind, text: str) -> AnyState:
        """What `text` means; a state that the configuration does not name is OTHER."""
        wanted = text.casefold()
        for (of, state), names in self.states.items():
            if of is kind and wanted in map(str.casefold, names):
                return state
        return STATES_OF[kind].OTHER

    def written_state(self, kind: Kind, state: AnyState) -> str | None:
        return next(iter(self.states.get((kind, state), ())), None)

    def field(self, kind: Kind, meaning: Field) -> str | None:
        return self.fields.get((kind, meaning))

    @property
    def all_types(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for names in self.types.values() for name in names))

    def flat_fields(self, *, with_people: bool) -> tuple[str, ...]:
        """The short fields of every kind: those that a feed gives without being asked to expand."""
        left_out = LONG_TEXT if with_people else LONG_TEXT | PEOPLE
        return tuple(sorted({name for (_, meaning), name in self.fields.items() if meaning not in left_out}))
