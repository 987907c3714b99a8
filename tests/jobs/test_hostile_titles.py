"""Hostile titles: whatever people type into a title stands as text on the list and on the note, and counts once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from adapters.sandbox.answer import Answer
from adapters.sandbox.faults import CarryOut
from adapters.sandbox.mhhs_seeds.population import TOLD
from adapters.sandbox.work_item import WorkItem
from jobs.run import Ending, run
from tests.jobs.accidents import ALWAYS
from tests.jobs.play import Play, fixes_of, playing, text
from tests.jobs.small_world import Seed, small_world

TYPED = (
    "<script>alert(1)</script> on the switch page",
    "</td></tr></table><h1>Approved</h1>",
    "{{ 7 * 7 }} {% raw %} in the template",
    "[/red] and [bold]bold[/bold] #123 @<dev.patel@si.example>",
    "&lt;b&gt; is shown as &amp;lt; 'twice' \"quoted\"",
)
TITLES = (*TYPED, *(seed.title for seed in TOLD if set("<>&'\"{[") & set(seed.title)))
LISTED = range(2001, 2001 + len(TITLES))


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """Up to the raised RFC; the tests only read."""
    seeds = [Seed(id, title, "SIT-A") for id, title in zip(LISTED, TITLES, strict=True)]
    with playing(small_world(seeds), tmp_path_factory.mktemp("hostile")) as play:
        play.look()
        play.at(3, 11)
        play.cast.agree("SIT-A")
        play.look()
        play.at(3, 11, 10)
        play.look()
        yield play


def half_of_a_pair(carry_out: CarryOut) -> Answer:
    """As JSON can spell it; in place of @@."""
    answer = carry_out()
    return replace(answer, body=answer.body.replace(b"@@", rb"\ud83d"))


def test_half_a_character_stops_nobody(tmp_path: Path) -> None:
    azure = small_world([Seed(2001, "Half @@ of a sign", "SIT-A")])
    azure.faults.add(lambda _: True, half_of_a_pair, times=ALWAYS)
    with playing(azure, tmp_path) as play:
        assert run(play.world).ending is Ending.DONE
        listed = text(play.cast.the_list("SIT-A", "DCC"), "System.Description")
        play.seen()

    assert "Half \ufffd of a sign" in plain(BeautifulSoup(listed, "html.parser").get_text(" "))


def plain(words: str) -> str:
    """Without the joiners that keep Azure DevOps from making links of #123, and with single blanks."""
    return re.sub(r"\s+", " ", words.replace("\u2060", "")).strip()


def page(item: WorkItem, field: str) -> BeautifulSoup:
    return BeautifulSoup(text(item, field), "html.parser")


def bodies(play: Play) -> dict[str, BeautifulSoup]:
    return {
        "list": page(play.cast.the_list("SIT-A", "DCC"), "System.Description"),
        "note": page(play.cast.the_rfc("SIT-A", "DCC"), "Custom.ReleaseNote"),
    }


def test_each_title_is_text_on_the_list_and_on_the_note(play: Play) -> None:
    for where, body in bodies(play).items():
        shown = plain(body.get_text(" "))
        for title in TITLES:
            assert plain(title) in shown, where


def test_no_title_becomes_markup(play: Play) -> None:
    for body in bodies(play).values():
        assert body.find_all(["script", "img"]) == []
        assert body.find("b", string="Urgent") is None
        assert "Approved" not in [heading.get_text() for heading in body.find_all(["h1", "h2"])]
        assert "49" not in plain(body.get_text(" ")).split()


def test_note_list_and_links_name_the_same_defects(play: Play) -> None:
    listed, raised = play.cast.the_list("SIT-A", "DCC"), play.cast.the_rfc("SIT-A", "DCC")

    assert fixes_of(listed) == fixes_of(raised) == list(LISTED)
    for where, body in bodies(play).items():
        named = [int(link.get_text()) for link in body.find_all("a") if link.get_text().isdigit()]
        assert sorted(id for id in named if id in LISTED) == list(LISTED), where
    assert f"{len(TITLES)} defects fixed" in text(raised, "System.Title")
