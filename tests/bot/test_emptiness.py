"""Suspicious emptiness: what people take away one by one is believed, what vanishes all at once is not."""

from __future__ import annotations

import pytest

from bot.emptiness import is_suspicious, suspicious_losses


@pytest.mark.parametrize(
    ("gone", "stood", "suspicious"),
    [
        pytest.param(0, 0, False, id="there was nothing"),
        pytest.param(0, 40, False, id="all of them came"),
        pytest.param(1, 1, False, id="the only one, which a person destroys"),
        pytest.param(2, 2, True, id="both that there were"),
        pytest.param(3, 12, False, id="three of a dozen"),
        pytest.param(4, 12, True, id="four of a dozen"),
        pytest.param(12, 12, True, id="all of them"),
        pytest.param(4, 40, False, id="one in ten of many"),
        pytest.param(5, 40, True, id="more than one in ten"),
        pytest.param(300, 3_000, False, id="one in ten of very many"),
    ],
)
def test_how_many_may_vanish(gone: int, stood: int, suspicious: bool) -> None:
    assert is_suspicious(gone, stood) is suspicious


def test_each_kind_is_counted_by_itself() -> None:
    """Three lists, in an area of their own, are little among a hundred defects; but they are all the lists."""
    stood = {**dict.fromkeys(range(100), "Bug"), **dict.fromkeys((801, 802, 803), "Candidate List")}

    assert suspicious_losses(stood, {1, 801, 802, 803}) == (
        "of 3 work items of type 'Candidate List' 3 did not come (801, 802, 803)",
    )
    assert suspicious_losses(stood, {1, 2, 801}) == ()
    assert suspicious_losses(stood, range(20)) == ("of 100 work items of type 'Bug' 20 did not come (0, 1, 2, ...)",)
