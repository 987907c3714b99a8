"""One server on a socket for each test, and what happened there, for whoever looks at a test that failed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.serve import served
from tests.jobs.small_world import small_world
from tests.postgres import PostgresDatabase
from tests.processes.installation import Installation, installed
from tests.processes.kills import Trial
from tests.processes.replicas import Replicas, replicas_on
from tests.processes.scenes import Scene, played
from tests.processes.timeline import Timeline


@pytest.fixture(scope="session")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Scene]:
    return played(tmp_path_factory.mktemp("scenes"))


@pytest.fixture
def azure() -> Azure:
    return small_world()


@pytest.fixture
def url(azure: Azure) -> Iterator[str]:
    with served(azure) as url:
        yield url


@pytest.fixture
def timeline() -> Iterator[Timeline]:
    timeline = Timeline()
    yield timeline
    sys.stdout.write(f"{timeline}\n")


@pytest.fixture
def installation(azure: Azure, url: str, tmp_path: Path, timeline: Timeline) -> Iterator[Installation]:
    with installed(azure, url, tmp_path / "shunter", timeline=timeline) as installation:
        yield installation


@pytest.fixture
def trial(azure: Azure, installation: Installation, scenes: Mapping[str, Scene]) -> Trial:
    return Trial(azure, installation, scenes)


@pytest.fixture(params=[2])
def replicas(
    request: pytest.FixtureRequest,
    azure: Azure,
    url: str,
    postgres: PostgresDatabase,
    scenes: Mapping[str, Scene],
    tmp_path: Path,
    timeline: Timeline,
) -> Iterator[Replicas]:
    """Two on one PostgreSQL unless a test asks for more or fewer; there are RFCs to be raised."""
    with replicas_on(postgres, azure, url, tmp_path, count=request.param, timeline=timeline) as replicas:
        replicas.begin(scenes["raising"])
        yield replicas
