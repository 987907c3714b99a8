"""The retest sum: a resolved fix joins its party's draft, or is left out of it; never both, never neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pytest

from bot.defect import Defect, Fix
from bot.draft import Draft, Drafts
from bot.left_out import LeftOut, Reason
from bot.not_conserved import NotConserved, Sum
from bot.number import ReleaseType
from bot.picture import Picture
from bot.sums import not_conserved
from tests.bot.world import a_defect, facts, number


@dataclass(frozen=True)
class Drafted(Picture):
    """A picture with drafts that did not come from its facts."""

    made: Drafts

    @cached_property
    def drafts(self) -> Mapping[str, Drafts]:
        return {"DCC": self.made, "Elexon": Drafts({}, ())}


def drafted(defects: list[Defect], fixes: frozenset[Fix], left_out: tuple[LeftOut, ...]) -> Drafted:
    patch = Draft(ReleaseType.PATCH, number("5.2.16.0"), fixes)
    return Drafted(facts(*defects), Drafts({patch.type: patch}, left_out))


JOINED = frozenset({Fix(123, number("5.2.16.0"))})
OUT = (LeftOut(123, Reason.HELD, "a person holds it", "unhold it"),)
BROKEN = NotConserved(Sum.RETEST, "DCC", "", "the resolved fixes of DCC do not add up (123)")


@pytest.mark.parametrize(
    ("defects", "fixes", "left_out"),
    [
        pytest.param([a_defect()], frozenset(), (), id="a fix is nowhere"),
        pytest.param([a_defect()], JOINED, OUT, id="a fix is in and left out"),
        pytest.param([], JOINED, (), id="a fix is in that nobody resolved"),
    ],
)
def test_where_the_fixes_of_a_party_do_not_add_up_that_is_told_of_this_party(
    defects: list[Defect], fixes: frozenset[Fix], left_out: tuple[LeftOut, ...]
) -> None:
    assert not_conserved(drafted(defects, fixes, left_out)) == (BROKEN,)


def test_a_fix_in_the_draft_of_another_party_breaks_the_sums_of_both() -> None:
    found = not_conserved(drafted([a_defect(party="Elexon")], JOINED, ()))

    assert [(broken.sum, broken.party) for broken in found] == [(Sum.RETEST, "DCC"), (Sum.RETEST, "Elexon")]


@pytest.mark.parametrize(
    ("fixes", "left_out"), [pytest.param(JOINED, (), id="in"), pytest.param(frozenset(), OUT, id="left out")]
)
def test_where_they_do_nothing_is_wrong(fixes: frozenset[Fix], left_out: tuple[LeftOut, ...]) -> None:
    assert not_conserved(drafted([a_defect()], fixes, left_out)) == ()
