"""Hints: somebody says that there may be something to see; however many say so, one more look follows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import inf
from queue import Empty, SimpleQueue
from threading import Event, Lock

REST = 3.0
"""Seconds between the end of a look and one that was hinted at: nobody makes Shunter ask more often than that.

It is also what the scheduler needs to notice that a look is over: it drops one that is due before.
"""
AT_ONCE, ANOTHER_EACH = 10, 30.0
"""Hinted looks that may follow each other so closely, and the seconds after which there may be one more: where things
happen all day, hints do not cost many times what the interval does."""


class Hints:
    """Any thread gives, the looking thread looks, and one thread waits until a look is due."""

    def __init__(self, stopping: Event, *, rest: float = REST, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.stopping = stopping
        self._rest, self._monotonic = rest, monotonic
        self._lock = Lock()
        self._is_given = self._is_looking = False
        self._rested = 0.0
        self._left, self._counted = float(AT_ONCE), monotonic()
        # Unlike a lock, a condition or an event it may be put into by a signal that comes while its own thread waits.
        self._woken: SimpleQueue[None] = SimpleQueue()
        self.is_over = False

    def give(self) -> bool:
        """Whether it was taken: not when the process is to end."""
        with self._lock:
            is_new, self._is_given = not self._is_given, True
        if is_new:
            self._woken.put(None)
        return not self.is_over

    def stop(self) -> None:
        """The process is to end. A signal may call it: whoever waits for hints ends the look that is under way."""
        self.is_over = True
        self._woken.put(None)

    def go_on(self) -> None:
        """A look was told to end, and has: the next one is not, unless the process is."""
        self.stopping.clear()
        if self.is_over:
            self.stopping.set()

    @contextmanager
    def looking(self) -> Iterator[None]:
        """One look: it sees all that was hinted at before; what is hinted at from here on asks for another."""
        with self._lock:
            self._is_given, self._is_looking = False, True
        try:
            yield
        finally:
            with self._lock:
                self._is_looking, self._rested = False, self._monotonic() + self._rest
            self._woken.put(None)

    def awaited(self, within: float = inf) -> bool:
        """Waits until a look is due, so many seconds at most. Whether one is; none is when the process is to end."""
        until = self._monotonic() + within
        while not self.is_over:
            wait = self.wait()
            if wait == 0:
                return True
            left = until - self._monotonic()
            if left <= 0:
                return False
            longest = min(left, inf if wait is None else wait)
            with suppress(Empty):
                self._woken.get(timeout=None if longest == inf else longest)
        self.stopping.set()
        return False

    def wait(self) -> float | None:
        """Seconds until a look is due; None while nobody hints, or a look is under way. One that is due is taken."""
        with self._lock:
            if not self._is_given or self._is_looking:
                return None
            now = self._monotonic()
            left = min(AT_ONCE, self._left + (now - self._counted) / ANOTHER_EACH)
            wait = max(0.0, self._rested - now, (1 - left) * ANOTHER_EACH)
            if wait == 0:
                self._is_given, self._left, self._counted = False, left - 1, now
            return wait
