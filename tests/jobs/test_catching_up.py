"""Catching up: whatever became of the feeds, the next run knows what there is, and no token stops it for ever."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.sandbox.answer import Answer
from adapters.sandbox.call import Call
from adapters.sandbox.faults import CarryOut, Fault, body_replaced, refused
from adapters.sandbox.mhhs_seeds.people import SIT_DEFECT_MANAGER, TESS
from adapters.sandbox.problem import Problem
from jobs.catch_up import ITEMS, LINKS
from jobs.run import Ending
from tests.jobs.accidents import ALWAYS
from tests.jobs.play import Play

DEPENDS_ON = "System.LinkTypes.Dependency-Reverse"
OPERATIONS = {ITEMS: "revisions feed", LINKS: "links feed"}


def leads_to(token: str) -> Fault:
    """More is to come, behind this token."""

    def fault(carry_out: CarryOut) -> Answer:
        page = json.loads(carry_out().body) | {"values": [], "continuationToken": token, "isLastBatch": False}
        return replace(carry_out(), body=json.dumps(page).encode())

    return fault


def does_not_show(id: int) -> Fault:
    """A query that does not know an item yet."""

    def fault(carry_out: CarryOut) -> Answer:
        answer = carry_out()
        told = json.loads(answer.body)
        told["workItems"] = [item for item in told["workItems"] if item["id"] != id]
        return replace(answer, body=json.dumps(told).encode())

    return fault


def answers(status: int) -> Callable[[str], Fault]:
    problem = Problem(status, "InvalidContinuationTokenException", "The continuation token is not valid.")
    return lambda _: refused(problem)


def spoilt(play: Play, feed: str, fault: Callable[[str], Fault], times: int = ALWAYS) -> None:
    """The token of the feed is worth nothing any more; every other one is."""
    token = play.world.store.mirror.token(feed)
    assert token is not None

    def asks(call: Call) -> bool:
        return call.operation == OPERATIONS[feed] and call.text("continuationToken") == token

    play.azure.faults.add(asks, fault(token), times=times)


@pytest.fixture
def followed(play: Play) -> Play:
    """Both feeds have been followed to where they end now."""
    play.proposed()
    play.look()
    play.look()
    return play


@pytest.mark.parametrize("feed", [ITEMS, LINKS])
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(answers(400), id="400"),
        pytest.param(answers(404), id="404", marks=pytest.mark.slow),
        pytest.param(answers(410), id="410", marks=pytest.mark.slow),
        pytest.param(leads_to, id="leads nowhere"),
    ],
)
def test_a_token_that_is_worth_nothing_any_more_is_given_up_and_nothing_is_missed(
    followed: Play, feed: str, fault: Callable[[str], Fault]
) -> None:
    spoilt(followed, feed, fault)
    followed.at(9, 10)
    followed.cast.retitle(123, "Meter read is lost at midnight")
    followed.azure.person(SIT_DEFECT_MANAGER).link(456, DEPENDS_ON, 789)
    followed.azure.person(SIT_DEFECT_MANAGER).delete(302)

    facts = followed.look(dry_run=True).facts

    assert facts is not None
    assert facts.defects[123].title == "Meter read is lost at midnight"
    assert facts.defects[456].depends_on == {789}
    assert 302 not in facts.defects
    since = len(followed.azure.journal)
    followed.look(dry_run=True)
    assert followed.asked(since) == ["revisions feed", "links feed"]


def test_a_feed_of_items_that_never_moves_on_has_everything_read_in_its_stead_now_and_then(followed: Play) -> None:
    followed.azure.faults.add("revisions feed", leads_to("1"), times=ALWAYS)

    looks, whys, queries = [], set(), 0
    for minute in range(1, 31, 2):
        followed.at(3, 10, minute)
        since = len(followed.azure.journal)
        report = followed.try_to_look(dry_run=True)
        looks.append(report.ending)
        whys.add(report.why.partition(" (")[0])
        queries += followed.asked(since).count("wiql")

    assert looks[0] is Ending.DONE
    assert whys == {"", "POST reporting/workitemrevisions: the feed does not move on"}
    assert (looks.count(Ending.DONE), queries) == (3, 3)
    followed.azure.faults.clear()
    followed.look(dry_run=True)


def test_a_feed_of_links_that_never_moves_on_fails_each_run_in_words(followed: Play) -> None:
    """Nothing else tells which links came and went."""
    followed.azure.faults.add("links feed", leads_to("1"), times=ALWAYS)

    for minute in (1, 2, 3):
        followed.at(3, 10, minute)
        report = followed.try_to_look()
        assert (report.ending, "the feed does not move on" in report.why) == (Ending.FAILED, True)

    followed.azure.faults.clear()
    followed.look(dry_run=True)


@pytest.mark.parametrize("feed", [ITEMS, LINKS])
def test_a_missing_permission_is_not_taken_for_a_bad_token(followed: Play, feed: str) -> None:
    spoilt(followed, feed, answers(403))
    before = followed.world.store.mirror.token(feed)
    since = len(followed.azure.journal)

    assert followed.try_to_look().ending is Ending.FAILED

    assert "wiql" not in followed.asked(since)
    assert followed.world.store.mirror.token(feed) == before


def test_a_token_behind_which_the_server_always_fails_is_done_with_when_everything_is_read_anew(followed: Play) -> None:
    spoilt(followed, ITEMS, answers(500))
    assert followed.try_to_look().ending is Ending.FAILED

    followed.cast.retitle(123, "Meter read is lost at midnight")
    followed.azure.clock.advance(followed.world.resync_interval)

    followed.look(dry_run=True)
    followed.look(dry_run=True)


def test_what_a_query_shows_late_is_not_taken_for_gone(play: Play) -> None:
    play.look()
    play.seen()
    play.azure.clock.advance(play.world.resync_interval - timedelta(minutes=5))
    late = play.azure.person(TESS).create("Bug", {"System.Title": "Raised a moment ago", "Custom.FoundIn": "SIT-A"})
    play.look("close")
    play.azure.clock.advance(timedelta(minutes=6))
    play.azure.faults.add("wiql", does_not_show(late))
    since = len(play.azure.journal)

    facts = play.look("close").facts

    assert facts is not None
    assert late in facts.defects
    assert play.asked(since)[:2] == ["revisions feed", "wiql"]
    play.seen()


def test_after_an_outage_of_any_length_it_costs_no_more_than_reading_everything(play: Play) -> None:
    play.delivered()
    play.look()
    play.azure.clock.advance(play.world.resync_interval + timedelta(days=90))
    since = len(play.azure.journal)

    play.try_to_look(dry_run=True)

    assert play.asked(since) == ["revisions feed", "wiql", "workitemsbatch", "links feed"]


def test_a_failure_while_everything_is_read_leaves_what_was_known(followed: Play) -> None:
    spoilt(followed, ITEMS, answers(400), times=1)
    followed.azure.faults.add("workitemsbatch", refused(Problem(400, "X", "VS403474: no.")), times=ALWAYS)

    assert followed.try_to_look().ending is Ending.FAILED

    followed.azure.faults.clear()
    assert followed.look().facts is not None


def test_what_nobody_asked_the_feed_for_changes_nothing(followed: Play) -> None:
    """An item of a type that is no part of the process, and a person in an odd form."""
    play = followed
    strange = {"System.WorkItemType": "Epic", "System.Title": "Not ours", "System.State": "Resolved"}
    odd = {
        "System.WorkItemType": "Bug",
        "System.Title": "Odd",
        "System.State": "Active",
        "System.ChangedBy": {"id": "1"},
    }
    rows = [{"id": 5001, "rev": 1, "fields": strange}, {"id": 5002, "rev": 1, "fields": odd}]
    token = play.world.store.mirror.token(ITEMS)
    page = {"values": rows, "continuationToken": token, "isLastBatch": True}
    play.azure.faults.add("revisions feed", body_replaced(json.dumps(page).encode()))

    facts = play.look().facts

    assert facts is not None
    assert 5001 not in facts.defects
    assert facts.defects[5002].changed_by == ""
    assert play.news() == []
