"""Elapsed time: seconds that pass while the machine sleeps too, where its clock can tell."""

from __future__ import annotations

import time

_CLOCK = getattr(time, "CLOCK_BOOTTIME", None)


def elapsed() -> float:
    """Since some moment before this process began. A virtual machine that is halted from outside sees nothing of it."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)
