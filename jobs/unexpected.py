"""What nobody expected: the log gets its traceback, people are told that a run failed, and the next one goes on."""

from __future__ import annotations

from adapters.logs import SHUNTER


def unexpected_words(error: Exception, run: str) -> str:
    """The error's own text is for the log alone: nobody knows what it quotes."""
    SHUNTER.error("run %s", run, exc_info=error)
    return f"failed in a way that nobody expected ({type(error).__name__}): the log says where; please report it"
