"""The canary: what works is proved once a day, what does not is named, and to the process its item does not exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.configuration.configuration import Configuration
from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import body_replaced, reset
from adapters.sandbox.mhhs_process import BUG
from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER
from adapters.sandbox.permissions import Right
from adapters.sandbox.serve import served
from bot.canary import CanaryReport
from jobs.canary import Unproved, prove, prove_daily
from tests.jobs.accidents import ALWAYS, WRITES
from tests.jobs.command_line import configured_for
from tests.jobs.play import URL, Play, wired
from tests.jobs.small_world import settings, small_programme

WRITTEN = "Custom.Written"


@pytest.fixture
def item(azure: Azure) -> int:
    """What an administrator makes for it: a list of nothing, that is closed."""
    administrator = azure.person(SIT_DEFECT_MANAGER)
    made = administrator.create("Candidate List", {"System.Title": "Shunter's canary"})
    administrator.set_state(made, "Closed")
    return made


@pytest.fixture
def configuration(play: Play, item: int, tmp_path: Path) -> Configuration:
    """And the play goes on with it."""
    configuration = settings({**small_programme(), "canary": {"item": item}}, play.azure, URL, tmp_path)
    play.world = wired(play.azure, configuration, play.world.store)
    play.seen()
    return configuration


def told(report: CanaryReport) -> dict[str, str]:
    return {proof.what: proof.words for proof in report.proofs}


def failed(report: CanaryReport) -> list[str]:
    return [proof.what for proof in report.proofs if not proof.is_proved]


def test_all_is_proved_by_one_write_and_how_long_the_feed_took(
    play: Play, configuration: Configuration, item: int
) -> None:
    play.azure.organisation.feed_lag = timedelta(seconds=20)

    report = prove(play.world, configuration)

    assert failed(report) == []
    assert told(report)["writing"] == f"work item {item}, revision 3"
    assert told(report)["creating"] == "a new RFC would be taken"
    assert report.latency is not None
    assert timedelta(seconds=20) <= report.latency < timedelta(seconds=40)
    assert len(play.azure.items("Request for Change")) == 0
    mark = str(play.azure.item(item).fields[WRITTEN])
    assert mark.startswith(f"run {report.run}; rule canary;")
    (entry,) = play.world.store.ledger.entries(item)
    assert (entry.intent.rev, entry.conclusions[0].rev) == (2, 3)
    assert play.news() == ["list changed ['Custom.Written', 'System.ChangedBy', 'System.ChangedDate']"]


def test_it_writes_once_a_day_even_where_the_database_is_lost_or_a_person_edits_the_item(
    play: Play, configuration: Configuration, item: int
) -> None:
    prove(play.world, configuration)
    again = prove(play.world, configuration)
    play.forget()
    lost = prove(play.world, configuration)
    play.azure.clock.advance(timedelta(hours=20, minutes=1))
    prove(play.world, configuration)
    play.azure.person(SIT_DEFECT_MANAGER).tag(item, "looked at")
    edited = prove(play.world, configuration)

    assert told(again)["writing"] == told(lost)["writing"] == "not repeated: it was written 2026-12-03 09:30 UTC"
    assert told(edited)["writing"].startswith("not repeated: ")
    assert failed(again) == failed(lost) == failed(edited) == []
    assert len(play.news()) == 2


def test_to_the_process_its_item_does_not_exist(play: Play, configuration: Configuration, item: int) -> None:
    """Not even where a person opens it again, with an environment and a party on it."""
    opened = {"System.State": "Proposed", "Custom.ReleaseEnvironment": "SIT-A", "Custom.ReleaseParty": "DCC"}
    play.azure.person(SIT_DEFECT_MANAGER).edit(item, opened)
    play.look()
    assert play.news() == ["list DCC SIT-A created", "list DCC SIT-B created", "list Electralink UIT created"]
    play.look()
    prove(play.world, configuration)
    play.azure.person(SIT_DEFECT_MANAGER).tag(item, "looked at")
    play.seen()
    since = len(play.azure.journal)

    facts = play.look().facts

    assert facts is not None
    assert item not in facts.lists
    assert play.asked(since) == ["revisions feed", "links feed"]


def no_scope(azure: Azure) -> None:
    azure.tokens.rescope(azure.token_for(BOT), may_write=False)


def no_right(azure: Azure) -> None:
    azure.permissions.take(BOT, Right.EDIT_ITEMS)


def no_state(azure: Azure) -> None:
    process = azure.organisation.process
    hidden = replace(BUG, states=tuple(state for state in BUG.states if state.name != "Ready for Retest"))
    azure.organisation.process = replace(process, types=(hidden, *process.types[1:]))


def no_feed(azure: Azure) -> None:
    azure.organisation.feed_lag = timedelta(minutes=10)


def no_token(azure: Azure) -> None:
    azure.tokens.expire(azure.token_for(BOT))


def answer_lost(azure: Azure) -> None:
    azure.faults.add("update", reset(applied=False), times=ALWAYS)


def nothing_readable(azure: Azure) -> None:
    azure.faults.add("revisions feed", body_replaced(b"null"), times=ALWAYS)


@pytest.mark.parametrize(
    ("accident", "what"),
    [
        pytest.param(no_scope, ["creating", "writing"], id="the token may only read"),
        pytest.param(no_right, ["rights", "creating", "writing"], id="the account may only read"),
        pytest.param(no_state, ["project"], id="a state is gone"),
        pytest.param(no_feed, ["feed"], id="the feed does not tell of it within four minutes"),
        pytest.param(answer_lost, ["writing"], id="the write does not arrive"),
        pytest.param(nothing_readable, ["feed"], id="the feed cannot be read"),
        pytest.param(
            no_token,
            ["sign-in", "project", "rights", "reading", "creating", "writing", "feed"],
            id="the token has ended",
        ),
    ],
)
def test_what_does_not_work_is_named(
    play: Play, configuration: Configuration, accident: Callable[[Azure], None], what: list[str]
) -> None:
    accident(play.azure)

    report = prove(play.world, configuration)

    assert failed(report) == what
    assert all(f"{name}: " in report.why for name in what)
    assert play.world.store.ledger.runs(1)[0].why == report.why
    with pytest.raises(Unproved):
        prove_daily(play.world, configuration, lambda _: None)
    play.seen()


def test_without_an_item_nothing_is_written(play: Play, tmp_path: Path) -> None:
    configuration = settings(small_programme(), play.azure, URL, tmp_path)

    report = prove(play.world, configuration)

    assert (failed(report), report.latency) == ([], None)
    assert told(report)["writing"] == "not tried: no item is configured"
    assert play.news() == []


def test_who_only_observes_asks_for_no_write_at_all(play: Play, configuration: Configuration) -> None:
    play.world = replace(play.world, may_act=False)
    since = len(play.azure.journal)

    report = prove(play.world, configuration)

    assert failed(report) == []
    assert not set(WRITES) & set(play.asked(since))


def test_a_server_that_saves_what_it_was_only_to_validate_is_named(play: Play, configuration: Configuration) -> None:
    """And what it saved is no RFC of any environment."""
    play.azure.faults.add("create", body_replaced(b'{"id": 999, "rev": 1, "fields": {}}'))

    report = prove(play.world, configuration)

    assert failed(report) == ["creating"]
    assert "work item 999 was saved, though it was only to be validated: delete it" in report.why
    play.seen()


def test_an_item_that_is_no_candidate_list_is_refused_and_not_written(play: Play, tmp_path: Path) -> None:
    configuration = settings({**small_programme(), "canary": {"item": 700}}, play.azure, URL, tmp_path)
    play.world = wired(play.azure, configuration, play.world.store)

    report = prove(play.world, configuration)

    assert failed(report) == ["writing"]
    assert "work item 700: it is a Bug: name a candidate list made for this" in report.why
    assert play.news() == []


def test_the_command_shows_it_and_fails_where_something_is_not_proved(azure: Azure, item: int, tmp_path: Path) -> None:
    with served(azure) as url:
        shunter = configured_for(azure, url, tmp_path)
        shunter.edit("# item = 4711", f"item = {item}")
        well = shunter("canary", "-o", "json")
        no_right(azure)
        told = shunter("canary")

    assert well.code == 0
    assert (well.json["is_well"], well.json["latency_seconds"] >= 0) == (True, True)
    assert told.code == 1
    assert "'Edit work items in this node'" in " ".join(told.data.split())
