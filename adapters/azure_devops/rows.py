"""Rows: work items and links as they were read, before anybody asks what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeAlias, TypeVar

Scalar: TypeAlias = str | int | float | bool | None
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Relation:
    """A link as it stands on a work item. `target` is None where it leads elsewhere: to a file, a page, a build."""

    rel: str
    target: int | None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One revision of a work item. People are `Name <sign-in>`; an empty field is absent.

    `relations` is None where they were not read. Long texts are there only where relations are: both come
    from reading the item closely.
    """

    id: int
    rev: int
    type: str
    fields: Mapping[str, Scalar]
    relations: tuple[Relation, ...] | None = None
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link that was made (`is_active`) or taken away. Either of its two directions may be reported."""

    source: int
    target: int
    rel: str
    is_active: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class DatedLink:
    """A link, and when it was made or taken away."""

    at: datetime
    link: LinkRow


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a feed. `token` continues after it, also when `is_last`: then the next call waits for news."""

    rows: tuple[Row, ...]
    token: str
    is_last: bool
