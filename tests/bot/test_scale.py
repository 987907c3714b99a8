"""How the work of planning grows: with what there is to look at, never with environments times parties times lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

import pytest

from bot.candidate_list import ListState
from bot.contents import Fixes, Releases
from bot.facts import Facts
from bot.number import Number
from bot.picture import Picture
from jobs.every_job import decide
from tests.benchmarks.large_world import large_world, monday_morning
from tests.bot.world import a_defect, a_list, a_picture, entries, facts, number

K = TypeVar("K")
V = TypeVar("V")


class Watched(Mapping[K, V]):
    """A mapping that knows how often somebody has looked something up in it, or gone through all of it."""

    def __init__(self, kept: Mapping[K, V]) -> None:
        self._kept = kept
        self.looked_up = Counter[K]()
        self.times = 0

    def __getitem__(self, key: K) -> V:
        self.looked_up[key] += 1
        return self._kept[key]

    def __iter__(self) -> Iterator[K]:
        self.times += 1
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def times_through(world: Facts) -> Counter[str]:
    """How often one plan goes through the defects, the lists and the RFCs."""
    defects, lists, rfcs = Watched(world.defects), Watched(world.lists), Watched(world.rfcs)
    decide(Picture(replace(world, defects=defects, lists=lists, rfcs=rfcs)))
    return Counter(defects=defects.times, lists=lists.times, RFCs=rfcs.times)


@pytest.fixture(scope="module")
def small() -> Facts:
    return monday_morning(large_world(120, parties=2, weeks=4))


@pytest.fixture(scope="module")
def large() -> Facts:
    return monday_morning(large_world(450, parties=6, weeks=4, seed=4))


def test_a_plan_goes_through_everything_as_often_for_six_parties_as_for_two(small: Facts, large: Facts) -> None:
    assert len(large.lists) > 2 * len(small.lists)
    assert times_through(large) == times_through(small)


def test_what_is_counted_there_is_a_busy_morning(large: Facts) -> None:
    assert len({action.kind for action in decide(Picture(large)).plan}) >= 6


@pytest.mark.parametrize("state", [None, ListState.PROPOSED, ListState.AGREED], ids=["no list", "proposed", "agreed"])
def test_a_fix_is_looked_up_as_often_among_sixty_of_its_release_as_among_thirty(state: ListState | None) -> None:
    """Why they are on no list, or what their list waits for, is found once for all of them."""
    most = []
    for count in (30, 60):
        crowd = [a_defect(id) for id in range(1, count + 1)]
        lists = [a_list(state=state, entries=entries(here=range(1, count + 1)))] if state else []
        defects = Watched({defect.id: defect for defect in crowd})
        decide(Picture(replace(facts(*crowd, *lists), defects=defects)))
        most.append(max(defects.looked_up.values()))

    assert most[0] == most[1]


def test_what_a_release_contains_is_summed_up_once_however_often_it_is_asked_for() -> None:
    line: Mapping[Number, Fixes] = {
        number(f"5.2.{patch}.0"): frozenset(e.fix for e in entries([patch], fixed_by=f"5.2.{patch}.0"))
        for patch in range(1, 41)
    }
    brought = Watched(line)
    releases = Releases(brought)

    for _ in range(3):
        assert [len(releases.contents(n)) for n in line] == list(range(1, 41))

    assert max(brought.looked_up.values()) <= 2


def test_a_question_about_a_picture_is_answered_once() -> None:
    asked: list[Picture] = []

    def question(picture: Picture) -> int:
        asked.append(picture)
        return len(asked)

    picture, another = a_picture(), a_picture()

    assert [p.once(question) for p in (picture, picture, another, picture)] == [1, 1, 2, 1]


def test_a_question_about_something_is_answered_once_for_each_thing() -> None:
    asked: list[str] = []

    def question(_: Picture, about: str) -> int:
        asked.append(about)
        return len(asked)

    picture = a_picture()

    assert [picture.once(question, about) for about in ("SIT-A", "SIT-B", "SIT-A", "SIT-B")] == [1, 2, 1, 2]
