"""Bounds: how long anything may take in a process that runs for months, each in seconds of the monotonic clock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """A look is told to end after `run`; one that has not ended `hung` later never will, and the process ends itself.

    `stalled`: so long after its time a look that has not begun shows that the scheduler is dead. Once the process is to
    end, answers are waited for `answer` more, and for anything at all `ending`: less than the 90 s after which systemd
    kills. `beat`: how often all this is looked at.
    """

    run: float = 30 * 60.0
    hung: float = 5 * 60.0
    stalled: float = 120.0
    answer: float = 30.0
    ending: float = 75.0
    beat: float = 5.0


BOUNDS = Bounds()
