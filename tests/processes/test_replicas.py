"""Replicas: one of the services that share a PostgreSQL acts, the others stand by, and one of them follows it."""

from __future__ import annotations

import time

import pytest

from adapters.sandbox.cast import RFC
from bot.fence import QUARANTINE
from jobs.at_hand import ASKED as ASKED_AT_MOST
from jobs.hints import REST
from tests.processes.at_moment import CLAIM, CREATION, AtMoment
from tests.processes.line import Cut, Moment
from tests.processes.replicas import ASKED, ROOM, TERM, Replica, Replicas
from tests.processes.shunter_process import Start, from_the_nursery, until
from tests.processes.test_network import RAISED

MOMENTS = {
    "before the claim arrives": (CLAIM, Moment.ARRIVED, ""),
    "after the claim is applied": (CLAIM, Moment.APPLIED, ""),
    "before the creation arrives": (CREATION, Moment.ARRIVED, ""),
    "after the creation is applied": (CREATION, Moment.APPLIED, ""),
    "before the list is marked raised": (CLAIM, Moment.ARRIVED, CREATION),
}


def killed_at(moment: str, replicas: Replicas, others_by: Start = from_the_nursery) -> None:
    """The first of them, in the middle of raising an RFC."""
    first = replicas.every[0]
    operation, far, after = MOMENTS[moment]

    def kills() -> None:
        first.installation.kill(first.process)
        raise Cut("its process has been killed")

    strike = AtMoment(operation, far, kills, after=after)
    first.installation.line.watchers.append(strike)
    replicas.start(others_by)
    until(lambda: strike.has_struck, f"it never comes to that: {first.process.words}")


def comes_right(replicas: Replicas, follower: Replica) -> None:
    """What was open is settled, what was claimed is raised after its quarantine, and everything stands once."""
    until(lambda: follower.looked() > 0, f"it does not look: {follower.process.words}")
    for _ in range(4):
        if len(replicas.azure.items(RFC)) == RAISED and not replicas.open_intents():
            break
        replicas.azure.clock.advance(QUARANTINE)
        follower.awaits_a_look()
    assert len(replicas.azure.items(RFC)) == RAISED
    assert replicas.open_intents() == 0
    assert replicas.complaints() == []


@pytest.mark.slow
@pytest.mark.parametrize("replicas", [3], indirect=True)
def test_one_acts_and_the_others_are_ready_read_nothing_and_say_so_once_until_it_is_stopped(
    replicas: Replicas,
) -> None:
    first, *others = replicas.every
    replicas.start()
    until(lambda: first.looked() > 0, "it does not look")
    assert [other.requests for other in others] == [0, 0]
    for other in others:
        assert (other.get("/healthz")[0], other.get("/readyz")[0]) == (200, 200)
    assert not first.stands_by

    assert first.process.end() == 0
    stopped = time.monotonic()
    second = replicas.taken_over_by(*others, within=ASKED + ROOM)
    replicas.timeline.note(second.name, f"acts {time.monotonic() - stopped:.1f} s after the first has ended")
    (third,) = (other for other in others if other is not second)
    until(lambda: second.looked() > 0, "it acts, and does not look")

    assert third.stands_by
    assert third.requests == 0
    assert [r["event"] for r in third.log if "standing by" in r["event"]] == [r["event"] for r in third.log[-1:]]
    assert not second.stands_by
    assert replicas.lease()[1] == 2
    assert (third.process.end(), second.process.end()) == (0, 0)


@pytest.mark.campaign
def test_one_that_has_stood_by_for_longer_than_a_look_goes_on_asking_however_long_the_interval_is(
    replicas: Replicas,
) -> None:
    """The scheduler knows nothing of it: no look is left out."""
    first, second = replicas.every
    for replica in replicas.every:
        replica.installation.edit("poll_seconds = 10", "poll_seconds = 3600")
    replicas.start()
    time.sleep(ASKED * (ASKED_AT_MOST + 1))
    assert second.stands_by

    assert first.process.end() == 0
    replicas.taken_over_by(second, within=ASKED + REST + ROOM)

    until(lambda: second.looked() > 0, "it acts, and does not look")
    assert [record["event"] for record in second.log if record["level"] != "info"][:2] == [
        *(record["event"] for record in second.log if "standing by" in record["event"]),
        "acting from now on: nobody else does",
    ]


@pytest.mark.slow
def test_one_that_is_killed_right_after_it_raised_an_rfc_is_followed_by_another_that_adopts_it(
    replicas: Replicas,
) -> None:
    """The half minute is not waited for."""
    _, second = replicas.every

    killed_at("after the creation is applied", replicas)
    replicas.lease_runs_out()

    assert replicas.taken_over_by(second, within=ASKED + ROOM) is second
    comes_right(replicas, second)


@pytest.mark.campaign
@pytest.mark.parametrize("moment", MOMENTS)
def test_at_whatever_moment_of_raising_it_is_killed_another_follows_within_35_s_and_each_rfc_is_raised_once(
    replicas: Replicas, moment: str
) -> None:
    _, second = replicas.every

    killed_at(moment, replicas)

    assert replicas.taken_over_by(second, within=TERM + ASKED + ROOM) is second
    comes_right(replicas, second)
