"""Our part of a page is written anew, and what people wrote around it is never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.page_part import BEGIN, END, with_part

OURS = f"{BEGIN}\n\nnew\n\n{END}"
OLD = f"{BEGIN}\n\nold\n\n{END}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", f"{OURS}\n", id="an empty page"),
        pytest.param("Ours.", f"Ours.\n\n{OURS}\n", id="a person's page"),
        pytest.param("Ours.\n", f"Ours.\n\n{OURS}\n", id="one that ends its last line"),
        pytest.param(f"above\n\n{OLD}\n\nbelow  \n", f"above\n\n{OURS}\n\nbelow  \n", id="text above and below"),
        pytest.param(f"{OLD}\n", f"{OURS}\n", id="nothing but ours"),
        pytest.param(f"a\r\n{BEGIN}\r\nold\r\n{END}\r\nb\r\n", f"a\r\n{OURS}\r\nb\r\n", id="lines of another kind"),
        pytest.param(f"a\n{BEGIN}\nold\nb", f"a\n{BEGIN}\nold\nb\n\n{OURS}\n", id="the end of our part is gone"),
        pytest.param(f"a\nold\n{END}\nb", f"a\nold\n{END}\nb\n\n{OURS}\n", id="the beginning is gone"),
        pytest.param(
            f"a\n{BEGIN}\nold\nb\n\n{OLD}\n", f"a\n{BEGIN}\nold\nb\n\n{OURS}\n", id="mended once, then written again"
        ),
        pytest.param(f"{OLD}\ncopied\n{OLD}\n", f"{OLD}\ncopied\n{OURS}\n", id="somebody copied our part"),
        pytest.param(f"see `{BEGIN}` and {END}", f"see `{BEGIN}` and {END}\n\n{OURS}\n", id="no lines of their own"),
    ],
)
def test_only_our_part_is_written_anew(text: str, expected: str) -> None:
    assert with_part(text, "new\n") == expected
    assert with_part(expected, "\nnew") == expected


@pytest.mark.parametrize("ends", ["\r\n", "  \n"], ids=["returns", "blanks"])
def test_a_part_that_says_the_same_is_left_as_it_is(ends: str) -> None:
    text = f"above\n{OURS.replace(chr(10), ends)}\nbelow"

    assert with_part(text, "new") == text


@given(above=st.text(), below=st.text(), part=st.text())
def test_whatever_people_write_around_it_stays(above: str, below: str, part: str) -> None:
    """As long as they do not write our two lines."""
    written = with_part(f"{above}\n{OLD}\n{below}", part)

    assert written == f"{above}\n{BEGIN}\n\n{part.strip()}\n\n{END}\n{below}"
    assert with_part(written, part) == written
