"""Whether the campaign can fail: each mutant is caught where it was caught last, and the real product passes there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.campaign.base import close_all
from tests.campaign.mutants.every import MUTANTS
from tests.campaign.mutants.hunt import seen
from tests.campaign.mutants.mutant import changed
from tests.campaign.mutants.record import recorded
from tests.campaign.mutants.search import promises

TWENTY = 20


@pytest.fixture(scope="module", autouse=True)
def every_store_is_closed() -> Iterator[None]:
    yield
    close_all()


class Told:
    def words(self) -> str:
        return "the truth"


def _lies() -> None:
    with changed((Told, "words", lambda self: "a lie")):
        raise ValueError(Told().words())


def test_a_change_is_taken_back_whatever_happens() -> None:
    before = vars(Told)["words"]

    with pytest.raises(ValueError, match="a lie"):
        _lies()

    assert vars(Told)["words"] is before
    assert Told().words() == "the truth"


def test_each_mutant_says_what_is_broken_and_changes_something_that_is_there() -> None:
    for mutant in MUTANTS.values():
        assert mutant.broken
        for owner, name, value in mutant.changes():
            assert vars(owner)[name] is not value, mutant.name


def test_of_each_it_is_recorded_what_caught_it_or_said_why_it_survives() -> None:
    survivors = {mutant.name for mutant in MUTANTS.values() if mutant.survives}

    assert len(recorded()) >= TWENTY
    assert sorted(survivors | recorded().keys()) == sorted(MUTANTS)


@pytest.mark.campaign
@pytest.mark.parametrize("name", sorted(recorded()))
def test_a_mutant_is_caught_where_it_was_and_the_product_is_not(name: str) -> None:
    by = recorded()[name].by

    assert promises(seen(name, by))
    assert not MUTANTS[name].found_by.found(by)
