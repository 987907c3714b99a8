"""What a reading does not bring although it stood there: it is kept and nothing is written, until it comes again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.azure_devops.evidence.source import SourceKind
from adapters.sandbox.answer import Answer
from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import CarryOut, Fault
from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER
from adapters.sandbox.permissions import Right
from jobs.every_job import JOBS
from jobs.ready import not_ready
from jobs.run import Ending, Report, run
from tests.jobs.accidents import ALWAYS, WRITES, none_came
from tests.jobs.play import URL, Play
from tests.jobs.small_world import settings, small_programme
from tests.jobs.sources import a_source


def query_finds_nothing(azure: Azure) -> Callable[[], object]:
    """And says nothing about it."""

    def fault(carry_out: CarryOut) -> Answer:
        answer = carry_out()
        return replace(answer, body=json.dumps(json.loads(answer.body) | {"workItems": []}).encode())

    azure.faults.add("wiql", fault, times=ALWAYS)
    return azure.faults.clear


def everything_is_out_of_sight(azure: Azure) -> Callable[[], object]:
    azure.permissions.take(BOT, Right.VIEW_ITEMS)
    return lambda: azure.permissions.give_back(BOT, Right.VIEW_ITEMS)


@pytest.fixture
def known(play: Play) -> Play:
    """Three lists stand, and everything is due to be read again."""
    play.proposed()
    play.look()
    play.look()
    play.azure.clock.advance(play.world.resync_interval)
    play.cast.hold(789, "no data")
    return play


@pytest.mark.parametrize(
    "accident", [query_finds_nothing, everything_is_out_of_sight], ids=["a query finds nothing", "a right is taken"]
)
def test_a_reading_that_brings_nothing_removes_nothing_and_stops_writing_until_it_is_cured(
    known: Play, accident: Callable[[Azure], Callable[[], object]]
) -> None:
    cure = accident(known.azure)

    for _ in range(3):
        since = len(known.azure.journal)
        report = known.try_to_look()
        assert report.ending is Ending.FAILED
        assert report.read_only.startswith("suspicious: everything was read, and of 10 work items of type 'Bug' 10 did")
        assert not set(WRITES) & set(known.asked(since))
        assert report.facts is not None
        assert len(report.facts.lists) == 3

    cure()
    known.look()
    assert "list DCC SIT-A rewritten" in known.news()
    assert known.listed("SIT-A") == [123, 246, 456, 468]


def test_lists_in_an_area_that_is_closed_to_the_bot_are_not_made_once_more(play: Play) -> None:
    area = "MHHS\\Releases"
    play.azure.organisation.areas |= {area}
    play.proposed()
    for item in play.azure.items("Candidate List"):
        play.azure.person(SIT_DEFECT_MANAGER).edit(item.id, {"System.AreaPath": area})
    play.look()
    play.look()
    play.azure.clock.advance(play.world.resync_interval)
    play.azure.permissions.take(BOT, Right.VIEW_ITEMS, area)

    held = play.try_to_look()

    assert "of 3 work items of type 'Candidate List' 3 did not come" in held.read_only
    assert len(play.azure.items("Candidate List")) == 3
    play.azure.permissions.give_back(BOT, Right.VIEW_ITEMS, area)
    assert play.look().read_only == ""
    play.seen()


def test_while_it_lasts_a_look_costs_one_question_more(known: Play) -> None:
    cure = query_finds_nothing(known.azure)
    known.try_to_look()
    since = len(known.azure.journal)

    known.try_to_look()

    assert known.asked(since) == ["revisions feed", "wiql", "links feed"]
    cure()
    known.look()
    known.look()
    since = len(known.azure.journal)
    known.look()
    assert known.asked(since) == ["revisions feed", "links feed"]
    known.seen()


def test_what_a_person_says_is_gone_is_gone(known: Play) -> None:
    """They have destroyed every defect of the first phase, and mean it."""
    for id in (123, 246, 456, 468):
        known.azure.person(SIT_DEFECT_MANAGER).destroy(id)
    held = known.try_to_look()
    assert held.ending is Ending.FAILED
    yes = held.read_only.rpartition("--accept ")[2].strip("`")

    assert accepted(known, "0badbad0").ending is Ending.FAILED
    done = accepted(known, yes)

    assert done.ending is Ending.DONE
    assert done.facts is not None
    assert not {123, 246, 456, 468} & done.facts.defects.keys()
    assert known.look().read_only == ""
    known.seen()


def accepted(play: Play, yes: str) -> Report:
    return run(play.world, tuple(JOBS), accepted=yes)


def test_a_few_that_are_destroyed_are_believed(known: Play) -> None:
    for id in (512, 555, 700):
        known.azure.person(SIT_DEFECT_MANAGER).destroy(id)

    facts = known.look().facts

    assert facts is not None
    assert not {512, 555, 700} & facts.defects.keys()
    known.seen()


def test_defects_that_are_deleted_as_azure_devops_tells_are_not_suspicious(known: Play) -> None:
    for id in (123, 246, 456, 468):
        known.azure.person(SIT_DEFECT_MANAGER).delete(id)

    facts = known.look().facts

    assert facts is not None
    assert not {123, 246, 456, 468} & facts.defects.keys()
    known.seen()


def test_a_plan_says_that_it_rests_on_a_suspicious_reading(known: Play) -> None:
    query_finds_nothing(known.azure)

    assert known.try_to_look(dry_run=True).read_only.startswith("suspicious: ")
    assert known.world.store.ledger.runs(1) == ()


def test_tagged_builds_that_all_vanish_still_count_and_a_tag_that_is_taken_off_does_not(play: Play) -> None:
    play.watches(a_source("SIT-A", SourceKind.BUILD))
    numbers = ("5.2.12.0", "5.2.13.0", "5.2.14.0", "5.2.15.0")
    tagged = [play.azure.pipelines.builds(number, pipeline="dcc-release", tags=("SIT-A",)) for number in numbers]
    play.look("close")
    play.azure.faults.add("builds", none_came(), times=ALWAYS)

    report = play.try_to_look("close")

    assert report.ending is Ending.PARTLY_DONE
    assert report.skipped == ("evidence not believed: suspicious: build MHHS SIT-A brought 0 of 4 that stood",)
    assert report.facts is not None
    assert len(report.facts.sightings) == 4
    play.azure.faults.clear()
    runs = play.azure.organisation.pipelines.builds
    runs[tagged[0]] = replace(runs[tagged[0]], tags=())
    facts = play.look("close").facts
    assert facts is not None
    assert len(facts.sightings) == 3


def test_a_project_of_which_nothing_comes_is_looked_at_again_for_its_spelling(known: Play, tmp_path: Path) -> None:
    configuration = settings(small_programme(), known.azure, URL, tmp_path)
    assert not_ready(known.world, configuration) is None
    query_finds_nothing(known.azure)
    known.try_to_look()
    since = len(known.azure.journal)

    assert not_ready(known.world, configuration) is None

    assert "states" in known.asked(since)


def test_a_list_that_comes_without_its_links_is_not_read_as_empty(play: Play) -> None:
    play.proposed()
    play.look()
    listed = play.cast.the_list("SIT-A", "DCC").id
    play.azure.person(SIT_DEFECT_MANAGER).edit(listed, {"System.Tags": "looked at"})
    play.azure.faults.add("workitemsbatch", without_links(listed), times=ALWAYS)

    report = play.try_to_look()

    assert report.ending is Ending.FAILED
    assert f"suspicious: work item {listed} came without any link, and 5 stand there; nothing was removed" in report.why
    assert play.news() == []
    play.azure.faults.clear()
    play.look()
    assert play.listed("SIT-A") == [123, 246, 456, 468, 789]
    play.seen()


def test_a_list_from_which_a_person_takes_every_link_is_filled_again(play: Play) -> None:
    """Their feed tells so."""
    play.proposed()
    play.look()
    listed = play.cast.the_list("SIT-A", "DCC").id
    for id in play.listed("SIT-A"):
        play.azure.person(SIT_DEFECT_MANAGER).unlink(listed, "System.LinkTypes.Related", id)
    play.at(3, 10)

    play.look()

    assert play.listed("SIT-A") == [123, 246, 456, 468, 789]
    play.seen()


def without_links(id: int) -> Fault:
    def fault(carry_out: CarryOut) -> Answer:
        answer = carry_out()
        told = json.loads(answer.body)
        told["value"] = [_bare(item) if item["id"] == id else item for item in told["value"]]
        return replace(answer, body=json.dumps(told).encode())

    return fault


def _bare(item: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in item.items() if name != "relations"}
