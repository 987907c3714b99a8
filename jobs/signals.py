"""Signals: the first asks for an end, the second does not ask any more."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from jobs.hints import Hints

BOTH = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stopped_by_signals(hints: Hints) -> Iterator[None]:
    """Within it SIGTERM and SIGINT ask for an end, and nothing else happens at once; what comes after either of them
    ends the process as it is, which the next start can always cope with. For the main thread."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for number in BOTH:
            signal.signal(number, signal.SIG_DFL)
        hints.stop()

    former = {number: signal.signal(number, stop) for number in BOTH}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
