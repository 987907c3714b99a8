"""Defects and change requests: the work items whose fixes travel through the environments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from bot.number import Number, read_number

CONFIGURATION = "configuration"
"""What stands as version on a fix that has no build: it joins the party's next release as it is."""


class State(Enum):
    """What a defect's state means to the process; the programme's spellings are configuration."""

    OPEN = "open"
    RESOLVED = "resolved"
    READY_FOR_RETEST = "ready for retest"
    CLOSED = "closed"
    OTHER = "other"


class Kind(Enum):
    """The four kinds of work item that the process reads and writes."""

    DEFECT = "defect"
    CHANGE_REQUEST = "change request"
    LIST = "candidate list"
    RFC = "RFC"

    __hash__ = object.__hash__  # each is one: by name it takes longer than what is looked up by it


@dataclass(frozen=True, slots=True)
class Defect:
    """A defect; or a change request, which travels as a fix in the same way and is never retested.

    People are sign-in names. `version_text` is what a person typed. `found_in` holds every environment that
    was named, as the place of its party: more than one is a contradiction that a person has to settle. `named`
    is what stands on the work item, where that is another.
    """

    id: int
    rev: int
    title: str
    state: State
    kind: Kind = Kind.DEFECT
    state_text: str = ""
    severity: str = ""
    priority: int | None = None
    found_in: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    party: str = ""
    version_text: str = ""
    planned_for: date | None = None
    tested_in: frozenset[str] = frozenset()
    raised_by: str = ""
    retested_by: str = ""
    assigned_to: str = ""
    changed_by: str = ""
    tags: frozenset[str] = frozenset()
    delivered_by: int | None = None
    depends_on: frozenset[int] = frozenset()
    duplicate_of: frozenset[int] = frozenset()
    summary: str = ""
    workaround: str = ""

    @property
    def version(self) -> Number | None:
        return read_number(self.version_text)

    @property
    def found_in_text(self) -> str:
        """For people: `SIT-A`, or `SIT-A (SIT-AB)` where its party runs that as the place SIT-AB."""
        places = ", ".join(self.found_in)
        return f"{', '.join(self.named)} ({places})" if self.named else places

    @property
    def is_configuration(self) -> bool:
        return self.version_text.strip().casefold() == CONFIGURATION

    @property
    def is_held(self) -> bool:
        return "hold" in {tag.casefold() for tag in self.tags}

    @property
    def is_emergency(self) -> bool:
        """Whether somebody has asked for its fix as an emergency: the tag `Emergency` [M12.8]."""
        return "emergency" in {tag.casefold() for tag in self.tags}

    def was_found_in(self, environment: str) -> bool:
        """There, and nowhere else: so it is retested there [M7.4]."""
        return self.found_in == (environment,)

    def is_held_in(self, environments: Iterable[str]) -> bool:
        """Whether the tag `Hold <environment>` stands on it, for one of these: no list there may carry it."""
        return bool({f"hold {name}".casefold() for name in environments} & {tag.casefold() for tag in self.tags})


Defects = Mapping[int, Defect]


@dataclass(frozen=True, slots=True, order=True)
class Fix:
    """One repair of one defect: the defect, and the number of the build that carries it.

    A defect that bounces and is fixed again has two fixes. Numbers of two parties are never compared.
    """

    defect: int
    number: Number = field(compare=True)
