"""Closing: after the smoke test where one is asked for, and by Shunter where the environment leaves it to Shunter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.where import Where
from tests.jobs.play import Play, playing
from tests.jobs.small_world import IN_SIT_A, small_programme, small_world

MOVED = [f"{id} Resolved -> Ready for Retest" for id in IN_SIT_A]


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """SIT-A asks for a smoke test, and leaves closing to Shunter."""
    table = small_programme()
    table["environments"]["SIT-A"] |= {"smoke_test": True, "closes": "bot"}
    with playing(small_world(), tmp_path, table) as play:
        play.approved()
        play.at(7, 10)
        play.cast.deploy("SIT-A")
        play.look()
        yield play
        assert play.news() == []


def test_without_its_smoke_test_a_release_is_not_complete(play: Play) -> None:
    assert play.news() == ["RFC DCC SIT-A deployment recorded"]
    assert play.where(123).where is Where.INCOMPLETE
    assert "its smoke test has not passed yet" in play.where(123).words

    play.at(7, 11)
    assert not play.look("hand_to_testers", "close").plan


def test_signed_off_it_is_handed_over_then_closed_and_then_its_list(play: Play) -> None:
    play.seen()
    play.at(7, 11)
    play.cast.sign_off("SIT-A", "DCC")

    play.look("hand_to_testers", "close")
    assert play.news() == MOVED
    play.look("hand_to_testers", "close")
    assert play.news() == ["RFC DCC SIT-A Deployed -> Closed"]
    play.look("hand_to_testers", "close")
    assert play.news() == ["list DCC SIT-A Raised -> Closed"]
    assert not play.look("hand_to_testers", "close").plan


def test_a_release_that_was_rolled_back_before_anybody_looked_moves_nothing(play: Play) -> None:
    play.seen()
    play.cast.sign_off("SIT-A", "DCC")
    play.cast.roll_back("SIT-A")

    play.look("hand_to_testers", "record_deployments", "close")

    assert play.news() == ["RFC DCC SIT-A deployment recorded"]
    assert play.azure.item(play.cast.the_rfc("SIT-A", "DCC").id).fields["Custom.Outcome"] == "rolled back"
    assert play.states(*IN_SIT_A) == ["Resolved", "Resolved", "Resolved"]
