"""Ending at once: the process ends itself where something in it never will; whoever started it starts it again."""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import Thread
from typing import NoReturn

from adapters.logs import SHUNTER

HUNG = 5
"""The exit code."""
SECONDS_TO_SAY_SO = 5.0


def end_at_once(why: str, say: Callable[[str], object]) -> NoReturn:
    """Without waiting for threads, which is what an orderly end does. What hangs may be what is written to."""

    def tell() -> None:
        SHUNTER.critical(why)
        say(why)

    saying = Thread(target=tell, daemon=True)
    saying.start()
    saying.join(SECONDS_TO_SAY_SO)
    os._exit(HUNG)
