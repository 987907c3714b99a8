"""Tables on a terminal: what stands in a cell, and where a row ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from adapters.terminal.table_text import table_lines
from adapters.terminal.talk import Output, Talk


@dataclass(frozen=True)
class Row:
    """One of each kind of value."""

    name: str
    day: date | None
    at: datetime | None
    parts: tuple[str, ...]
    planned: tuple[str, ...] = ()


def printed(*rows: Row, output: Output = Output.TABLE) -> str:
    page = Console(file=StringIO(), width=100, highlight=False, markup=False, emoji=False)
    Talk(output, page, page, ZoneInfo("Europe/London")).rows("windows", rows)
    assert isinstance(page.file, StringIO)
    return page.file.getvalue()


def test_days_instants_and_several_values_are_written_as_people_read_them() -> None:
    row = Row("SIT-A", date(2026, 12, 25), datetime(2026, 7, 6, 8, tzinfo=UTC), ("core", "Helix"), ("RFC 1", "list 2"))

    assert printed(row).splitlines() == [
        "",
        "Windows",
        "Name   Day              At                    Parts",
        "SIT-A  Fri 25-Dec-2026  Mon 06-Jul 09:00 BST  core; Helix",
        "        planned: RFC 1; list 2",
    ]


@pytest.mark.parametrize("value", ["", "x"])
def test_a_row_ends_with_its_last_value_even_where_that_is_empty(value: str) -> None:
    lines = list(table_lines([{"name": "SIT-A", "state": "raised", "mark": value}], 100))

    assert lines[1:] == [f"SIT-A  raised  {value}".rstrip()]


def test_machines_get_lists_and_iso_dates() -> None:
    told = printed(Row("SIT-A", date(2026, 12, 25), None, ("core",)), output=Output.JSON)

    assert '"day": "2026-12-25"' in told
    assert '"parts": [' in told
    assert '"at": null' in told


def test_what_has_no_room_in_columns_stands_on_one_line_and_a_sentence_that_says_it_all_has_no_name() -> None:
    row = {"defect": "456", "tester": "tess.hall@st.example", "rfc": "1021", "bounced": "0", "words": "It waits."}

    assert list(table_lines([row], 32)) == [
        "Defect  Tester",
        "456     tess.hall@st.example",
        "        RFC: 1021; bounced: 0",
        "        It waits.",
    ]


def test_the_last_column_breaks_between_words_only() -> None:
    row = {"at": "Thu 03-Dec 09:30 GMT", "what": "raised", "by": "tess.hall@st.example"}

    assert list(table_lines([row], 44))[2:] == ["        by: tess.hall@st.example"]


def test_a_name_that_somebody_types_elsewhere_is_never_cut() -> None:
    name = "Custom.AVeryLongNameOfAFieldThatIsNoSentence"
    row = {"type": "x" * 40, "reference_name": name, "standing": "missing"}

    assert list(table_lines([row], 100))[1:] == [f"{'x' * 30}… {name}  missing"]
