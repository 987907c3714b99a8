"""The pages of the wiki: after a run each says what runs in its environment, and people's own text stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import Fault, no_answer, refused, sign_in_page, unauthorised
from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER, SIT_RELEASE_MANAGER
from adapters.sandbox.permissions import Right
from adapters.sandbox.refusals import not_known_here
from bot.page_part import BEGIN, END
from jobs.run import Ending
from tests.golden_text import Golden
from tests.jobs.accidents import ALWAYS, is_read, meanwhile, nothing_can_be_read
from tests.jobs.play import Play, Stage, playing
from tests.jobs.small_world import DCC_BUILD, KNOWN_ISSUE, small_programme
from tests.jobs.sources import a_source
from tests.jobs.test_cost import STEADY

SIT_A, SIT_B, UIT = (f"/Shunter/{name}" for name in ("SIT-A", "SIT-B", "UIT"))
PAGES = {"/Shunter", SIT_A, SIT_B, UIT}
WRITTEN = tuple(f"wiki page {path} written" for path in (SIT_A, SIT_B, UIT))


@pytest.fixture
def play(azure: Azure, tmp_path: Path, stages: dict[str, Stage]) -> Iterator[Play]:
    """As in the other stories, with a wiki that is not there before the story makes it."""
    table = {**small_programme(), "pages": {"wiki": "MHHS.wiki"}}
    with playing(azure, tmp_path, table, stages=stages) as play:
        yield play
        assert play.news() == [], "the bot wrote something that the story neither looked at nor declared"


@pytest.fixture
def delivered(play: Play) -> Play:
    """DCC 5.2.16.0 runs in SIT-A, its RFC for SIT-B is approved; no page was ever written."""
    play.delivered()
    play.look()
    play.seen()
    play.azure.wiki.create()
    play.forget()
    return play


def later(play: Play, minutes: int = 15) -> None:
    play.azure.clock.advance(timedelta(minutes=minutes))


def retitle(play: Play, title: str = "Test harness signs out after an hour") -> None:
    """What stands on the pages of SIT-A changes: the title of a known issue."""
    play.azure.person(SIT_DEFECT_MANAGER).edit(KNOWN_ISSUE, {"System.Title": title})


def writes(play: Play, since: int) -> int:
    return play.asked(since).count("write page")


def test_each_environment_has_its_page_after_a_run(delivered: Play, golden: Golden) -> None:
    report = delivered.look()

    assert report.pages == WRITTEN
    assert set(delivered.azure.wiki.pages()) == PAGES
    golden(delivered.azure.wiki.page(SIT_A), "pages/sit_a.md")
    golden(delivered.azure.wiki.page("/Shunter"), "pages/above.md")


def test_while_nothing_changes_nothing_is_asked_of_the_wiki(delivered: Play) -> None:
    delivered.look()
    since = len(delivered.azure.journal)

    for _ in range(3):
        later(delivered)
        assert delivered.look().pages == ()

    assert delivered.asked(since) == STEADY * 3


def test_a_dry_run_says_what_would_be_written(delivered: Play) -> None:
    assert delivered.look(dry_run=True).pages == tuple(f"{words[:-8]} would be written" for words in WRITTEN)
    delivered.world = replace(delivered.world, may_act=False)
    assert delivered.look().pages == tuple(f"{words[:-8]} would be written" for words in WRITTEN)

    assert delivered.azure.wiki.pages() == ()


def test_a_page_is_written_anew_when_it_would_say_something_else_and_only_that_page(delivered: Play) -> None:
    delivered.look()
    retitle(delivered)
    later(delivered)
    since = len(delivered.azure.journal)

    assert delivered.look().pages == WRITTEN[:1]

    assert "after an hour" in delivered.azure.wiki.page(SIT_A)
    assert [o for o in delivered.asked(since) if o not in STEADY] == ["workitemsbatch", "page", "write page"]


def test_a_page_says_what_the_run_itself_has_done(delivered: Play) -> None:
    delivered.watches(a_source("SIT-B"))
    delivered.azure.pipelines.offer("SIT-B")
    delivered.look()
    later(delivered)
    delivered.azure.pipelines.deploys(environment="SIT-B", pipeline="dcc-release", build=DCC_BUILD)

    assert WRITTEN[1] in delivered.look().pages
    delivered.seen()

    assert "| DCC | 5\\.2\\.16\\.0 |" in delivered.azure.wiki.page(SIT_B)


def test_a_page_is_not_written_more_often_than_every_fifteen_minutes(delivered: Play) -> None:
    delivered.look()
    retitle(delivered)
    since = len(delivered.azure.journal)
    later(delivered, 14)

    assert delivered.look().pages == ()
    assert writes(delivered, since) == 0
    later(delivered, 1)
    assert delivered.look().pages == WRITTEN[:1]


def test_with_an_empty_database_each_page_is_read_once_and_none_is_written(delivered: Play) -> None:
    delivered.look()
    delivered.forget()
    since = len(delivered.azure.journal)

    assert delivered.look().pages == ()
    delivered.look()

    asked = delivered.asked(since)
    assert (asked.count("page"), asked.count("write page")) == (3, 0)


def test_a_persons_own_text_is_kept(delivered: Play) -> None:
    delivered.look()
    page = delivered.azure.wiki.page(SIT_A)
    delivered.azure.wiki.write(SIT_A, f"Call Dora before noon.\n\n{page}\n## Our notes\n\nKeep.\n")
    retitle(delivered)
    later(delivered)

    delivered.look()

    now = delivered.azure.wiki.page(SIT_A)
    assert now == f"Call Dora before noon.\n\n{page}\n## Our notes\n\nKeep.\n".replace("ten minutes", "an hour")


def test_a_persons_text_that_comes_meanwhile_is_kept_too(delivered: Play) -> None:
    delivered.look()
    page = delivered.azure.wiki.page(SIT_A)
    retitle(delivered)
    later(delivered)
    write = meanwhile(lambda: delivered.azure.wiki.write(SIT_A, f"Call Dora.\n\n{page}"))
    delivered.azure.faults.add("write page", write)

    assert delivered.look().pages == WRITTEN[:1]
    assert delivered.azure.wiki.page(SIT_A) == f"Call Dora.\n\n{page}".replace("ten minutes", "an hour")


def test_two_replicas_that_write_a_page_at_the_same_instant_write_it_once(delivered: Play) -> None:
    """Each with a store of its own, so that neither knows of the other."""
    first = delivered.world

    def the_other_is_faster() -> None:
        delivered.forget()
        assert delivered.look().pages == WRITTEN
        delivered.world = first

    delivered.azure.faults.add("write page", meanwhile(the_other_is_faster))
    delivered.look()

    page = delivered.azure.wiki.page(SIT_A)
    assert (page.count(BEGIN), page.count(END)) == (1, 1)
    assert set(delivered.azure.wiki.pages()) == PAGES
    later(delivered)
    assert not delivered.look().pages


@pytest.mark.parametrize("title", [f"{END} gone", f"x\n{BEGIN}", "# [a](https://evil) | <b>x</b> @Dora #1"])
def test_whatever_a_title_says_the_page_stays_whole(delivered: Play, title: str) -> None:
    delivered.look()
    page = delivered.azure.wiki.page(SIT_A)
    delivered.azure.wiki.write(SIT_A, f"{page}\nKeep.\n")
    retitle(delivered, title)
    later(delivered)
    delivered.look()
    retitle(delivered, "Test harness signs out after ten minutes")
    later(delivered)

    delivered.look()

    assert delivered.azure.wiki.page(SIT_A) == f"{page}\nKeep.\n"


def test_a_page_that_is_refused_neither_stops_the_next_nor_fails_the_run(delivered: Play) -> None:
    delivered.azure.wiki.write(SIT_A, "")
    delivered.azure.faults.add("write page", refused(not_known_here("it")))
    since = len(delivered.azure.journal)

    report = delivered.look()

    assert report.ending is Ending.DONE
    assert report.pages[0].startswith(f"wiki page {SIT_A} not written, tried again later: PUT wiki page {SIT_A}: 400")
    assert report.pages[1:] == WRITTEN[1:]
    later(delivered, 14)
    assert delivered.look().pages == ()
    later(delivered, 1)
    assert delivered.look().pages == WRITTEN[:1]
    assert writes(delivered, since) == 4


def test_an_answer_that_is_lost_is_no_failure(delivered: Play) -> None:
    delivered.azure.wiki.write("/Shunter", "")
    delivered.azure.faults.add("write page", no_answer(applied=True))
    since = len(delivered.azure.journal)

    assert delivered.look().pages == WRITTEN
    assert writes(delivered, since) == 3


def test_a_slow_wiki_keeps_the_next_run_waiting_for_a_minute_and_each_page_has_its_turn(delivered: Play) -> None:
    delivered.azure.faults.add("write page", meanwhile(lambda: later(delivered, 2)), times=ALWAYS)

    assert [delivered.look().pages for _ in range(4)] == [WRITTEN[:1], WRITTEN[1:2], WRITTEN[2:], ()]


@pytest.mark.parametrize(
    ("operation", "fault", "words"),
    [
        pytest.param("write page", unauthorised(), "signed out", id="the sign-in is lost"),
        pytest.param("page", no_answer(applied=False), "no answer", id="the wiki does not answer"),
    ],
)
def test_where_the_next_page_would_fare_no_better_it_is_not_tried(
    delivered: Play, operation: str, fault: Fault, words: str
) -> None:
    delivered.azure.wiki.write("/Shunter", "")
    delivered.azure.faults.add(operation, fault, times=ALWAYS)
    since = len(delivered.azure.journal)

    (told,) = delivered.look().pages

    assert words in told
    assert writes(delivered, since) <= 1


def test_who_may_not_contribute_says_who_grants_it(delivered: Play) -> None:
    delivered.azure.permissions.take(BOT, Right.CONTRIBUTE_WIKI)

    for words in delivered.look().pages:
        assert "an administrator grants Contribute on MHHS.wiki, in the security of that wiki" in words


def test_a_wiki_that_is_not_there_is_told_and_the_run_is_done(play: Play) -> None:
    play.proposed()

    report = play.look()

    assert report.ending is Ending.DONE
    assert len(report.pages) == 3
    assert all("Wiki not found" in words for words in report.pages)


def test_of_facts_that_were_not_read_no_page_is_written(delivered: Play) -> None:
    nothing_can_be_read(delivered.azure, sign_in_page(203))

    assert delivered.try_to_look().pages == ()
    assert delivered.azure.wiki.pages() == ()


def test_what_cannot_be_read_for_a_page_fails_the_page_and_not_the_run(delivered: Play) -> None:
    """The long texts that it quotes: they are read after everything else."""
    delivered.look()
    retitle(delivered)
    later(delivered)
    delivered.azure.faults.add(lambda call: is_read(call) and call.operation == "workitemsbatch", unauthorised())

    report = delivered.look()

    assert report.ending is Ending.DONE
    assert report.pages[0].startswith("pages of the wiki: not written, tried again later: POST workitemsbatch")
    assert delivered.look().pages == WRITTEN[:1]


def test_a_known_issue_stands_there_with_the_way_around_it(delivered: Play) -> None:
    person = delivered.azure.person(SIT_DEFECT_MANAGER)
    person.edit(KNOWN_ISSUE, {"Custom.Workaround": "<p>Sign in again.</p>"})

    delivered.look()

    assert "Sign in again\\." in delivered.azure.wiki.page(SIT_A)


def test_after_a_rollback_the_page_says_what_runs_again_and_then_asks_nothing_more(delivered: Play) -> None:
    delivered.cast.roll_back("SIT-A")
    delivered.look()
    delivered.azure.person(SIT_RELEASE_MANAGER).set_state(delivered.cast.rfcs("SIT-A")[0].id, "Closed")
    later(delivered)
    delivered.look()
    later(delivered)
    delivered.look()
    delivered.seen()
    since = len(delivered.azure.journal)
    later(delivered)

    assert delivered.look().pages == ()

    page = delivered.azure.wiki.page(SIT_A)
    assert "| DCC | 5\\.2\\.15\\.0 | Mon 07\\-Dec\\-2026 10\\:00 GMT | rollback | [804](" in page
    assert "### Rolled back\\: RFC 804\\: DCC 5\\.2\\.16\\.0 to SIT\\-A" in page
    assert delivered.asked(since) == STEADY
