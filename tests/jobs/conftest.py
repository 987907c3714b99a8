"""The stage of the stories: the small world, Shunter beside it, and the rule that nothing is written unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.serve import served
from tests.jobs.blank_store import close_all
from tests.jobs.command_line import configured_for
from tests.jobs.desk import Desk, Scenery
from tests.jobs.play import Play, Stage, playing
from tests.jobs.small_world import small_world


@pytest.fixture(scope="session", autouse=True)
def every_store_is_closed() -> Iterator[None]:
    yield
    close_all()


@pytest.fixture
def azure() -> Azure:
    return small_world()


@pytest.fixture(scope="session")
def stages() -> dict[str, Stage]:
    return {}


@pytest.fixture
def play(azure: Azure, tmp_path: Path, stages: dict[str, Stage]) -> Iterator[Play]:
    with playing(azure, tmp_path, stages=stages) as play:
        yield play
        assert play.news() == [], "the bot wrote something that the story neither looked at nor declared"


@pytest.fixture(scope="session")
def sceneries() -> dict[str, Scenery]:
    return {}


@pytest.fixture
def desk(
    azure: Azure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sceneries: dict[str, Scenery]
) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with served(azure) as url:
        yield Desk(configured_for(azure, url, tmp_path), sceneries)


@pytest.fixture
def deployed(play: Play) -> Play:
    """On Monday at ten, what was approved has been deployed to SIT-A, and nobody has looked yet."""
    play.approved()
    play.look()
    play.at(7, 10)
    play.cast.deploy("SIT-A")
    return play
