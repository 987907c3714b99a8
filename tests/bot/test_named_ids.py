"""Named ids: which work items people name in what they write, and which numbers are none."""

from __future__ import annotations

import pytest

from bot.named_ids import named_ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("123", [123], id="one"),
        pytest.param("123, 456; #789", [123, 456, 789], id="several, however they are parted"),
        pytest.param("123\n456 and 789.", [123, 456, 789], id="in lines and sentences"),
        pytest.param("123/456", [123, 456], id="with a slash between them"),
        pytest.param("AB#123, AB#456", [123, 456], id="as Azure Boards are mentioned"),
        pytest.param("(123)", [123], id="in brackets"),
        pytest.param("- 123\n- 456", [123, 456], id="as a list"),
        pytest.param("123-126", [123, 124, 125, 126], id="a range"),
        pytest.param("123 – 125, 200 to 202", [123, 124, 125, 200, 201, 202], id="ranges in other writing"),
        pytest.param("#123-#125", [123, 124, 125], id="a range of mentions"),
        pytest.param("123-9999", [123, 9999], id="too long for a range"),
        pytest.param("https://dev.azure.com/mhhs/MHHS/_workitems/edit/123", [123], id="the address of its page"),
        pytest.param(
            "https://dev.azure.com/mhhs2/_workitems/edit/123?view=7, 456", [123, 456], id="an address with more"
        ),
        pytest.param("https://wiki.example/pages/42/5 says 123", [123], id="another address"),
        pytest.param("all of 5.2.16.0", [], id="a release number"),
        pytest.param("5.2.16 without 123", [123], id="a release number of three places"),
        pytest.param("on 2026-12-07 at 10:30: 123", [123], id="a date and a time"),
        pytest.param("07/12/2026, 7 December 2026, 07-Dec-2026", [], id="dates in other writing"),
        pytest.param("v2, 3x, DCC-17, 50%", [], id="parts of words, keys of other systems, percents"),
        pytest.param("1234567890", [], id="too long for an id"),
    ],
)
def test_ids_are_read_as_people_write_them(text: str, ids: list[int]) -> None:
    assert sorted(named_ids(text)) == ids
