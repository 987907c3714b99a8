"""Letting everything end that is under way when the process is to: what was sent is written down, in a bounded time."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread

from jobs.attend import Hung
from jobs.bounds import Bounds

GLANCE = 0.2


def let_end(ending: Thread, under_way: Callable[[], list[str]], hang_up: Callable[[], object], bounds: Bounds) -> None:
    """`ending` ends when all has. An answer that is not waited for leaves an uncertain outcome in the ledger, which the
    next start settles."""
    began = time.monotonic()
    while ending.is_alive():
        passed = time.monotonic() - began
        if passed > bounds.ending:
            raise Hung(f"{' and '.join(under_way()) or 'the scheduler'} did not end in {bounds.ending:g} s")
        if passed > bounds.answer:
            hang_up()
        ending.join(GLANCE)
