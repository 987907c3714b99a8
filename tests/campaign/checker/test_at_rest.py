"""What the bot still writes once all is quiet is found, and so is what it changes for want of its store."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.mhhs_seeds.people import TESS
from tests.campaign.checker import fields as f
from tests.campaign.checker.at_rest import at_rest, s16_disposable
from tests.campaign.checker.by_hand import bot, proposed
from tests.campaign.checker.heard import Heard, Request
from tests.campaign.checker.history import History
from tests.jobs.small_world import START, small_settings, small_world


@pytest.fixture
def azure() -> Azure:
    return small_world()


def history(azure: Azure, folder: Path, *writes: Request) -> History:
    programme = small_settings(azure, "http://127.0.0.1/sandbox", folder).programme
    return History(azure, programme, Heard(writes=list(writes)))


def test_a_write_of_a_bot_that_has_nothing_to_do_is_found(azure: Azure, tmp_path: Path) -> None:
    write = Request("", "update", frozenset({123}), "", [], 0, 412, START)
    story = history(azure, tmp_path, write, write)

    assert [v.words for v in at_rest(story, 1)] == ["the bot finds no rest: update []"]
    assert list(at_rest(story, 2)) == []


def test_what_the_bot_changes_because_it_has_lost_its_store_is_found(azure: Azure, tmp_path: Path) -> None:
    bot(azure).edit(123, {f.TITLE: "as it was decided"})
    story = history(azure, tmp_path)
    story.read()
    lost_at = story.end
    azure.person(TESS).edit(456, {f.TITLE: "mine"})
    bot(azure).edit(246, {f.TITLE: "once more", "System.History": "Shunter, run 1."})
    story.read()

    assert [v.item for v in s16_disposable(story, lost_at, START)] == [246]


def test_what_it_changes_because_a_window_ends_is_not_found(azure: Azure, tmp_path: Path) -> None:
    list_ = proposed(azure)
    bot(azure).edit(list_, {f.WINDOW_END: azure.clock.now() + timedelta(minutes=1)})
    story = history(azure, tmp_path)
    story.read()
    lost_at, since = story.end, azure.clock.now()
    azure.clock.advance(timedelta(minutes=2))
    bot(azure).edit(list_, {f.TITLE: "overdue"})
    story.read()

    assert list(s16_disposable(story, lost_at, since)) == []
    assert [v.item for v in s16_disposable(story, lost_at, since + timedelta(minutes=2))] == [list_]
