"""A replica that stands still while it acts, and wakes up when another does, sends nothing more and stands by."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.processes.at_moment import CLAIM, CREATION, AtMoment
from tests.processes.line import Moment
from tests.processes.replicas import ASKED, ROOM, TERM, Replica, Replicas
from tests.processes.shunter_process import Start, from_the_nursery, until
from tests.processes.test_replicas import comes_right

WRITES = ("PATCH wit/workItems/#", CREATION, "PATCH wit/$batch")


@dataclass
class WritesOf:
    """A watcher of a line: which changes that process sends."""

    replica: Replica

    def __post_init__(self) -> None:
        self.sent: list[str] = []
        self.replica.installation.line.watchers.append(
            lambda passing: (
                self.sent.append(passing.operation)
                if passing.moment is Moment.ARRIVED and passing.operation in WRITES
                else None
            )
        )


def stopped_at(operation: str, moment: Moment, replicas: Replicas, others_by: Start = from_the_nursery) -> WritesOf:
    """The first of them stands still, and what it sends from then on is seen."""
    first = replicas.every[0]

    def stands_still() -> None:
        first.process.stop()

    strike = AtMoment(operation, moment, stands_still)
    first.installation.line.watchers.append(strike)
    replicas.start(others_by)
    until(lambda: strike.has_struck, f"it never comes to that: {first.process.words}")
    replicas.timeline.note(first.name, "stands still")
    return WritesOf(first)


def wakes_up_and_stands_by(replicas: Replicas, sent: WritesOf) -> None:
    first, second = replicas.every
    first.process.go_on()
    replicas.timeline.note(first.name, "goes on")
    until(lambda: first.stands_by, f"it does not stand by: {first.process.words}")
    assert sent.sent == []
    assert (first.get("/healthz")[0], first.get("/readyz")[0]) == (200, 200)
    assert "the lease was lost by which one process alone acts on it" in first.process.words
    comes_right(replicas, second)
    assert sent.sent == []


@pytest.mark.slow
def test_what_it_means_to_write_next_is_refused_by_the_database_and_later_it_takes_over_again(
    replicas: Replicas,
) -> None:
    """The half minute is not waited for."""
    first, second = replicas.every
    sent = stopped_at(CREATION, Moment.APPLIED, replicas)
    replicas.lease_runs_out()
    replicas.taken_over_by(second, within=ASKED + ROOM)
    until(lambda: second.looked() > 0, "it does not look")
    wakes_up_and_stands_by(replicas, sent)

    asked = first.requests
    assert second.process.end() == 0
    replicas.taken_over_by(first, within=ASKED + ROOM)
    until(lambda: first.requests > asked and not first.stands_by, "it does not act again")

    assert replicas.complaints() == []


@pytest.mark.campaign
@pytest.mark.parametrize("moment", [Moment.ARRIVED, Moment.APPLIED], ids=lambda moment: moment.value)
@pytest.mark.parametrize("operation", [CLAIM, CREATION, "PATCH wit/$batch"])
def test_wherever_it_stands_still_for_longer_than_its_lease_nothing_is_done_twice(
    replicas: Replicas, operation: str, moment: Moment
) -> None:
    _, second = replicas.every
    sent = stopped_at(operation, moment, replicas)
    replicas.taken_over_by(second, within=TERM + ASKED + ROOM)
    until(lambda: second.looked() > 0, "it does not look")

    wakes_up_and_stands_by(replicas, sent)
