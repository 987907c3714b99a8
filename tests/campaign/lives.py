"""Lives: the processes of one replica, one after the other, and which of them wrote into a store that is lost."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Lives:
    """`forgotten`: the processes of whose writes no store knows anything any more."""

    replica: str
    number: int = 0
    forgotten: set[str] = field(default_factory=set)

    @property
    def process(self) -> str:
        """Of a replica that begins anew, another one: it does not know what the last one has sent."""
        return self._process(self.number)

    def begins(self) -> None:
        self.number += 1

    def forgets(self) -> None:
        """The store is lost."""
        self.forgotten |= {self._process(number) for number in range(1, self.number + 1)}

    def _process(self, number: int) -> str:
        return f"{self.replica}, process {number}"
