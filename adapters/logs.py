"""Logs: what libraries say, and what nobody expected with its traceback, on standard error and without secrets."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from adapters.redaction import redacted

SHUNTER = logging.getLogger("shunter")


class _Redacting(logging.Formatter):
    """Tracebacks come as Python writes them: with lines of the program, without what its variables hold."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


@contextmanager
def logged_to(stream: TextIO) -> Iterator[None]:
    """For the life of the process: all loggers, warnings, and what ends a thread."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root, former = logging.getLogger(), threading.excepthook
    root.addHandler(handler)
    logging.captureWarnings(capture=True)
    threading.excepthook = _ended_thread
    try:
        yield
    finally:
        threading.excepthook = former
        logging.captureWarnings(capture=False)
        root.removeHandler(handler)


def _ended_thread(ended: threading.ExceptHookArgs) -> None:
    name = ended.thread.name if ended.thread else "a thread"
    SHUNTER.error("%s has ended", name, exc_info=ended.exc_value or sys.exc_info())
