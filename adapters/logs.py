"""Logs: what libraries say, and what nobody expected with its traceback, on one stream and without secrets.

Where they are JSON, also all that a service does and says.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cached_property
from typing import TextIO

SHUNTER = logging.getLogger("shunter")
_RUN = ContextVar("run", default="")


class LogFormat(StrEnum):
    """How a record is written."""

    TEXT = "text"
    JSON = "json"


@contextmanager
def of_run(run: str) -> Iterator[None]:
    """What this thread logs within it carries the id of the run. No thread hands it on to another."""
    token = _RUN.set(run)
    try:
        yield
    finally:
        _RUN.reset(token)


@contextmanager
def logged_to(stream: TextIO, form: LogFormat = LogFormat.TEXT) -> Iterator[None]:
    """For the life of the process: all loggers, warnings, and what ends a thread. Within another, in its stead."""
    root, former_hook = logging.getLogger(), threading.excepthook
    outer = [other for other in root.handlers if isinstance(other, _Handler)]
    level = SHUNTER.level
    handler = _Handler(stream, form)
    _change(root, away=outer, here=[handler])
    SHUNTER.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    threading.excepthook = _ended_thread
    try:
        yield
    finally:
        threading.excepthook = former_hook
        logging.captureWarnings(capture=bool(outer))
        SHUNTER.setLevel(level)
        _change(root, away=[handler], here=outer)


class _Handler(logging.StreamHandler[TextIO]):
    def __init__(self, stream: TextIO, form: LogFormat) -> None:
        super().__init__(stream)
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        return self._lines.format(record)

    @cached_property
    def _lines(self) -> logging.Formatter:
        # structlog takes a quarter of a second to import, and most commands log nothing.
        from adapters.log_lines import formatter  # noqa: PLC0415

        return formatter(_RUN.get, is_json=self._form is LogFormat.JSON)


def _change(root: logging.Logger, *, away: list[_Handler], here: list[_Handler]) -> None:
    for handler in away:
        root.removeHandler(handler)
    for handler in here:
        root.addHandler(handler)


def _ended_thread(ended: threading.ExceptHookArgs) -> None:
    name = ended.thread.name if ended.thread else "a thread"
    SHUNTER.error("%s has ended", name, exc_info=ended.exc_value or sys.exc_info())
