"""Originals: one of those that people called the same is delivered, however they linked them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.defect import Defect, State
from bot.draft import Drafts
from bot.left_out import Reason
from bot.original import original_of
from tests.bot.world import a_defect, a_picture

IN, BY = "in the list for Mon 07-Dec-2026", " by Fri 04-Dec-2026 09:00 GMT"


def linked(links: Mapping[int, tuple[int, ...]]) -> list[Defect]:
    return [a_defect(id, duplicate_of=frozenset(others)) for id, others in links.items()]


def the_draft(*defects: Defect) -> Drafts:
    return a_picture(*defects).drafts["DCC"]


@pytest.mark.parametrize(
    ("links", "originals"),
    [
        pytest.param({1: ()}, {1: None}, id="no duplicate"),
        pytest.param({1: (), 2: (1,)}, {1: None, 2: 1}, id="a duplicate"),
        pytest.param({1: (1,)}, {1: None}, id="linked to itself"),
        pytest.param({1: (2,), 2: (1,)}, {1: None, 2: 1}, id="each of the other: the lower id is the original"),
        pytest.param({1: (3,), 2: (1,), 3: (2,)}, {1: None, 2: 1, 3: 1}, id="a circle of three"),
        pytest.param({1: (), 2: (1,), 3: (2,)}, {1: None, 2: 1, 3: 1}, id="a chain leads to its end"),
        pytest.param({5: (7,), 7: (6,), 6: (7,)}, {5: 6, 6: None, 7: 6}, id="a chain into a circle"),
        pytest.param({1: (1, 2), 2: ()}, {1: 2, 2: None}, id="of itself and of another"),
        pytest.param({3: (2, 1), 1: (), 2: ()}, {3: 1, 1: None, 2: None}, id="of two: the lower id"),
        pytest.param({1: (999,)}, {1: 999}, id="of one that cannot be read"),
    ],
)
def test_each_duplicate_has_one_original(
    links: Mapping[int, tuple[int, ...]], originals: dict[int, int | None]
) -> None:
    defects = {d.id: d for d in linked(links)}
    assert {id: original_of(defect, defects) for id, defect in defects.items()} == originals


@pytest.mark.parametrize(
    "links",
    [
        pytest.param({1: (2,), 2: (1,)}, id="two of each other"),
        pytest.param({1: (3,), 2: (1,), 3: (2,)}, id="three in a circle"),
        pytest.param({1: (1,)}, id="one of itself"),
    ],
)
def test_one_of_a_circle_is_delivered_and_the_others_say_which(links: Mapping[int, tuple[int, ...]]) -> None:
    draft = the_draft(*linked(links))
    assert [fix.defect for fix in draft.fixes] == [1]
    assert {v.words for v in draft.left_out} <= {"it is a duplicate of 1"}


@pytest.mark.parametrize(
    ("original", "words", "remedy"),
    [
        pytest.param(
            a_defect(45),
            "it is a duplicate of 45",
            f"nothing to do: 45 is delivered in its place; or {IN} if the link is removed{BY}",
            id="resolved",
        ),
        pytest.param(
            a_defect(45, state=State.CLOSED, state_text="Closed"),
            "it is a duplicate of 45, which is Closed",
            f"nothing to do if 45 was fixed; or {IN} if the link is removed{BY}",
            id="closed",
        ),
        pytest.param(
            None,
            "it is a duplicate of 45, which cannot be read",
            f"{IN} if the link is removed, or leads to another,{BY}",
            id="gone",
        ),
    ],
)
def test_what_is_said_of_a_duplicate_depends_on_its_original(original: Defect | None, words: str, remedy: str) -> None:
    draft = the_draft(a_defect(duplicate_of=frozenset({45})), *([original] if original else []))
    (verdict,) = (v for v in draft.left_out if v.defect == 123)
    assert (verdict.reason, verdict.words, verdict.remedy) == (Reason.DUPLICATE, words, remedy)
