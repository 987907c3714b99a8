"""Either answer: where nobody knows for certain how the service answers, what Shunter does comes to the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.sandbox.doubts import Html
from adapters.sandbox.organisation import Organisation
from tests.jobs.play import Play, playing
from tests.jobs.small_world import IN_SIT_A, small_world

WROTE = [
    ["list DCC SIT-A created", "list DCC SIT-B created", "list Electralink UIT created"],
    [
        *("RFC DCC SIT-A created", "RFC DCC SIT-B created"),
        *("list DCC SIT-A Agreed -> Raised", "list DCC SIT-A claimed", "list DCC SIT-A sealed as edition 1"),
        *("list DCC SIT-B Agreed -> Raised", "list DCC SIT-B claimed", "list DCC SIT-B sealed as edition 1"),
    ],
    ["RFC DCC SIT-A control points", "RFC DCC SIT-B control points"],
    [*(f"{id} Resolved -> Ready for Retest" for id in IN_SIT_A), "RFC DCC SIT-A deployment recorded"],
]
"""Proposed, agreed, approved, deployed."""


def the_other_answers(service: Organisation) -> None:
    """Also little at a time, and little of the HTML."""
    doubts = service.doubts
    doubts.missing_items_are_null = False
    doubts.the_same_again_is_a_revision = True
    doubts.failed_test = 409
    doubts.parts_fail_with_whole_errors = True
    doubts.html = Html.TEXT
    service.batch_is_atomic = True
    service.limits.feed_page = service.limits.page = 3
    service.empty_page_before_last = True


def late_and_literally(service: Organisation) -> None:
    service.doubts.html = Html.ALL
    service.feed_lag = timedelta(seconds=30)


@pytest.mark.parametrize("answer", [the_other_answers, late_and_literally], ids=lambda a: a.__name__)
def test_a_release_is_delivered_and_nothing_is_written_twice(
    answer: Callable[[Organisation], None], tmp_path: Path
) -> None:
    with playing(small_world(), tmp_path) as play:
        answer(play.azure.organisation)

        assert [acted(play) for acted in (proposed, agreed, approved, deployed)] == WROTE
        assert play.states(*IN_SIT_A) == ["Ready for Retest"] * len(IN_SIT_A)


def looked(play: Play) -> list[str]:
    """What comes of four looks, a minute apart: the later ones find nothing more to do."""
    for _ in range(4):
        play.azure.clock.advance(timedelta(minutes=1))
        play.look()
    return play.news()


def proposed(play: Play) -> list[str]:
    return looked(play)


def agreed(play: Play) -> list[str]:
    play.at(3, 11)
    play.cast.agree("SIT-A")
    play.cast.agree("SIT-B")
    return looked(play)


def approved(play: Play) -> list[str]:
    play.at(4, 8)
    play.cast.approve("SIT-A")
    play.cast.approve("SIT-B")
    return looked(play)


def deployed(play: Play) -> list[str]:
    play.at(7, 10)
    play.cast.deploy("SIT-A")
    return looked(play)
