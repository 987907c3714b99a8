"""A major release beside the weekly patches: its own list, window, RFC and name, and what it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from adapters.sandbox.mhhs_seeds.people import SIT_DEFECT_MANAGER
from adapters.sandbox.work_item import WorkItem
from bot.where import Where
from tests.jobs.play import Play, fixes_of, playing, text
from tests.jobs.small_world import DCC_FIXES, IN_SIT_A, OPEN, SEEDS, Seed, small_programme, small_world

RETEST = "Ready for Retest"
BIG = Seed(950, "Meters of the new generation are read every half hour", "SIT-A", "6.0.0.0")
SATURDAY = {
    "start": "2026-12-19T09:00:00",
    "end": "2026-12-19T17:00:00",
    "type": "major",
    "roadmap": "IR8",
}


@pytest.fixture
def major(tmp_path: Path) -> Iterator[Play]:
    table = small_programme()
    window = {**SATURDAY, **{name: datetime.fromisoformat(SATURDAY[name]) for name in ("start", "end")}}
    table["environments"]["SIT-A"]["extra_windows"] = [window]
    table["parties"].pop("Electralink")
    with playing(small_world((*SEEDS, BIG)), tmp_path, table) as play:
        yield play


def of_type(items: list[WorkItem], type_: str) -> WorkItem:
    """The newest that is not closed."""
    return [item for item in items if text(item, "Custom.ReleaseType") == type_ and item.state != "Closed"][-1]


def the_list(play: Play, type_: str) -> WorkItem:
    return of_type(play.cast.lists("SIT-A", "DCC"), type_)


def the_rfc(play: Play, type_: str) -> WorkItem:
    return of_type(play.cast.rfcs("SIT-A", "DCC"), type_)


def raised(play: Play) -> None:
    play.look()
    play.at(3, 11)
    play.cast.agree("SIT-A")
    play.look()
    play.at(3, 11, 10)
    play.look()


def approved(play: Play) -> None:
    """By the release manager; the major one by governance before."""
    raised(play)
    play.at(4, 8)
    play.cast.answer(the_rfc(play, "major").id, "2: approved, go/no-go of 3 Dec", by="eve.lund@si.example")
    play.cast.approve("SIT-A")
    play.look()


def test_each_type_has_its_list_in_its_window(major: Play) -> None:
    major.look()

    patch, big = the_list(major, "patch"), the_list(major, "major")
    assert (text(patch, "Custom.ReleaseNumber"), text(patch, "Custom.RoadmapName")) == ("5.2.16.0", "")
    assert (text(big, "Custom.ReleaseNumber"), text(big, "Custom.RoadmapName")) == ("6.0.0.0", "IR8")
    assert text(big, "Custom.WindowStart") == "2026-12-19 09:00:00+00:00"
    assert sorted(fixes_of(patch)) == sorted(DCC_FIXES)
    assert sorted(fixes_of(big)) == sorted((*DCC_FIXES, BIG.id))


def test_its_name_stands_on_its_rfc_and_note(major: Play) -> None:
    raised(major)

    assert text(the_rfc(major, "major"), "Custom.RoadmapName") == "IR8"
    assert "IR8" in text(the_rfc(major, "major"), "Custom.ReleaseNote")
    assert "IR8" not in text(the_rfc(major, "patch"), "Custom.ReleaseNote")


def test_what_a_person_writes_in_its_place_stays(major: Play) -> None:
    major.look()
    written = {"Custom.RoadmapName": "Interim release eight"}
    major.azure.person(SIT_DEFECT_MANAGER).edit(the_list(major, "major").id, written)
    raised(major)

    assert text(the_list(major, "major"), "Custom.RoadmapName") == "Interim release eight"
    assert text(the_rfc(major, "major"), "Custom.RoadmapName") == "Interim release eight"


def test_patches_go_on_until_it_arrives_and_are_numbered_above_it_then(major: Play) -> None:
    approved(major)
    major.at(7, 10)
    major.azure.person("dora.okafor@si.example").set_state(the_rfc(major, "patch").id, "Deployed")
    major.cast.resolve(OPEN, "5.2.17.0")
    major.look()
    assert major.states(*IN_SIT_A) == [RETEST] * 3
    assert fixes_of(the_list(major, "patch")) == [OPEN]

    major.at(19, 10)
    major.azure.person("dora.okafor@si.example").set_state(the_rfc(major, "major").id, "Deployed")
    major.look()
    major.look()
    assert major.state(BIG.id) == RETEST
    assert str(major.picture().running("SIT-A", "DCC")) == "6.0.0.0"
    left = major.where(OPEN)
    assert (left.where, left.words) == (
        Where.ON_NO_NOTE,
        "6.0.0.0 runs in SIT-A since Sat 19-Dec 10:00 GMT, which is later than 5.2.17.0, and no note names this defect",
    )

    major.cast.name_version(OPEN, "6.0.1.0")
    major.at(19, 11)
    major.look()
    made = the_list(major, "patch")
    assert (text(made, "Custom.ReleaseNumber"), fixes_of(made)) == ("6.0.1.0", [OPEN])


def test_looking_again_changes_nothing(major: Play) -> None:
    major.look()
    major.seen()
    major.at(3, 12)

    assert major.look().plan.actions == ()
    assert major.news() == []
