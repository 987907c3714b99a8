"""The page of a candidate list: everything that people read on it, composed as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListLine:
    """One fix that is in."""

    id: int
    severity: str
    title: str
    number: str
    found_in: str
    state: str


@dataclass(frozen=True, slots=True)
class ListGroup:
    """The fixes that are in with one role, under the heading that says what the environment does with them."""

    heading: str
    lines: tuple[ListLine, ...]


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """One resolved defect that is out, with the reason and what would change it."""

    id: int
    severity: str
    title: str
    found_in: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A candidate list as people read it. `standing` says where it stands and what is expected of whom."""

    heading: str
    programme: str
    environment: str
    party: str
    release: str
    window: str
    agree_by: str
    standing: str
    groups: tuple[ListGroup, ...]
    left_out: tuple[LeftOutLine, ...]
    notices: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What its work item is called."""
        return f"Candidate list: {self.heading}, {self.window.split(' to ')[0]}"

    @property
    def count(self) -> int:
        return sum(len(group.lines) for group in self.groups)
