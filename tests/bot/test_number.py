"""Numbers: which texts are read as one, what type they are of, and which comes next [M11]."""

import pytest

from bot.number import Number, ReleaseType, read_number
from tests.bot.world import number


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("5.2.16.0", "5.2.16.0", id="four places"),
        pytest.param("5.2.16", "5.2.16.0", id="three places are a regular release"),
        pytest.param(" 5.2.16 ", "5.2.16.0", id="blanks around it"),
        pytest.param("5.2.16\n", "5.2.16.0", id="a line end after it"),
        pytest.param("5.2.16.0\u00a0", "5.2.16.0", id="a no-break space after it, as pasted from a document"),
        pytest.param("0.1.0.0", "0.1.0.0", id="before the first major"),
        pytest.param("1.0.1.7", "1.0.1.7", id="an emergency"),
        pytest.param("999999.0.0.0", "999999.0.0.0", id="six digits"),
    ],
)
def test_a_readable_number_is_read(text: str, read: str) -> None:
    assert str(read_number(text)) == read


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("abc", id="a word"),
        pytest.param("configuration", id="the word for a fix without a build"),
        pytest.param("5", id="one place"),
        pytest.param("5.2", id="two places"),
        pytest.param("5.2.16.0.1", id="five places"),
        pytest.param("01.0.0.0", id="a leading zero"),
        pytest.param("1.0.00.0", id="two zeros"),
        pytest.param("1.0.0.0-rc1", id="a suffix"),
        pytest.param("v5.2.16", id="a prefix"),
        pytest.param("5.2.16.", id="a full stop at the end"),
        pytest.param("5..16.0", id="an empty place"),
        pytest.param("5.2 .16", id="a blank inside"),
        pytest.param("-5.2.16", id="a sign"),
        pytest.param("5,2,16", id="commas"),
        pytest.param("5.2.16 and 5.2.17", id="two numbers"),
        pytest.param("1000000.0.0.0", id="seven digits"),
        pytest.param("\uff15.2.1", id="full-width digits"),
        pytest.param("5.2.1\uff16", id="one full-width digit among the others"),
        pytest.param("5.2.1\u0664", id="one Arabic-Indic digit"),
        pytest.param("5.2.1\u200b6", id="a zero-width space inside"),
        pytest.param("IR7.1", id="a roadmap name"),
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        pytest.param("2.0.0.0", ReleaseType.MAJOR, id="major"),
        pytest.param("2.1.0.0", ReleaseType.MINOR, id="minor"),
        pytest.param("2.0.1.0", ReleaseType.PATCH, id="patch"),
        pytest.param("2.0.0.1", ReleaseType.EMERGENCY, id="an emergency straight after a major"),
        pytest.param("2.1.3.4", ReleaseType.EMERGENCY, id="an emergency after minors and patches"),
    ],
)
def test_the_last_place_that_is_not_zero_is_the_type(text: str, type_: ReleaseType) -> None:
    assert number(text).type is type_


@pytest.mark.parametrize(
    ("before", "type_", "after"),
    [
        pytest.param("1.0.0.0", ReleaseType.MINOR, "1.1.0.0", id="a first minor after the first major"),
        pytest.param("1.0.0.0", ReleaseType.EMERGENCY, "1.0.0.1", id="an emergency straight after the first major"),
        pytest.param("1.0.1.6", ReleaseType.EMERGENCY, "1.0.1.7", id="the seventh emergency after one patch"),
        pytest.param("1.0.1.7", ReleaseType.PATCH, "1.0.2.0", id="a second patch resets the emergencies"),
        pytest.param("1.3.2.1", ReleaseType.MINOR, "1.4.0.0", id="a minor resets what is right of it"),
        pytest.param("1.3.2.1", ReleaseType.MAJOR, "2.0.0.0", id="a second major"),
    ],
)
def test_a_release_increments_its_own_place(before: str, type_: ReleaseType, after: str) -> None:
    assert str(number(before).next(type_)) == after


def test_numbers_are_ordered_as_numbers_and_not_as_texts() -> None:
    in_order = ["1.0.0.0", "1.0.0.1", "1.0.1.0", "1.0.2.0", "1.0.10.0", "1.2.0.0", "2.0.0.0", "10.0.0.0"]

    assert [str(n) for n in sorted(number(text) for text in reversed(in_order))] == in_order


def test_an_emergency_stands_on_its_regular_release() -> None:
    assert number("1.0.1.7").regular_base == Number(1, 0, 1)
    assert number("1.0.1.0").regular_base == number("1.0.1.0")
    assert [number("1.0.1.7").is_regular, number("1.0.1.0").is_regular] == [False, True]
