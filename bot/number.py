"""Release numbers of one party: reading, ordering, and what type of release a number stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

_READABLE = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})(?:\.(0|[1-9]\d{0,5}))?", re.ASCII)


class ReleaseType(Enum):
    """The kinds of release [M10]; the value is how people and work items spell them."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"
    EMERGENCY = "emergency"

    def is_larger_than(self, other: ReleaseType) -> bool:
        """A major release than a minor one, a minor one than a patch."""
        sizes = list(ReleaseType)
        return sizes.index(self) < sizes.index(other)


REGULAR_TYPES = (ReleaseType.MAJOR, ReleaseType.MINOR, ReleaseType.PATCH)
"""All but the emergency, the largest first."""


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """`Major.Minor.Patch.Emergency` [M11]. Ordered, but only among the numbers of one party."""

    major: int
    minor: int = 0
    patch: int = 0
    emergency: int = 0

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}.{self.emergency}"

    @property
    def type(self) -> ReleaseType:
        """The place that a release of this number has incremented: the last one that is not zero."""
        if self.emergency:
            return ReleaseType.EMERGENCY
        if self.patch:
            return ReleaseType.PATCH
        return ReleaseType.MINOR if self.minor else ReleaseType.MAJOR

    @property
    def is_regular(self) -> bool:
        return not self.emergency

    @property
    def regular_base(self) -> Number:
        """The regular release that an emergency of this number fixes; a regular number is its own."""
        return Number(self.major, self.minor, self.patch)

    def next(self, type_: ReleaseType) -> Number:
        """The number after this one: its own place goes up by one, those to the right go to zero [M11]."""
        match type_:
            case ReleaseType.MAJOR:
                return Number(self.major + 1)
            case ReleaseType.MINOR:
                return Number(self.major, self.minor + 1)
            case ReleaseType.PATCH:
                return Number(self.major, self.minor, self.patch + 1)
            case ReleaseType.EMERGENCY:
                return Number(self.major, self.minor, self.patch, self.emergency + 1)


# The same few hundred numbers stand on all the defects, lists and RFCs of a programme.
@lru_cache(maxsize=4096)
def read_number(text: str) -> Number | None:
    """The number that `text` spells; three places read as a regular release (`5.2.16` is 5.2.16.0).

    None for anything else: leading zeros, suffixes, two or five places. Such a text is shown, never guessed at.
    """
    found = _READABLE.fullmatch(text.strip())
    if found is None:
        return None
    return Number(*(int(place) for place in found.groups(default="0")))
