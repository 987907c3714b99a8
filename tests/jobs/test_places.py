"""A party without a separate SIT-A and SIT-B runs them as one place: one list, RFC, deployment, and every retest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.play import Play, playing, text
from tests.jobs.small_world import ELECTRALINK_BUILD, Seed, small_programme, small_world

IN_SIT_A, IN_SIT_B, IN_BOTH, IN_UIT = 311, 312, 313, 314
SEEDS = (
    Seed(IN_SIT_A, "Flow D0086 is sent twice", "SIT-A", ELECTRALINK_BUILD, "Electralink"),
    Seed(IN_SIT_B, "File names with spaces are not picked up", "SIT-B", ELECTRALINK_BUILD, "Electralink"),
    Seed(IN_BOTH, "Flow D0010 is rejected", "SIT-A; SIT-B", ELECTRALINK_BUILD, "Electralink"),
    Seed(IN_UIT, "Flow D0055 is late", "UIT", ELECTRALINK_BUILD, "Electralink"),
)


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    table = small_programme()
    table["environments"]["SIT"] = table["environments"]["SIT-A"] | {"stands_for": ["SIT-A", "SIT-B"], "level_with": []}
    table["parties"]["Electralink"] |= {
        "environments": ["SIT", "UIT"],
        "baseline": {"SIT": "3.4.7.0", "UIT": "3.4.7.0"},
    }
    with playing(small_world(SEEDS), tmp_path, table) as play:
        yield play
        assert play.news() == []


def test_one_list_rfc_and_deployment_bring_every_retest_of_the_place(play: Play) -> None:
    play.look()
    assert play.news() == ["list Electralink SIT created", "list Electralink UIT created"]
    assert play.listed("SIT", "Electralink") == [IN_SIT_A, IN_SIT_B, IN_BOTH, IN_UIT]
    body = text(play.cast.the_list("SIT", "Electralink"), "System.Description")
    assert "Retest in SIT" in body
    assert "SIT-A, SIT-B (SIT)" in body

    play.at(3, 11)
    play.cast.agree("SIT")
    play.look()
    play.at(3, 11, 10)
    play.look()
    play.at(4, 8)
    play.cast.approve("SIT")
    play.at(7, 10)
    play.cast.deploy("SIT")
    play.seen()
    play.look()
    handed_over = [f"{id} Resolved -> Ready for Retest" for id in (IN_SIT_A, IN_SIT_B, IN_BOTH)]
    assert play.news() == [*handed_over, "RFC Electralink SIT deployment recorded"]
    assert play.states(IN_SIT_A, IN_SIT_B, IN_BOTH, IN_UIT) == [*["Ready for Retest"] * 3, "Resolved"]
    assert not play.look("hand_to_testers").plan


def test_a_hold_for_one_of_its_environments_keeps_the_list_of_the_place_from_an_rfc(play: Play) -> None:
    play.look()
    play.at(3, 11)
    play.cast.hold(IN_SIT_B, "The tester's data is not ready.", tag="Hold SIT-B")
    play.cast.agree("SIT")
    play.seen()
    play.look()
    assert play.news() == ["list Electralink SIT rewritten"]
    assert f"{IN_SIT_B} is held" in text(play.cast.the_list("SIT", "Electralink"), "System.Description")
