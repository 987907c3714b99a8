"""Problems of a configuration: where each one is, what is wrong there, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from adapters.configuration.quoting import quoted

Path = tuple[str | int, ...]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]{1,50}")


def place_of(path: Path) -> str:
    """The path as people write it: `environments.SIT-A.level_with[0]`."""
    place = ""
    for step in path:
        if isinstance(step, int):
            place += f"[{step}]"
        else:
            place += f"{'.' if place else ''}{step if _BARE_KEY.fullmatch(step) else quoted(step)}"
    return place


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. `path` leads to the setting; it is empty where the file itself is the problem."""

    path: Path
    what: str
    remedy: str

    @property
    def place(self) -> str:
        return place_of(self.path)

    def __str__(self) -> str:
        return f"{self.place}{': ' if self.path else ''}{self.what}; {self.remedy}"

    def concerns(self, other: Problem) -> bool:
        """Whether one lies within what the other is about: then one of them may be a mere consequence."""
        shorter = min(len(self.path), len(other.path))
        return self.path[:shorter] == other.path[:shorter]


class ConfigurationError(Exception):
    """The configuration cannot be used. Its text is one line for each problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
