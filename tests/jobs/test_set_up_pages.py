"""An administrator sets up the pages of the wiki, and puts right what somebody changed in them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import refused, unauthorised
from adapters.sandbox.mhhs_seeds.people import SIT_RELEASE_MANAGER
from adapters.sandbox.permissions import Right
from adapters.sandbox.refusals import not_known_here
from adapters.sandbox.saved_queries import SavedQueries, with_roots
from tests.jobs.administrator import Administrator
from tests.jobs.command_line import Said
from tests.jobs.play import Play, Stage, playing
from tests.jobs.small_world import small_programme
from tests.jobs.test_pages import PAGES, SIT_A, SIT_B

WIKI = "MHHS.wiki"


@pytest.fixture
def play(azure: Azure, tmp_path: Path, stages: dict[str, Stage]) -> Iterator[Play]:
    """DCC 5.2.16.0 runs in SIT-A, and Shunter keeps pages."""
    with playing(azure, tmp_path, {**small_programme(), "pages": {"wiki": WIKI}}, stages=stages) as play:
        play.delivered()
        yield play


@pytest.fixture(scope="module")
def kept() -> list[SavedQueries]:
    return []


@pytest.fixture
def administrator(play: Play, tmp_path: Path, kept: list[SavedQueries]) -> Administrator:
    """The queries are there already: made once, for all stories."""
    administrator = Administrator(play.azure, tmp_path)
    if not kept:
        administrator.set_up()
        kept.append(deepcopy(play.azure.organisation.queries))
    play.azure.organisation.queries = deepcopy(kept[0])
    return administrator


def rows(said: Said) -> list[str]:
    """What was said of the wiki."""
    return [" ".join(line.split()) for line in said.data.splitlines() if line.startswith("wiki")]


def test_pages_are_made_and_a_second_time_nothing_is_written(administrator: Administrator, azure: Azure) -> None:
    azure.wiki.create()
    first = administrator.set_up(wiki=WIKI)
    since = len(azure.journal)
    again = administrator.set_up(wiki=WIKI)

    assert (first.code, again.code) == (0, 0)
    assert set(azure.wiki.pages()) == PAGES
    assert rows(again) == [f"wiki page {path} as it must be" for path in sorted(PAGES - {"/Shunter"})]
    assert "write page" not in administrator.asked(since)


def test_what_the_administrator_makes_is_what_shunter_writes(administrator: Administrator, play: Play) -> None:
    """Approvals count for Shunter as they do for anybody: that a person looks changes nothing."""
    play.azure.wiki.create()
    administrator.set_up(wiki=WIKI)
    made = {path: play.azure.wiki.page(path) for path in PAGES}
    play.azure.clock.set(play.azure.clock.now().replace(hour=12))
    since = len(play.azure.journal)

    assert play.look().pages == ()
    assert "write page" not in play.asked(since)
    assert {path: play.azure.wiki.page(path) for path in PAGES} == made


def test_a_dry_run_shows_and_writes_nothing(administrator: Administrator, azure: Azure) -> None:
    azure.wiki.create()

    shown = administrator.set_up(dry_run=True, wiki=WIKI)

    assert f"wiki page {SIT_A} to be created" in rows(shown)
    assert azure.wiki.pages() == ()


def test_what_somebody_changed_in_our_part_is_shown_and_put_right_and_around_it_kept(
    administrator: Administrator, azure: Azure
) -> None:
    azure.wiki.create()
    administrator.set_up(wiki=WIKI)
    page = azure.wiki.page(SIT_A)
    azure.wiki.write(SIT_A, f"Call Dora.\n\n{page.replace('5 defects fixed', 'all fixed')}")

    done = administrator.set_up(wiki=WIKI)

    assert "-RFC 804 is deployed\\. all fixed\\." in done.talk
    assert f"wiki page {SIT_A} put right" in rows(done)
    assert azure.wiki.page(SIT_A) == f"Call Dora.\n\n{page}"


def test_a_page_that_is_refused_does_not_stop_the_next(administrator: Administrator, azure: Azure) -> None:
    azure.wiki.create()
    azure.wiki.write("/Shunter", "")
    azure.faults.add("write page", refused(not_known_here("it")))

    done = administrator.set_up(wiki=WIKI)

    assert done.code == 3
    assert f"wiki page {SIT_A} not done" in rows(done)
    assert SIT_B in azure.wiki.pages()


def test_who_may_not_contribute_learns_who_grants_it(administrator: Administrator, azure: Azure) -> None:
    azure.wiki.create()
    azure.permissions.take(SIT_RELEASE_MANAGER, Right.CONTRIBUTE_WIKI)

    done = administrator.set_up(wiki=WIKI)

    assert done.code == 3
    assert "an administrator grants Contribute on MHHS.wiki, in the security of that wiki" in " ".join(
        done.data.split()
    )


@pytest.mark.parametrize("operation", ["wikis", "page", "wiql"])
def test_what_cannot_be_read_for_pages_leaves_the_rest_to_be_done(
    administrator: Administrator, azure: Azure, operation: str
) -> None:
    azure.wiki.create()
    azure.organisation.queries = with_roots(azure.people.signed_in_as(SIT_RELEASE_MANAGER), azure.clock.now())
    azure.faults.add(operation, unauthorised())

    done = administrator.set_up(wiki=WIKI)

    assert (done.code, len(administrator.queries())) == (3, 15)
    assert "wiki MHHS.wiki left out" in rows(done)


def test_a_project_without_a_wiki_is_told_who_makes_it(administrator: Administrator) -> None:
    done = administrator.set_up(wiki=WIKI)

    assert done.code == 3
    assert rows(done) == ["wiki MHHS.wiki left out"]
    assert "the project has no wiki of its own: an administrator makes it" in done.data


def test_while_no_pages_are_asked_for_the_wiki_is_not_looked_at(administrator: Administrator, azure: Azure) -> None:
    since = len(azure.journal)

    done = administrator.set_up()

    assert done.code == 0
    assert '[pages] wiki = "MHHS.wiki"' in done.data
    assert not {"wikis", "page"} & set(administrator.asked(since))


def test_pages_wait_for_what_is_missing_in_the_project(administrator: Administrator, azure: Azure) -> None:
    azure.wiki.create()
    process = azure.organisation.process
    azure.organisation.process = type(process)(process.name, process.id, process.types[:-1])

    done = administrator.set_up(wiki=WIKI)

    assert done.code == 3
    assert "its pages have to wait for what is missing in the project" in done.data
    assert azure.wiki.pages() == ()
