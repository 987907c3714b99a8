"""Vitals: whoever asks how the service is, hears of what its looks came to, and of looks that do not come."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.configuration.configuration import Configuration
from adapters.metrics import registry_of
from adapters.sandbox.faults import no_answer, sign_in_page, throttled, unavailable
from adapters.sandbox.mhhs_seeds.people import BOT
from adapters.sandbox.permissions import Right
from adapters.store.failures import StoreError
from adapters.store.ledger import Ledger
from adapters.store.records import Intent
from adapters.store.store import Store
from bot.overview import bucket_rows
from bot.where import Where
from jobs.every_job import JOBS
from jobs.healthy import why_hung, why_not_ready
from jobs.last_look import last_look
from jobs.metrics import METRICS
from jobs.run import Ending, Report
from jobs.serve import look
from jobs.vitals import Vitals
from tests.jobs.accidents import ALWAYS, a_rule_says_no, is_read
from tests.jobs.play import URL, Play, wired
from tests.jobs.small_world import IN_SIT_A, settings, small_programme

INTERVAL = timedelta(minutes=2)
"""Of the small programme; the machine's clock in these stories is the server's."""


@dataclass
class Watched:
    """A service that looks when the story says so."""

    play: Play
    configuration: Configuration
    mishaps: dict[tuple[str, ...], int] = field(default_factory=dict)
    vitals: Vitals = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """The process begins, or begins anew."""
        self.vitals = Vitals(
            self.configuration,
            clock=self.play.azure.clock.now,
            monotonic=self.play.world.boards.elapsed,
            mishaps=lambda: self.mishaps,
        )
        self.vitals.meet(self.play.world)

    def look(self) -> Report:
        self.vitals.begin()
        report = look(self.play.world, self.configuration)
        self.vitals.note(report)
        return report

    def passes(self, time: timedelta) -> None:
        self.play.azure.clock.advance(time)

    def why_not(self) -> tuple[str, ...]:
        return why_not_ready(self.vitals.now())

    def hung(self) -> str:
        return why_hung(self.vitals.now())

    def told(self, name: str, **labels: str) -> float | None:
        return registry_of(METRICS, self.vitals.now).get_sample_value(name, labels)


@pytest.fixture
def service(play: Play, tmp_path: Path) -> Watched:
    return Watched(play, settings(small_programme(), play.azure, URL, tmp_path))


def test_after_a_look_that_did_everything_all_is_well_and_told(service: Watched) -> None:
    play, now = service.play, service.play.azure.clock.now()
    assert service.look().ending is Ending.DONE

    assert (service.hung(), service.why_not()) == ("", ())
    assert service.told("shunter_ready") == 1
    assert service.told("shunter_look_last_success_timestamp_seconds") == now.timestamp()
    assert {service.told("shunter_job_last_success_timestamp_seconds", job_name=job) for job in JOBS} == {
        now.timestamp()
    }
    assert service.told("shunter_requests_total") == len(play.azure.journal)
    assert service.told("shunter_answers_total", status="2xx") == len(play.azure.journal)
    assert (service.told("shunter_answer_bytes_total") or 0) > 1_000
    created = sum("created" in news for news in play.news())
    assert service.told("shunter_writes_total", action="create_list", result="applied") == created > 0
    assert service.told("shunter_planned_changes") == created


def test_every_resolved_defect_is_counted_in_its_bucket(service: Watched) -> None:
    service.look()
    service.play.seen()
    service.look()

    counted = {where.value: service.told("shunter_defects", bucket=where.name.lower()) for where in Where}
    assert counted == {row.where: row.defects for row in bucket_rows(service.play.picture())}
    assert (counted["on a list"] or 0) > 0


def test_a_restart_does_not_look_like_health(service: Watched) -> None:
    service.look()
    succeeded = service.play.azure.clock.now()
    service.passes(timedelta(hours=1))
    service.start()

    assert service.why_not() == ("it has not looked yet",)
    assert service.told("shunter_defects", bucket="left_out")
    for name, labels in (("look", {}), ("job", {"job_name": "propose"})):
        told = service.told(f"shunter_{name}_last_success_timestamp_seconds", **labels)
        assert told == succeeded.timestamp()
    service.play.seen()


def test_what_never_succeeded_is_told_as_never(service: Watched) -> None:
    assert service.told("shunter_look_last_success_timestamp_seconds") == 0
    assert service.told("shunter_start_timestamp_seconds") == service.play.azure.clock.now().timestamp()
    assert service.told("shunter_look_duration_seconds") is None


class BrokenLedger(Ledger):
    def open_intents(self) -> tuple[Intent, ...]:
        raise StoreError("shunter.db", "the disk is full", "Free some space.")


def signed_out(service: Watched) -> None:
    service.play.azure.faults.add(is_read, sign_in_page(), times=ALWAYS)


def may_not_write(service: Watched) -> None:
    service.play.azure.permissions.take(BOT, Right.EDIT_ITEMS)


def misspelt(service: Watched) -> None:
    table = small_programme()
    table["work_items"]["defect"]["states"] = table["work_items"]["defect"]["states"] | {"resolved": ["Fixed"]}
    service.configuration = settings(table, service.play.azure, URL, service.configuration.folder)


def too_many_changes(service: Watched) -> None:
    service.play.world = replace(service.play.world, changes_per_run=1)


def full_disk(service: Watched) -> None:
    store = service.play.world.store
    service.play.world = replace(service.play.world, store=Store(store.mirror, BrokenLedger(store.mirror._database)))  # noqa: SLF001


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        pytest.param(signed_out, "signed out", id="signed out"),
        pytest.param(may_not_write, "nothing is written", id="read-only"),
        pytest.param(misspelt, "Fixed", id="a project that is not as configured"),
        pytest.param(too_many_changes, "more than the 1 that one run may make", id="a yes is waited for"),
        pytest.param(full_disk, "the disk is full", id="a store that cannot be used"),
    ],
)
def test_what_keeps_it_from_its_job_makes_it_unready_at_once_and_leaves_it_alive(
    service: Watched, happens: Callable[[Watched], None], why: str
) -> None:
    happens(service)
    if happens is full_disk:
        service.vitals._world = service.play.world  # noqa: SLF001  (a store that breaks after it was met)
    service.look()

    reasons = [reason for reason in service.why_not() if not reason.startswith("no look has succeeded")]
    assert [why in reason for reason in reasons] == [True]
    assert (service.hung(), service.told("shunter_ready")) == ("", 0)
    service.play.seen()


def test_who_may_write_nothing_is_told_apart_and_ready_again_by_itself(service: Watched) -> None:
    may_not_write(service)
    service.look()
    assert (service.told("shunter_read_only"), service.told("shunter_acts")) == (1, 1)

    service.play.azure.permissions.give_back(BOT, Right.EDIT_ITEMS)
    service.look()
    assert (service.told("shunter_read_only"), service.why_not()) == (0, ())
    service.play.seen()


def test_one_look_without_an_answer_is_borne_and_three_intervals_without_are_not(service: Watched) -> None:
    service.look()
    service.play.seen()
    service.play.azure.faults.add(is_read, unavailable(applied=False), times=ALWAYS)

    assert service.look().ending is Ending.FAILED
    assert (service.why_not(), service.told("shunter_look_failures_in_a_row")) == ((), 1)
    service.passes(3 * INTERVAL)
    service.look()
    assert service.why_not()[0].startswith("no look has succeeded for ")
    assert service.told("shunter_look_failures_in_a_row") == 2
    assert service.told("shunter_looks_total", result="failed") == 2


def test_a_loop_in_which_nothing_moves_hangs_and_one_that_asks_for_something_does_not(service: Watched) -> None:
    service.look()
    service.vitals.begin()
    for _ in range(3):
        service.passes(timedelta(minutes=9))
        assert service.hung() == ""
        service.play.world.boards.closely([IN_SIT_A[0]])

    service.passes(timedelta(minutes=10, seconds=1))
    assert service.hung().startswith("nothing has moved for 10 min")
    assert service.why_not()[0] == service.hung()
    service.play.seen()


def test_a_defect_that_is_not_handed_over_waits_since_the_look_that_saw_it_first(service: Watched) -> None:
    play = service.play
    play.approved()
    play.at(7, 10)
    play.cast.deploy("SIT-A")
    service.look()
    play.seen()
    assert service.told("shunter_oldest_handover_timestamp_seconds") is not None
    service.look()
    assert service.told("shunter_oldest_handover_timestamp_seconds") is None
    play.seen()


def test_what_is_refused_again_and_again_has_waited_all_the_while(service: Watched) -> None:
    play = service.play
    play.approved()
    play.at(7, 10)
    play.cast.deploy("SIT-A")
    for operation in ("batch", "update"):
        play.azure.faults.add(operation, a_rule_says_no(), times=ALWAYS)
    first = service.look().facts
    for _ in range(3):
        service.passes(timedelta(minutes=15))
        service.start()
        assert service.look().ending is Ending.PARTLY_DONE

    assert first is not None
    assert service.told("shunter_oldest_handover_timestamp_seconds") == first.now.timestamp()
    assert service.why_not() == (), "nobody is woken for work items that are refused"
    play.seen()


def test_a_write_that_nobody_knows_of_is_told_until_it_is_settled(service: Watched) -> None:
    play = service.play
    play.sealed()
    play.at(3, 11, 10)
    play.azure.faults.add("create", no_answer(applied=True))
    service.look()

    assert service.told("shunter_open_intents") == 1
    at = service.told("shunter_oldest_open_intent_timestamp_seconds")
    assert at is not None
    assert abs(at - play.azure.clock.now().timestamp()) < 600
    play.seen()


def test_how_long_nothing_is_asked_is_told_and_left_for_whoever_asks_the_store(service: Watched) -> None:
    service.look()
    service.play.seen()
    service.play.azure.faults.add(is_read, throttled(3_600))
    service.look()

    left = service.told("shunter_throttled_seconds")
    kept = last_look(service.play.world.store.mirror)
    assert left is not None
    assert 3_000 < left <= 3_600
    assert kept is not None
    assert kept.waits_until == service.play.azure.clock.now() + timedelta(seconds=left)


def test_what_the_server_asked_of_one_process_holds_for_the_next(service: Watched) -> None:
    service.play.azure.faults.add(is_read, throttled(3_600))
    service.look()
    service.passes(timedelta(minutes=10))
    service.play.world = wired(service.play.azure, service.configuration, service.play.world.store)
    service.start()
    asked = len(service.play.azure.journal)

    assert service.look().ending is Ending.FAILED
    assert len(service.play.azure.journal) == asked
    assert 2_900 < (service.told("shunter_throttled_seconds") or 0) <= 3_000

    service.passes(timedelta(minutes=51))
    assert service.look().ending is Ending.DONE
    service.play.seen()


def test_no_clock_lets_a_process_rest_for_more_than_an_hour(service: Watched) -> None:
    service.play.azure.faults.add(is_read, throttled(3_600))
    service.look()
    service.play.world = wired(service.play.azure, service.configuration, service.play.world.store)
    set_back = service.play.azure.clock.now() - timedelta(days=365)

    Vitals(service.configuration, clock=lambda: set_back).meet(service.play.world)

    assert service.play.world.boards.gateway.told() == 3_600


def test_that_a_server_did_not_answer_keeps_no_new_process_from_asking(service: Watched) -> None:
    service.play.azure.faults.add(is_read, no_answer(applied=False), times=ALWAYS)
    service.look()
    assert service.play.world.boards.gateway.resting() > 0
    service.play.world = wired(service.play.azure, service.configuration, service.play.world.store)
    service.start()

    assert service.play.world.boards.gateway.resting() == 0


def test_while_another_acts_it_is_alive_and_ready_to_take_over(service: Watched) -> None:
    service.look()
    service.play.seen()
    for _ in range(5):
        service.passes(timedelta(minutes=9))
        service.vitals.stand_by("shunter-0 acts")

    assert (service.hung(), service.why_not()) == ("", ())
    assert service.told("shunter_stands_by") == 1


def test_what_it_left_open_when_another_took_over_is_told_by_that_one_and_known_anew_when_it_acts_again(
    service: Watched,
) -> None:
    service.play.azure.faults.add("create", no_answer(applied=True))
    service.look()
    service.play.seen()
    assert (service.told("shunter_open_intents") or 0) > 0

    service.vitals.stand_by("shunter-0 acts")
    assert service.told("shunter_open_intents") == 0
    assert service.told("shunter_oldest_open_intent_timestamp_seconds") in (None, 0)

    service.vitals.meet(service.play.world)
    assert (service.told("shunter_open_intents") or 0) > 0


def test_what_happens_to_the_schedule_is_told_as_it_is_counted(service: Watched) -> None:
    service.mishaps["missed", "look"] = 2

    assert service.told("shunter_mishaps_total", mishap="missed", job_name="look") == 2


def test_names_units_and_helps_are_as_prometheus_asks() -> None:
    for metric in METRICS:
        assert re.fullmatch(r"shunter_[a-z]+(_[a-z]+)*", metric.name)
        assert not re.search(r"_(minutes|hours|days|ms|kb|percent)(_|$)", metric.name)
        assert metric.help.endswith(".")
    assert len({metric.name for metric in METRICS}) == len(METRICS)
    assert {label for metric in METRICS for label in metric.labels} == {
        *("version", "job_name", "result", "mishap", "action", "bucket", "status"),
    }, "each label multiplies what is kept; job is Prometheus's own"
