"""At a moment: something is done once, when a request of one kind has come so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.processes.line import Moment, Passing

CLAIM, CREATION = "PATCH wit/workItems/#", "POST wit/workItems/$Request%20for%20Change"


@dataclass
class AtMoment:
    """A watcher of a line. `after`: only once a request of that kind has been answered."""

    operation: str
    moment: Moment
    act: Callable[[], object]
    after: str = ""
    has_struck: bool = False

    def __call__(self, passing: Passing) -> None:
        if (passing.operation, passing.moment) == (self.after, Moment.ANSWERED):
            self.after = ""
        is_it = (passing.operation, passing.moment) == (self.operation, self.moment)
        if is_it and not self.after and not self.has_struck:
            self.has_struck = True
            self.act()
