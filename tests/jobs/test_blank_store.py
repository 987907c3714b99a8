"""A blank store is blank, whoever had its database before."""

from __future__ import annotations

from tests.jobs.blank_store import blank_store


def test_nothing_is_left_of_what_another_story_wrote() -> None:
    with blank_store() as store:
        store.mirror.absorb(token=("items", "7"))
        store.ledger.record_run("run", None, (), "DONE")

    with blank_store() as store:
        assert (store.mirror.token("items"), store.ledger.runs(1)) == (None, ())


def test_two_at_a_time_are_two() -> None:
    with blank_store() as one, blank_store() as other:
        one.mirror.absorb(token=("items", "7"))

        assert other.mirror.token("items") is None
