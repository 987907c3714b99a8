"""Columns of a terminal: what is cut, what is never cut, where lines break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from adapters.columns import WIDTH, fitted, padded, wrapped


@pytest.mark.parametrize(
    ("text", "column"),
    [
        pytest.param("SIT-A", "SIT-A   |", id="short"),
        pytest.param("SIT-ABC", "SIT-ABC |", id="just fits"),
        pytest.param("SIT-ABCD", "SIT-AB… |", id="too long"),
        pytest.param("漢字漢字", "漢字漢… |", id="wide characters"),
    ],
)
def test_a_column_is_as_wide_as_it_is(text: str, column: str) -> None:
    assert f"{fitted(text, 8)}|" == column


def test_an_id_is_never_cut() -> None:
    assert padded("1234567890", 8) == "1234567890"
    assert padded("123", 8) == "123     "


def test_a_long_text_goes_on_under_its_beginning() -> None:
    assert wrapped("word " * 5, WIDTH - 10) == "word word\n" + " " * 90 + "word word\n" + " " * 90 + "word"


@given(st.text(alphabet="a 漢é", min_size=1), st.integers(min_value=1, max_value=95))
def test_no_line_is_wider_than_the_terminal_and_no_character_is_lost(text: str, indent: int) -> None:
    lines = wrapped(text, indent).split("\n" + " " * indent)

    assert all(cell_len(line) <= WIDTH - indent for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
