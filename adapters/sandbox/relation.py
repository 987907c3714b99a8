"""A link of a work item: to another work item, or to something outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha1


@dataclass(frozen=True, slots=True)
class Relation:
    """`target` is the id of a work item; for a link to something outside it is None and `url` says where.

    `appeared`: at the other end of a link, when that was made.
    """

    rel: str
    target: int | None = None
    url: str = ""
    comment: str = ""
    name: str = ""
    appeared: datetime | None = field(default=None, compare=False)

    @property
    def key(self) -> tuple[str, int | None, str]:
        return self.rel, self.target, self.url

    @property
    def place(self) -> bytes:
        """Where the server lists it: stable, and not in the order in which links were added."""
        return sha1("|".join(map(str, self.key)).encode(), usedforsecurity=False).digest()
