"""A crowd: many defects in one environment, and the few settings that they need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.jobs.play import Play, playing
from tests.jobs.small_world import Seed, small_programme, small_world


def many(count: int, version: str = "", *, first: int = 2001) -> list[Seed]:
    """Resolved defects that SIT-A found; without a version they are on no list."""
    return [Seed(id, f"Read {id} is missing", "SIT-A", version=version) for id in range(first, first + count)]


def one_place(table: dict[str, Any]) -> dict[str, Any]:
    """One environment and one party."""
    table["environments"] = {"SIT-A": {**table["environments"]["SIT-A"], "level_with": []}}
    table["parties"] = {
        "DCC": {**table["parties"]["DCC"], "environments": ["SIT-A"], "baseline": {"SIT-A": "5.2.15.0"}}
    }
    return table


@contextmanager
def about_to_move(count: int, folder: Path) -> Iterator[Play]:
    """So many defects of one release, which has been deployed where they were found; where none, all is done."""
    azure = small_world(many(max(count, 1), "5.2.16.0"))
    with playing(azure, folder, one_place(small_programme())) as play:
        deliver(play)
        if not count:
            play.look()
        play.seen()
        yield play


def deliver(play: Play) -> None:
    """From the first look to the word that the release is deployed, before anything is handed over."""
    play.look()
    play.at(3, 11)
    play.cast.agree("SIT-A")
    play.look()
    play.at(3, 11, 10)
    play.look()
    play.cast.approve("SIT-A")
    play.look()
    play.cast.deploy("SIT-A")
    play.look("record_deployments")
