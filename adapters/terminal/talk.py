"""Talking: data goes to standard output, what is said about it to standard error."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import Enum, StrEnum
from typing import Any

from rich.console import Console
from rich.text import Text

from adapters.readable import PARAGRAPH, readable
from adapters.terminal.table_text import heading, table_lines, wrapped_at
from bot.dates import lasting, short, spoken_day

LABEL = 12
"""How many columns the name of a field takes."""
Rows = Sequence[Any]
"""Frozen dataclasses of one class: their fields are the columns."""


class Output(StrEnum):
    """How data is printed."""

    TABLE = "table"
    JSON = "json"


@dataclasses.dataclass(frozen=True, slots=True)
class Talk:
    """Prints for one command. Everything that comes from work items is shown as text, never as markup.

    Instants are shown in `zone`; in JSON they are ISO 8601. `log` takes what is said, where that is not for a person.
    """

    output: Output
    data: Console
    side: Console
    zone: tzinfo = UTC
    log: Callable[[str], object] | None = None

    def rows(self, title: str, rows: Rows) -> None:
        self.tables({title: rows})

    def tables(self, tables: Mapping[str, Rows]) -> None:
        """One table each; as JSON, one object with a list each, under its title."""
        if self.output is Output.JSON:
            named = {title.replace(" ", "_"): [plain(row) for row in rows] for title, rows in tables.items()}
            self.json(named if len(tables) > 1 else next(iter(named.values())))
            return
        for title, rows in tables.items():
            self._table(title, rows)

    def record(self, record: Any, *, without: Sequence[str] = ()) -> None:
        """One dataclass: its fields one beneath another, but for empty ones and those `without`."""
        if self.output is Output.JSON:
            self.json(plain(record))
            return
        for field in dataclasses.fields(record):
            if field.name not in without and getattr(record, field.name) not in (None, ""):
                self._field(heading(field.name), getattr(record, field.name))

    def json(self, value: Any) -> None:
        self.data.print_json(data=value, ensure_ascii=True, highlight=False)

    def line(self, text: str = "", style: str = "") -> None:
        """A line of data in a table's stead; nothing where JSON was asked for."""
        if self.output is Output.TABLE:
            self.data.print(Text(text, style=style), soft_wrap=True)

    def say(self, text: str, style: str = "") -> None:
        if self.log is not None:
            self.log(text)
            return
        self.side.print(Text(text, style=style), soft_wrap=True)

    def _field(self, name: str, value: object) -> None:
        lines = value if isinstance(value, tuple) else (value,)
        for index, line in enumerate(lines or ("none",)):
            label = name if index == 0 else ""
            wrapped = list(wrapped_at(_cell(line, self.zone), self.data.width, LABEL + 1)) or [""]
            self.line((f"{label:{LABEL}} " + wrapped[0].strip()).rstrip())
            for more in wrapped[1:]:
                self.line(more)

    def _table(self, title: str, rows: Rows) -> None:
        self.line()
        if not rows:
            self.line(f"{heading(title)}: none")
            return
        self.line(heading(title), style="bold")
        names = [field.name for field in dataclasses.fields(rows[0])]
        cells = [{name: _cell(getattr(row, name), self.zone) for name in names} for row in rows]
        for index, line in enumerate(table_lines(cells, self.data.width)):
            self.line(line, style="underline" if index == 0 else "")


def plain(value: Any) -> Any:
    """A value as JSON can hold it: instants in ISO 8601, durations in seconds, enums by their value."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    match value:
        case datetime() | date():
            return value.isoformat()
        case timedelta():
            return int(value.total_seconds())
        case Enum():
            return value.value
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case str() | int() | float() | bool() | None:
            return value
        case tuple() | list() | frozenset():
            return [plain(item) for item in value]
        case _:
            return str(value)


def talk(output: Output, zone: tzinfo = UTC) -> Talk:
    """For this process: as wide as its terminal, 120 columns where it has none, without colour where told so."""
    width = None if sys.stdout.isatty() else 120
    return Talk(
        output,
        Console(width=width, highlight=False, markup=False, emoji=False),
        Console(stderr=True, highlight=False, markup=False, emoji=False),
        zone,
    )


def _cell(value: object, zone: tzinfo) -> str:
    if isinstance(value, datetime):
        return short(value, zone)
    if isinstance(value, date):
        return spoken_day(value)
    if isinstance(value, timedelta):
        return lasting(value)
    if isinstance(value, tuple):
        return readable("; ".join(_cell(item, zone) for item in value), PARAGRAPH) if value else ""
    return readable(str(value)) if value not in (None, "") else ""
