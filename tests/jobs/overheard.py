"""Overheard: every request to a sandbox with its answer, and every statement that the store sends to its database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine, event

from adapters.sandbox.answer import Answer
from adapters.sandbox.azure import Azure
from adapters.sandbox.call import Call

Heard = list[tuple[Call, Answer | None]]


@contextmanager
def overheard() -> Iterator[Heard]:
    heard: Heard = []

    def hear(call: Call, answer: Answer | None) -> None:
        heard.append((call, answer))

    Azure.watchers.append(hear)
    try:
        yield heard
    finally:
        Azure.watchers.remove(hear)


@dataclass
class Statements:
    """Those that change something: the table, and whether the disk is waited for when its transaction ends."""

    changing: list[tuple[str, str]] = field(default_factory=list)
    _synchronous: str = ""

    def hear(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        words = statement.split()
        if words[:2] == ["PRAGMA", "synchronous"]:
            self._synchronous = words[-1]
        elif words[0] in ("INSERT", "DELETE", "UPDATE", "REPLACE"):
            table = words[1] if words[0] == "UPDATE" else words[2]
            self.changing.append((table.strip('"'), self._synchronous))


@contextmanager
def statements() -> Iterator[Statements]:
    heard = Statements()
    event.listen(Engine, "before_cursor_execute", heard.hear)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", heard.hear)
