"""A replica: what it says of a store that fails it, and what is left of it when it is killed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import throttled
from adapters.sandbox.mhhs_seeds.people import BOT
from jobs.run import Ending
from tests.campaign.base import a_store, base, close_all, give_back
from tests.campaign.kinds import Killed
from tests.campaign.lives import Lives
from tests.campaign.moment import Moment
from tests.campaign.passing_time import PassingTime
from tests.campaign.replica import Account, Replica
from tests.campaign.watched_store import disk_full
from tests.jobs.accidents import is_read
from tests.jobs.small_world import small_world

COMMITS = range(1, 12)


class Counted:
    """Something happens before one commit, counted from the beginning of the look."""

    def __init__(self, number: int, error: type[BaseException] | None = None) -> None:
        self.left, self.error, self.struck = number, error, False

    def __call__(self, _replica: Replica, _moment: Moment, is_made: bool) -> None:
        if is_made:
            return
        self.left -= 1
        if self.left == 0:
            self.struck = True
            raise self.error() if self.error else disk_full()


def a_replica(azure: Azure, happening: Counted) -> Replica:
    account = Account(azure.token_for(BOT), lambda: False)
    return Replica("A", azure, PassingTime(azure.clock), base().configuration, account, a_store(), happening)


@pytest.fixture(autouse=True)
def every_store_is_closed() -> Iterator[None]:
    yield
    close_all()


@pytest.mark.slow
def test_a_disk_that_is_full_at_whichever_commit_is_told_as_that() -> None:
    for number in COMMITS:
        full = Counted(number)
        replica = a_replica(small_world(), full)
        report = replica.look()

        assert report is not None
        assert full.struck, number
        assert (report.ending, "the disk is full" in report.why) == (Ending.FAILED, True), (number, report.why)
        give_back(replica.store)


def test_killed_it_begins_anew_with_what_its_store_had_kept() -> None:
    killed = Counted(5, Killed)
    replica = a_replica(small_world(), killed)

    assert replica.look() is None
    report = replica.look()

    assert report is not None
    assert report.ending is Ending.DONE
    give_back(replica.store)


def test_what_the_server_asked_of_one_process_the_next_heeds_too() -> None:
    azure = small_world()
    replica = a_replica(azure, Counted(0))
    azure.faults.add(is_read, throttled(600))
    replica.look()
    asked = len(azure.journal)

    replica.start()
    replica.look()
    assert len(azure.journal) == asked

    replica.time.passes(timedelta(seconds=600))
    report = replica.look()
    assert report is not None
    assert report.ending is Ending.DONE
    give_back(replica.store)


def test_each_process_has_a_name_of_its_own_and_those_whose_store_is_lost_are_known() -> None:
    lives = Lives("A", 1)
    lives.begins()
    lives.forgets()
    lives.begins()

    assert lives.process == "A, process 3"
    assert lives.forgotten == {"A, process 1", "A, process 2"}
