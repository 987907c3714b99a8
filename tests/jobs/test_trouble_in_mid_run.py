"""Trouble in mid run: what was not done is left for the next run, and nothing is done by halves or over again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from adapters.sandbox.faults import Fault, redirected, reset, sign_in_page, slowed_down, throttled, unauthorised
from adapters.sandbox.mhhs_seeds.people import TARA, TESS
from adapters.sandbox.people import People
from adapters.store.ledger import Ledger
from bot.fence import QUARANTINE
from bot.plan import Action
from jobs.run import Ending, run
from tests.jobs.accidents import ALWAYS, WRITES, is_read, is_write, none_came
from tests.jobs.play import Play
from tests.jobs.small_world import IN_SIT_A

RETEST = "Ready for Retest"
MOVED = [f"{id} Resolved -> Ready for Retest" for id in (123, 456, 789)]


@pytest.mark.parametrize(
    "fault", [unauthorised(), sign_in_page(203), redirected()], ids=["401", "203 and a sign-in page", "a redirect"]
)
def test_a_token_that_expires_in_mid_run_ends_it_as_signed_out(deployed: Play, fault: Fault) -> None:
    azure = deployed.azure
    azure.faults.add(is_write, fault, times=ALWAYS)
    since = len(azure.journal)

    report = deployed.try_to_look()

    assert report.ending is Ending.SIGNED_OUT
    assert deployed.news() == []
    assert [operation for operation in deployed.asked(since) if operation in WRITES] == ["batch"]

    azure.faults.clear()
    deployed.look()
    assert deployed.news() == [*MOVED, "RFC DCC SIT-A deployment recorded"]


def test_a_token_that_expires_between_claim_and_creation_leaves_one_rfc_in_the_end(play: Play) -> None:
    play.sealed()
    play.at(3, 11, 10)
    play.azure.faults.add("create", unauthorised(), times=ALWAYS)

    assert play.try_to_look("raise_rfcs").ending is Ending.SIGNED_OUT
    assert play.news() == ["list DCC SIT-A claimed"]

    play.azure.faults.clear()
    play.azure.clock.advance(timedelta(minutes=7))
    play.look("raise_rfcs")
    assert len(play.cast.rfcs("SIT-A")) == len(play.cast.rfcs("SIT-B")) == 1
    play.seen()


class StandsStill(Ledger):
    """Its process does, right after it has written down what it means to send."""

    def __init__(self, ledger: Ledger, play: Play) -> None:
        super().__init__(ledger._database)  # noqa: SLF001  (the same one)
        self._play = play

    def intend(self, run: str, actions: Sequence[Action], at: datetime) -> tuple[str, ...]:
        meant = super().intend(run, actions, at)
        self._play.azure.clock.advance(QUARANTINE + timedelta(seconds=1))
        return meant


def test_who_stands_still_before_sending_sends_nothing_any_more_since_another_may_have_concluded_so(
    deployed: Play,
) -> None:
    store, since = deployed.world.store, len(deployed.azure.journal)
    slow = replace(deployed.world, store=replace(store, ledger=StandsStill(store.ledger, deployed)))

    report = run(slow)

    assert report.ending is Ending.PARTLY_DONE
    assert "its time was over" in str(report.results[0].outcome)
    assert [operation for operation in deployed.asked(since) if operation in WRITES] == []
    assert deployed.news() == []
    assert store.ledger.open_intents() == ()
    deployed.look()
    assert deployed.news() == [*MOVED, "RFC DCC SIT-A deployment recorded"]


def test_nor_does_it_make_a_list_that_another_may_have_made_meanwhile(play: Play) -> None:
    store = play.world.store

    report = run(replace(play.world, store=replace(store, ledger=StandsStill(store.ledger, play))))

    (result,) = report.results
    assert "its time was over" in str(result.outcome)
    assert play.azure.items("Candidate List") == ()
    play.look()
    assert play.news() != []


def test_a_token_that_is_not_accepted_at_all_says_so(play: Play) -> None:
    play.azure.faults.add(is_read, unauthorised(), times=ALWAYS)

    report = play.try_to_look()

    assert report.ending is Ending.SIGNED_OUT
    assert "signed out" in report.why


def test_throttled_in_mid_run_it_waits_as_told_and_goes_on_where_it_was(play: Play) -> None:
    play.sealed()
    play.at(3, 11, 10)
    play.azure.faults.add("create", throttled(120), skip=1)
    report = play.try_to_look("raise_rfcs")
    throttled_at = play.azure.clock.now()

    assert report.ending is Ending.PARTLY_DONE
    assert len(play.cast.rfcs()) == 1
    since = len(play.azure.journal)

    play.try_to_look("raise_rfcs")

    assert play.azure.journal[since].at >= throttled_at + timedelta(seconds=120)
    play.azure.clock.advance(timedelta(minutes=7))
    play.look("raise_rfcs")
    assert [len(play.cast.rfcs(environment)) for environment in ("SIT-A", "SIT-B")] == [1, 1]
    play.seen()


def test_a_throttled_batch_is_not_taken_apart(deployed: Play) -> None:
    deployed.azure.faults.add("batch", throttled(120))
    since = len(deployed.azure.journal)

    deployed.try_to_look()

    assert [operation for operation in deployed.asked(since) if operation in WRITES] == ["batch"]
    assert deployed.news() == []
    deployed.look()
    assert deployed.news() == [*MOVED, "RFC DCC SIT-A deployment recorded"]


def test_an_answer_that_asks_to_slow_down_is_an_answer_all_the_same(deployed: Play) -> None:
    deployed.azure.faults.add("revisions feed", slowed_down(30))
    began = deployed.azure.clock.now()

    deployed.look()

    assert deployed.azure.clock.now() >= began + timedelta(seconds=30)
    assert deployed.news() == [*MOVED, "RFC DCC SIT-A deployment recorded"]


@pytest.mark.parametrize("is_atomic", [False, True], ids=["each part by itself", "all or nothing"])
def test_a_poisoned_defect_stops_no_other_and_is_not_tried_again_until_it_changes(
    deployed: Play, is_atomic: bool
) -> None:
    """456 has so many revisions that the server takes no more of them."""
    azure = deployed.azure
    azure.organisation.batch_is_atomic = is_atomic
    for number in range(20):
        deployed.cast.retitle(456, f"Service request 4.8.1 is rejected, edition {number}")
    azure.organisation.limits.revisions = 21

    report = deployed.try_to_look()

    assert report.ending is Ending.PARTLY_DONE
    assert deployed.news() == [
        "123 Resolved -> Ready for Retest",
        "789 Resolved -> Ready for Retest",
        "RFC DCC SIT-A deployment recorded",
    ]
    since = len(azure.journal)
    again = deployed.try_to_look()
    assert [words.split(":")[0] for words in again.skipped] == ["defect 456"]
    assert not set(WRITES) & set(deployed.asked(since))

    azure.organisation.limits.revisions = 10_000
    deployed.cast.retitle(456, "Service request 4.8.1 is rejected")
    deployed.look()
    assert deployed.news() == ["456 Resolved -> Ready for Retest"]


def test_a_limit_that_an_administrator_lifts_keeps_no_defect_for_good(deployed: Play) -> None:
    """Nothing of the defect changes by it, so that nothing tells of it."""
    deployed.azure.organisation.limits.revisions = 1
    assert deployed.try_to_look("hand_to_testers").ending is Ending.PARTLY_DONE
    deployed.azure.organisation.limits.revisions = 10_000
    since = len(deployed.azure.journal)
    for hours in (1, 2, 2):
        deployed.azure.clock.advance(timedelta(hours=hours))
        assert len(deployed.try_to_look("hand_to_testers").skipped) == len(IN_SIT_A)
    assert not set(WRITES) & set(deployed.asked(since))

    deployed.azure.clock.advance(timedelta(hours=1, minutes=1))
    deployed.look("hand_to_testers")

    assert deployed.news() == MOVED


@pytest.mark.parametrize("is_atomic", [False, True], ids=["each part by itself", "all or nothing"])
def test_a_batch_whose_answer_is_lost_is_read_back(deployed: Play, is_atomic: bool) -> None:
    deployed.azure.organisation.batch_is_atomic = is_atomic
    deployed.azure.faults.add("batch", reset(applied=True))

    deployed.look()

    assert deployed.news() == [*MOVED, "RFC DCC SIT-A deployment recorded"]
    assert not deployed.look().plan
    assert deployed.states(*IN_SIT_A) == [RETEST, RETEST, RETEST]


def test_a_list_whose_links_cannot_be_read_is_not_taken_for_an_empty_one(play: Play) -> None:
    play.sealed()
    play.look("propose")
    listed = play.cast.the_list("SIT-A", "DCC").id
    play.azure.person(TESS).link(listed, "System.LinkTypes.Dependency-Forward", 613)
    play.azure.faults.add("workitemsbatch", none_came(), times=ALWAYS)

    report = play.try_to_look()

    assert report.ending is Ending.FAILED
    assert play.news() == []


def test_a_tester_whom_the_server_does_not_know_keeps_no_defect_waiting(deployed: Play) -> None:
    """The named tester has left; whoever raised the defect gets it instead."""
    deployed.azure.organisation.people = People(p for p in deployed.azure.people if p.sign_in != TARA)

    deployed.look()

    assert deployed.states(*IN_SIT_A) == [RETEST, RETEST, RETEST]
    assert getattr(deployed.azure.item(789).fields["System.AssignedTo"], "name", "") == "Tess Hall"
    deployed.seen()
