"""Log lines: a record as one line, of text for people or of JSON, in which nothing can do harm."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from adapters.readable import printable, readable
from adapters.redaction import redacted

LONGEST, LONGEST_TRACE = 2_000, 20_000
"""Characters of a field; and of a traceback, of which the end says most."""
MOST = 1_000_000
"""A text of more characters is not looked through for secrets, and so not shown at all."""
TOLD = ("action", "subject", "item", "result", "reason", "why", "ending", "planned", "done", "waits")
"""What a record of ours may carry besides its event; what those of libraries carry is left alone."""
TRACE = "exception"
_FIRST = ("time", "level", "logger", "run", "event")


def formatter(run: Callable[[], str], *, is_json: bool) -> logging.Formatter:
    """`run`: the id of the run that the thread is in, or nothing. Records of libraries come out as ours do."""
    own: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(TOLD),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        lambda _logger, _method, record: {**record, **({"run": run()} if run() else {})},
    ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=own,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _without_harm,
            _as_json if is_json else _as_text,
        ],
    )


def _without_harm(_logger: WrappedLogger, _method: str, record: EventDict) -> EventDict:
    """Field by field, since what looks like a secret may reach beyond the end of one.

    A token may hide between control characters, and half of one is still a secret: cleaned, then redacted, then cut.
    """
    return {name: value if _is_plain(value) else _harmless(name, str(value)) for name, value in record.items()}


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, bool | int)


def _harmless(name: str, text: str) -> str:
    if len(text) > MOST:
        return f"(a text of {len(text):,} characters)"
    shown = redacted(printable(text))
    if not shown.strip():
        return ""
    return shown[-LONGEST_TRACE:] if name == TRACE else readable(shown, LONGEST)


def _as_json(_logger: WrappedLogger, _method: str, record: EventDict) -> str:
    first = {name: record[name] for name in _FIRST if name in record}
    return json.dumps(first | dict(record), ensure_ascii=True)


def _as_text(_logger: WrappedLogger, _method: str, record: EventDict) -> str:
    """What follows the first line is set in: no text that somebody chose begins a line of its own."""
    run = f" run {record['run']}" if "run" in record else ""
    first = f"{record['time']} {record['level'].upper()} {record['logger']}{run}: {record['event']}"
    return "\n  ".join([first, *record.get(TRACE, "").splitlines()])
