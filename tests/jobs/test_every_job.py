"""Every job by itself: it does it, once, not in a dry run, not on uncertain facts; and one failure stops no other."""

from __future__ import annotations

import pytest

from jobs.every_job import JOBS
from jobs.run import Ending
from tests.jobs.accidents import UNCERTAIN, WRITES, nothing_can_be_read
from tests.jobs.play import Play
from tests.jobs.scenes import SCENES

JOB = pytest.mark.parametrize("job", JOBS)


def test_each_job_has_its_scene() -> None:
    assert SCENES.keys() == JOBS.keys()


@JOB
def test_it_does_its_job_and_nothing_else(play: Play, job: str) -> None:
    SCENES[job].prepare(play)

    play.look(job)

    assert tuple(play.news()) == SCENES[job].does


@JOB
def test_again_does_nothing(play: Play, job: str) -> None:
    SCENES[job].prepare(play)
    play.look(job)
    play.seen()

    for _ in range(2):
        assert not play.look(job).plan

    assert play.news() == []


@JOB
def test_a_dry_run_writes_nothing_and_says_what_it_would_do(play: Play, job: str) -> None:
    scene = SCENES[job]
    scene.prepare(play)
    since = len(play.azure.journal)

    report = play.look(job, dry_run=True)

    assert play.news() == []
    assert not set(WRITES) & set(play.asked(since))
    assert [action.subject for action in report.plan] == list(scene.subjects)


@JOB
def test_one_failure_does_not_stop_the_next(play: Play, job: str) -> None:
    scene = SCENES[job]
    scene.prepare(play)
    play.azure.faults.add(scene.write, scene.trouble(play))

    report = play.try_to_look(job)

    assert report.ending is Ending.PARTLY_DONE
    assert tuple(play.news()) == scene.still_does


@JOB
def test_on_uncertain_facts_nothing_happens_and_then_it_does(play: Play, job: str) -> None:
    scene = SCENES[job]
    scene.prepare(play)
    if job != "propose":  # which reads everything; the others know the project, and read what has changed
        play.picture()
    for accident, fault in UNCERTAIN.items():
        nothing_can_be_read(play.azure, fault)
        since = len(play.azure.journal)

        play.try_to_look(job)

        assert (accident, play.news()) == (accident, [])
        assert not set(WRITES) & set(play.asked(since)), accident
        play.azure.faults.clear()

    play.look(job)
    assert tuple(play.news()) == scene.does
