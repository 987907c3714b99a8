"""What JSON can spell and no text can hold is replaced; everything else comes as it was sent."""

from __future__ import annotations

import json

import pytest

from adapters.network.whole_characters import whole_characters


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        pytest.param(r'"a\ud83d"', "a\ufffd", id="the first half alone"),
        pytest.param(r'"\uDE00b"', "\ufffdb", id="the second half alone"),
        pytest.param(r'"\ude00\ud83d"', "\ufffd\ufffd", id="the wrong way round"),
        pytest.param(r'"\ud83d\ud83d\ude00"', "\ufffd\U0001f600", id="a half before a whole one"),
        pytest.param(r'"\ud83d\ude00"', "\U0001f600", id="a whole one"),
        pytest.param(r'"\\ud83d"', r"\ud83d", id="somebody who writes of it"),
        pytest.param(r'"\\\ud83d"', "\\\ufffd", id="behind a backslash"),
        pytest.param('"plain – text"', "plain – text", id="nothing of the kind"),
    ],
)
def test_half_a_pair_becomes_the_sign_for_an_unknown_character(sent: str, read: str) -> None:
    assert json.loads(whole_characters(sent.encode())) == read
