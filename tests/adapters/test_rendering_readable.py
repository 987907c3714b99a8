"""Texts of people, cleaned: what goes, what stays, and that it is done once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.readable import EMPTY, LINE, PARAGRAPH, PARAGRAPHS, readable, readable_lines


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("  two\r\n\tlines\u2028more ", "two lines more", id="one line"),
        pytest.param("a\x00b\x1b[2Jc\x0bd", "a\ufffdb\ufffd[2Jc\ufffdd", id="control characters"),
        pytest.param("a\ud800b\uffffc", "a\ufffdb\ufffdc", id="what cannot be stored"),
        pytest.param("\u202egnp.exe\u202c \u2067x\u2069\u200f", "gnp.exe x", id="bidi controls"),
        pytest.param("p\u200ba\u00ads\u2060s\ufeff", "pass", id="invisible characters"),
        pytest.param("x\U000e0041\U000e0042", "x", id="hidden messages"),
        pytest.param("e" + "\u0301" * 9 + "x", "e" + "\u0301" * 4 + "x", id="too many accents"),
        pytest.param("x" + "\u200d" * 50, "x" + "\u200d" * 4, id="too many joiners"),
        pytest.param("\u202e \u200b", EMPTY, id="nothing to see"),
        pytest.param("", EMPTY, id="nothing"),
    ],
)
def test_what_harms_goes(typed: str, shown: str) -> None:
    assert readable(typed) == shown


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("👩🏽‍💻 ❤️‍🔥 🇬🇧", id="emoji"),
        pytest.param("مرحبا بالعالم", id="Arabic"),
        pytest.param("می‌خواهم", id="Persian with its joiner"),
        pytest.param("שָׁלוֹם", id="Hebrew with points"),
        pytest.param("𠮷野家 漢字", id="Chinese of four bytes"),
        pytest.param("İstanbul, Straße", id="letters that change length"),
        pytest.param("nai\u0308ve e\u0301", id="letters and accents apart"),
        pytest.param("<b>R&D</b> {{7*7}} #12", id="markup"),
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert readable(text) == text


def test_a_text_of_the_longest_length_is_whole_and_one_longer_is_cut() -> None:
    assert readable("x" * LINE) == "x" * LINE
    assert readable("x" * (LINE + 1)) == "x" * (LINE - 1) + "…"


def test_what_was_not_even_looked_at_shows_as_an_ellipsis() -> None:
    assert readable("x" + "\u0301" * 1_000_000) == "x" + "\u0301" * 4 + "…"


def test_lines_stay_lines() -> None:
    assert readable_lines("one\r\n\n two\x85three\n") == ("one", "two", "three")
    assert readable_lines(" \n\u200b") == (EMPTY,)


def test_long_texts_of_many_lines_are_cut_both_ways() -> None:
    assert [len(line) for line in readable_lines("x" * PARAGRAPH * 2)] == [PARAGRAPH]
    assert readable_lines("x\n" * 1000) == ("x",) * (PARAGRAPHS - 1) + ("…",)


@given(st.text(), st.integers(min_value=1, max_value=30))
def test_cleaning_again_changes_nothing(text: str, limit: int) -> None:
    once = readable(text, limit)

    assert readable(once, limit) == once
    assert 0 < len(once) <= limit


@given(st.text())
def test_cleaning_lines_again_changes_nothing(text: str) -> None:
    once = readable_lines(text)

    assert readable_lines("\n".join(once)) == once
