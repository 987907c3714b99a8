"""The release number in the name of a run or a release."""

import pytest

from bot.named_number import named_number


@pytest.mark.parametrize(
    ("name", "number"),
    [
        pytest.param("5.2.16.0", "5.2.16.0", id="nothing but it"),
        pytest.param("Release-5.2.16.0", "5.2.16.0", id="after a word"),
        pytest.param("v5.2.16", "5.2.16.0", id="three places"),
        pytest.param("dcc_5.2.16.1_20261130.1", "5.2.16.1", id="before the number of a day's run"),
        pytest.param("5.2.16.0 (5.2.16)", "5.2.16.0", id="the same one twice"),
        pytest.param("Release 5.2.16.0.", "5.2.16.0", id="at the end of a sentence"),
        pytest.param("20261130.1", None, id="the number of a day's run"),
        pytest.param("5.2.16.0 after 5.2.15.0", None, id="two"),
        pytest.param("5.2.16.0.3", None, id="five places"),
        pytest.param("10.05.2.16", None, id="a leading zero"),
        pytest.param("5.2", None, id="two places"),
        pytest.param("", None, id="nothing"),
        pytest.param("\u0665.\u0662.\u0661\u0666", None, id="digits of another script"),
        pytest.param("5.2.9999999", None, id="longer than any number is"),
        pytest.param("5.2.16.0-rc1", None, id="a candidate"),
        pytest.param("5.2.16-BETA", None, id="before its time"),
        pytest.param("Rollback to 5.2.16.0", None, id="a rollback"),
        pytest.param("nightly_5.2.16.0", None, id="of the night"),
        pytest.param("5.2.16.0-march-prod", "5.2.16.0", id="a word that one of those begins"),
    ],
)
def test_the_number_in(name: str, number: str | None) -> None:
    found = named_number(name)

    assert (str(found) if found is not None else None) == number
