"""The PostgreSQL of replicas goes away in the middle of raising an RFC: all live on, and one acts afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from adapters.sandbox.azure import Azure
from tests.postgres import Postgres, a_server
from tests.processes.at_moment import CLAIM, CREATION, AtMoment
from tests.processes.line import Moment
from tests.processes.replicas import ROOM, TERM, Replicas, replicas_on
from tests.processes.scenes import Scene
from tests.processes.shunter_process import until
from tests.processes.test_replicas import comes_right
from tests.processes.timeline import Timeline

Accident = Callable[[Postgres, Replicas], None]
LOOK = 11.0
"""Seconds until the next look of each, at most."""


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """Nobody else's: it is stopped and broken."""
    with a_server() as server:
        yield server


@pytest.fixture
def replicas(
    azure: Azure, url: str, server: Postgres, scenes: Mapping[str, Scene], tmp_path: Path, timeline: Timeline
) -> Iterator[Replicas]:
    with (
        server.database() as database,
        replicas_on(database, azure, url, tmp_path, count=2, timeline=timeline) as replicas,
    ):
        replicas.begin(scenes["raising"])
        yield replicas


def is_stopped(server: Postgres, replicas: Replicas) -> None:
    """For longer than it takes both of them to notice."""
    server.stop()


def crashes(server: Postgres, replicas: Replicas) -> None:
    server.crash()


def cuts_the_first_one_off(server: Postgres, replicas: Replicas) -> None:
    """Its connections are ended; new ones are welcome."""
    of_it = f"application_name LIKE 'shunter, process {replicas.every[0].process.pid} on%'"
    server.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {of_it}")


@pytest.mark.parametrize(
    ("accident", "operation", "moment"),
    [
        pytest.param(is_stopped, CREATION, Moment.APPLIED, marks=pytest.mark.slow),
        pytest.param(is_stopped, CLAIM, Moment.ARRIVED, marks=pytest.mark.campaign),
        pytest.param(crashes, CREATION, Moment.APPLIED, marks=pytest.mark.campaign),
        pytest.param(crashes, CLAIM, Moment.APPLIED, marks=pytest.mark.campaign),
        pytest.param(cuts_the_first_one_off, CREATION, Moment.APPLIED, marks=pytest.mark.campaign),
        pytest.param(cuts_the_first_one_off, CLAIM, Moment.APPLIED, marks=pytest.mark.campaign),
    ],
)
def test_the_run_ends_in_words_and_whoever_acts_next_does_nothing_twice(
    server: Postgres, replicas: Replicas, accident: Accident, operation: str, moment: Moment
) -> None:
    first, second = replicas.every
    strike = AtMoment(operation, moment, lambda: accident(server, replicas))
    first.installation.line.watchers.append(strike)
    replicas.start()
    until(lambda: first.looked() > 0, f"its run does not end: {first.process.words}")
    assert "failed" in [record.get("ending") for record in first.log]
    assert all(replica.get("/healthz")[0] == 200 for replica in replicas.every)

    if accident is not cuts_the_first_one_off:
        server.start()
    looked = {replica.name: replica.looked() for replica in replicas.every}
    until(
        lambda: any(r.looked() > looked[r.name] and replicas.acts(r) for r in replicas.every),
        f"nobody acts: {first.process.words}\n{second.process.words}",
        TERM + LOOK + ROOM,
    )
    comes_right(replicas, next(replica for replica in replicas.every if replicas.acts(replica)))

    assert first.process.is_alive
    assert second.process.is_alive
    assert "nobody expected" not in first.process.words + second.process.words
