"""The fields of one row by what they mean; what is missing or of another kind is empty, never an error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from adapters.azure_devops.instants import read_day, read_instant
from adapters.azure_devops.node import is_number
from adapters.azure_devops.people import sign_in_of
from adapters.azure_devops.rows import ItemRow
from adapters.azure_devops.spelling import Spelling
from adapters.azure_devops.text_values import plain
from bot.any_state import AnyState
from bot.change import Field
from bot.defect import Kind
from bot.number import ReleaseType, read_number
from bot.window import Window

NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Where somebody has emptied the time of a window: long past, so that nothing is planned for it."""
_SEPARATOR = re.compile(r"[;,]")
_TYPES = {type_.value: type_ for type_ in ReleaseType}


@dataclass(frozen=True, slots=True)
class RowFields:
    row: ItemRow
    kind: Kind
    spelling: Spelling

    def value(self, meaning: Field) -> object:
        return self.row.fields.get(self.spelling.field(self.kind, meaning) or "")

    def text(self, meaning: Field) -> str:
        found = self.value(meaning)
        return "" if found is None else str(found).strip()

    def plain(self, meaning: Field) -> str:
        markup = self.text(meaning)
        return plain(markup) if markup else ""

    def number(self, meaning: Field) -> int | None:
        found = self.value(meaning)
        if isinstance(found, str) and re.fullmatch(r"\s*\d{1,9}\s*", found):
            return int(found)
        return found if is_number(found) else None

    def names(self, meaning: Field) -> tuple[str, ...]:
        parts = (part.strip() for part in _SEPARATOR.split(self.text(meaning)))
        return tuple(dict.fromkeys(part for part in parts if part))

    def person(self, meaning: Field) -> str:
        return sign_in_of(self.text(meaning))

    def instant(self, meaning: Field) -> datetime | None:
        return read_instant(self.value(meaning))

    def day(self, meaning: Field) -> date | None:
        return read_day(self.value(meaning), self.spelling.zone)

    def state(self) -> AnyState:
        return self.spelling.state_of(self.kind, self.text(Field.STATE))

    def release_type(self) -> ReleaseType:
        """What is spelled; or, where that is nothing known, what the number says."""
        number = read_number(self.text(Field.NUMBER))
        said = _TYPES.get(self.text(Field.TYPE).casefold())
        return said or (number.type if number else ReleaseType.PATCH)

    def window(self) -> Window:
        start = self.instant(Field.WINDOW_START) or NO_TIME
        return Window(start, self.instant(Field.WINDOW_END) or start, self.release_type())
