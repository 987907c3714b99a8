"""SIT comes first, and a defect that only UIT found goes to UIT first, so as not to slow testing there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.jobs.play import Play, playing, text
from tests.jobs.small_world import Seed, small_programme, small_world

IN_UIT = Seed(321, "Meter readings of the last day are missing", "UIT")
IN_SIT = Seed(123, "Switch request is accepted for the import MPAN only", "SIT-A")
FIRST = {"environment": "SIT-A", "mandatory": True, "except_found_here": True}


@contextmanager
def a_play(folder: Path, *seeds: Seed, first: dict[str, object]) -> Iterator[Play]:
    table = small_programme()
    table["environments"]["UIT"]["must_pass"] = [first]
    everywhere = ["SIT-A", "SIT-B", "UIT"]
    table["parties"]["DCC"] |= {"environments": everywhere, "baseline": dict.fromkeys(everywhere, "5.2.15.0")}
    table["parties"]["Electralink"] |= {"environments": ["SIT-A"], "baseline": {}}
    with playing(small_world(seeds), folder, table) as play:
        play.look()
        yield play
        assert play.news() == []


def test_what_only_uit_found_has_lists_in_uit_and_in_sit_at_once(tmp_path: Path) -> None:
    with a_play(tmp_path, IN_UIT, first=FIRST) as play:
        assert play.news() == ["list DCC SIT-A created", "list DCC SIT-B created", "list DCC UIT created"]
        assert not play.look().plan


def test_a_build_that_holds_a_fix_of_sit_too_waits_for_sit(tmp_path: Path) -> None:
    with a_play(tmp_path, IN_UIT, IN_SIT, first=FIRST) as play:
        assert play.news() == ["list DCC SIT-A created", "list DCC SIT-B created"]
        assert play.listed("SIT-A") == [IN_SIT.id, IN_UIT.id]


def test_a_preferred_order_is_told_on_the_list_and_nothing_waits(tmp_path: Path) -> None:
    with a_play(tmp_path, IN_UIT, IN_SIT, first=FIRST | {"mandatory": False}) as play:
        assert play.news() == ["list DCC SIT-A created", "list DCC SIT-B created", "list DCC UIT created"]
        body = text(play.cast.the_list("UIT", "DCC"), "System.Description")
        assert f"preferred: SIT-A first, which lacks {IN_SIT.id}" in body


def test_by_its_tests_a_fix_has_passed_as_soon_as_its_defect_says_so(tmp_path: Path) -> None:
    first: dict[str, object] = {"environment": "SIT-A", "mandatory": True, "by": "tested_in"}
    with a_play(tmp_path, IN_SIT, first=first) as play:
        assert play.news() == ["list DCC SIT-A created", "list DCC SIT-B created"]
        play.at(3, 10)
        play.azure.person("rm@dcc.example").edit(IN_SIT.id, {"Custom.TestedIn": "SIT-A"})
        play.look()
        assert play.news() == ["list DCC UIT created"]
