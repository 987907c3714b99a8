"""The database is lost between every two runs: what happens in Azure DevOps is the same as with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.sandbox.mhhs_seeds.people import BOT
from tests.jobs.play import Play, playing
from tests.jobs.small_world import DCC_FIXES, OPEN, small_world

OF_ONE_RUN = {"Custom.Written", "Custom.Claim", "Custom.Intent", "System.Watermark"}
"""Fields that name a run or an intent."""


Act = Callable[[], object]


def a_fortnight(play: Play) -> None:
    """From the first proposal to a second release, with a hold, a rejection, a bounce and a late resolution."""
    for (hour, minute), act in thursday(play).items():
        play.at(3, hour, minute)
        act()
        play.look()
    for day, acts in afterwards(play).items():
        play.at(day, 8)
        for act in acts:
            act()
        play.look()
        play.at(day, 9)
        play.look()


def thursday(play: Play) -> dict[tuple[int, int], Act]:
    cast = play.cast
    return {
        (9, 30): lambda: None,
        (10, 0): lambda: cast.hold(789, "Not yet."),
        (10, 30): lambda: cast.unhold(789),
        (11, 0): lambda: cast.agree("SIT-A"),
        (11, 5): lambda: cast.agree("SIT-B"),
        (11, 10): lambda: None,
        (12, 0): lambda: cast.reject("SIT-B"),
        (12, 30): lambda: cast.agree("SIT-B"),
        (13, 0): lambda: None,
    }


def afterwards(play: Play) -> dict[int, tuple[Act, ...]]:
    """By the day of the month."""
    cast = play.cast
    return {
        4: (lambda: cast.approve("SIT-A"), lambda: cast.approve("SIT-B")),
        7: (lambda: cast.deploy("SIT-A"),),
        8: (lambda: cast.deploy("SIT-B"), lambda: cast.reopen(456), lambda: cast.resolve(OPEN, "5.2.16.0")),
        9: (
            lambda: cast.resolve(456, "5.2.17.0"),
            lambda: cast.retest(123),
            lambda: cast.accept(rfc_of(play), OPEN),
        ),
        10: (lambda: cast.close("SIT-A"), lambda: cast.close("SIT-B"), lambda: cast.agree("SIT-A")),
        11: (lambda: cast.approve("SIT-A"),),
        14: (lambda: cast.deploy("SIT-A", "DCC"),),
    }


def rfc_of(play: Play) -> int:
    return play.cast.the_rfc("SIT-A", "DCC").id


def written(play: Play) -> list[tuple[int, int, dict[str, object]]]:
    """Every revision that the bot made, in the server's order, but for what names a run."""
    return [
        (r.id, r.rev, {name: value for name, value in r.fields.items() if name not in OF_ONE_RUN})
        for r in play.azure.organisation.boards.revisions
        if r.by.sign_in == BOT
    ]


@pytest.mark.slow
def test_the_history_of_the_server_is_the_same(tmp_path: Path) -> None:
    with playing(small_world(), tmp_path / "kept") as kept, playing(small_world(), tmp_path / "lost") as lost:
        lost.forgets = True
        a_fortnight(kept)
        a_fortnight(lost)

        assert kept.states(*DCC_FIXES, OPEN) == ["Closed", *["Ready for Retest"] * 5]
        assert written(lost) == written(kept)


def test_a_new_database_finds_nothing_left_to_do(play: Play) -> None:
    play.delivered()
    play.look()

    play.forget()

    assert not play.look().plan
