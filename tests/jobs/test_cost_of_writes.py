"""The cost of acting: what each act of the bot takes, exactly, by what the server's journal says."""

from __future__ import annotations

from collections import Counter
from functools import partial
from math import ceil
from pathlib import Path

import pytest

from adapters.sandbox.mhhs_seeds.people import TESS
from tests.jobs.accidents import meanwhile
from tests.jobs.crowd import about_to_move
from tests.jobs.play import Play

STEADY = Counter({"revisions feed": 1, "links feed": 1})
MOVES = [0, 1, *(pytest.param(count, marks=pytest.mark.slow) for count in (199, 200, 201, 500))]


@pytest.mark.parametrize("count", MOVES)
@pytest.mark.parametrize("all_or_nothing", [False, True], ids=["each for itself", "all or nothing"])
def test_moves_are_read_and_written_two_hundred_at_a_time(count: int, all_or_nothing: bool, tmp_path: Path) -> None:
    with about_to_move(count, tmp_path) as play:
        play.azure.organisation.batch_is_atomic = all_or_nothing
        since = len(play.azure.journal)

        play.look("hand_to_testers")

        assert len(play.news()) == count
        asked = Counter(play.asked(since)) - STEADY
        assert asked == moved(count)


def moved(count: int) -> Counter[str]:
    """Their RFC is read with them. What is left over after the full batches, if it is one, is updated by itself."""
    alone, read = count % 200 == 1, count + bool(count)
    return +Counter({"workitemsbatch": ceil(read / 200), "batch": ceil(count / 200) - alone, "update": int(alone)})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("all_or_nothing", "writes"), [(False, 3), (True, 6)], ids=["each for itself", "all or nothing"]
)
def test_a_lost_race_in_each_two_hundred_costs_them_one_more_read_and_one_more_write_at_most(
    all_or_nothing: bool, writes: int, tmp_path: Path
) -> None:
    with about_to_move(500, tmp_path) as play:
        play.azure.organisation.batch_is_atomic = all_or_nothing
        for id in (2001, 2201, 2401):
            play.azure.faults.add("batch", meanwhile(partial(play.cast.retitle, id, "Clearer")))
        since = len(play.azure.journal)

        play.try_to_look("hand_to_testers")

        assert len(play.news()) == 497
        assert Counter(play.asked(since)) - STEADY == {"workitemsbatch": 3 + 3, "batch": writes}


def test_raising_costs_three_writes_an_rfc_and_one_read_for_all(play: Play) -> None:
    play.sealed()
    play.at(3, 11, 10)
    play.look("hand_to_testers")
    since = len(play.azure.journal)

    play.look("raise_rfcs")

    raised = len(play.cast.rfcs(state="Raised"))
    assert raised == 2
    assert Counter(play.asked(since)) - STEADY == {"workitemsbatch": 1, "update": 2 * raised, "create": raised}
    play.seen()


def test_an_rfc_is_created_with_all_its_links_in_one_request(tmp_path: Path) -> None:
    asked = []
    for count in (1, 60):
        with about_to_move(count, tmp_path) as play:
            asked.append(Counter(e.operation for e in play.azure.journal if e.operation in ("create", "update")))

    assert asked[0] == asked[1]


def test_sealing_costs_a_history_for_each_list_and_two_reads_and_one_write_for_all(play: Play) -> None:
    """Read once because they have changed, and once more before anything is written."""
    play.proposed()
    play.look()
    play.at(3, 11)
    play.cast.agree("SIT-A")
    play.cast.agree("SIT-B")
    since = len(play.azure.journal)

    play.look("agree")

    assert Counter(play.asked(since)) - STEADY == {"updates": 2, "workitemsbatch": 2, "batch": 1}
    play.seen()


def test_an_approval_costs_a_history_for_each_rfc_and_one_read_for_all(play: Play) -> None:
    play.raised()
    play.look()
    play.at(4, 8)
    for environment in ("SIT-A", "SIT-B"):
        play.cast.approve(environment)
    since = len(play.azure.journal)

    play.look("record_deployments")

    assert Counter(play.asked(since)) - STEADY == {"updates": 2, "workitemsbatch": 1}


def test_a_deployment_costs_a_history_two_reads_and_one_write(play: Play) -> None:
    play.approved()
    play.look()
    play.at(7, 10)
    play.cast.deploy("SIT-A")
    since = len(play.azure.journal)

    play.look("record_deployments")

    assert Counter(play.asked(since)) - STEADY == {"updates": 1, "workitemsbatch": 2, "update": 1}
    play.seen()


def test_a_discussion_is_read_when_it_has_grown_and_not_again(play: Play) -> None:
    play.proposed()
    for _ in range(3):
        play.look()
    play.seen()
    found = play.cast.the_list("SIT-A", "DCC").id
    play.azure.person(TESS).comment(found, "Looks good to me.")
    since = len(play.azure.journal)

    play.look()
    assert Counter(play.asked(since)) - STEADY == {"comments": 1, "workitemsbatch": 1}

    since = len(play.azure.journal)
    play.look()
    assert Counter(play.asked(since)) == STEADY
    play.seen()
