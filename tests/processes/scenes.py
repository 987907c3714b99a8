"""Scenes: a run of each kind is about to begin, with the store as the runs before it have left it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from adapters.sandbox.azure import Azure
from adapters.sandbox.boards import Boards
from adapters.sandbox.cast import Cast
from adapters.sandbox.serve import served
from tests.jobs.command_line import Shunter, configured_for
from tests.jobs.small_world import START, small_world


@dataclass(frozen=True)
class Scene:
    """What the server holds, its time, and the files of the store."""

    boards: Boards
    at: datetime
    files: Mapping[str, bytes]

    def set(self, azure: Azure, folder: Path) -> None:
        azure.organisation.boards = self.boards.copy()
        azure.clock.set(self.at)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)


def agree(cast: Cast) -> None:
    for environment in ("SIT-A", "SIT-B"):
        cast.agree(environment)


def approve(cast: Cast) -> None:
    for environment in ("SIT-A", "SIT-B"):
        cast.approve(environment)


def deploy(cast: Cast) -> None:
    cast.deploy("SIT-A")


def nobody(_cast: Cast) -> None:
    """Nothing but time goes by."""


ACTS: Mapping[str, tuple[datetime, Callable[[Cast], object]]] = {
    "proposing": (START, nobody),
    "sealing": (START.replace(hour=11), agree),
    "raising": (START.replace(hour=11, minute=40), nobody),
    "noting approvals": (START.replace(day=4, hour=8), approve),
    "handing to testers": (START.replace(day=7, hour=10), deploy),
}
"""What people do before each run, and when."""


def played(folder: Path) -> Mapping[str, Scene]:
    """All of them, by one pass through the story."""
    azure, scenes = small_world(), {}
    with served(azure) as url:
        shunter = configured_for(azure, url, folder)
        for name, (at, act) in ACTS.items():
            azure.clock.set(at)
            act(Cast(azure))
            scenes[name] = Scene(azure.organisation.boards.copy(), at, _files(folder))
            _look(shunter)
    return scenes


def _look(shunter: Shunter) -> None:
    said = shunter("run", "--once")
    assert said.code == 0, said.talk


def _files(folder: Path) -> Mapping[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob("shunter.db*") if not file.name.endswith(".lock")}
