"""The pace: how fast requests follow each other, what the service asks for, and what it leaves of the allowance."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from adapters.azure_devops.answers import Stopping, Throttled, Unreachable
from adapters.azure_devops.pace import Pace
from adapters.sandbox import faults
from adapters.sandbox.metering import Meter
from tests.adapters.azure_devops.identity_in_use import IdentityInUse
from tests.adapters.azure_devops.world import START, Clock, World

HALF_AN_HOUR = 1800.0
ALLOWANCE = 200.0
QUARTER = 50.0
ALWAYS = 99_999


def test_sixty_requests_a_minute_and_no_more() -> None:
    clock = Clock()
    pace = clock.pace(per_minute=60)

    for _ in range(121):
        pace.admit("GET something", patience=300)

    assert clock.seconds == 1000.0 + 120.0


@pytest.mark.parametrize("cost", [0.05, 0.2, 1.0, 2.5, 5.0])
@pytest.mark.parametrize("told_from", [0.0, 0.1], ids=["told always", "told near the limit"])
def test_alone_it_uses_a_quarter_of_the_allowance_at_most(cost: float, told_from: float) -> None:
    identity = IdentityInUse(lambda: cost, told_from=told_from).passes(HALF_AN_HOUR)

    assert identity.most() <= QUARTER
    assert len(identity.ours) >= HALF_AN_HOUR / 60


@pytest.mark.parametrize("cost", [0.2, 2.5])
def test_writes_which_wait_less_keep_to_it_too(cost: float) -> None:
    assert IdentityInUse(lambda: cost, patience=30.0).passes(HALF_AN_HOUR).most() <= QUARTER


@pytest.mark.parametrize("threads", [2, 4, 16])
@pytest.mark.parametrize("cost", [0.05, 0.2, 1.0, 2.5])
def test_threads_share_that_quarter_but_for_what_is_on_its_way_at_first(cost: float, threads: int) -> None:
    identity = IdentityInUse(lambda: cost, threads).passes(HALF_AN_HOUR)

    assert identity.most() <= QUARTER + (threads - 1) * cost


@pytest.mark.parametrize("seed", range(5))
def test_requests_of_unlike_cost_keep_to_it_but_for_one(seed: int) -> None:
    dice = random.Random(seed)
    identity = IdentityInUse(lambda: dice.expovariate(1.0)).passes(HALF_AN_HOUR)

    assert identity.most() <= QUARTER + max(cost for _, cost in identity.ours)


@pytest.mark.parametrize("others", [(1.0, 0.33), (120.0, 40.0), (0.5, 0.4)], ids=["steadily", "in bursts", "all of it"])
def test_others_under_the_same_identity_slow_it_down_and_never_stop_it(others: tuple[float, float]) -> None:
    identity = IdentityInUse(lambda: 0.2, others=others).passes(HALF_AN_HOUR)

    assert identity.most() <= QUARTER
    assert len(identity.ours) >= HALF_AN_HOUR / 61


def test_a_service_that_adds_up_what_is_used_never_has_to_refuse_anything(world: World) -> None:
    world.defects(1)
    meter = Meter(lambda: START.fromtimestamp(START.timestamp() + world.clock.seconds, START.tzinfo), lambda: 2.0)
    world.azure.faults.add(lambda _call: True, meter.metered(), times=ALWAYS)

    for _ in range(200):
        world.boards.closely([1])

    assert {exchange.status for exchange in world.azure.journal} == {200}
    assert meter.most_used <= QUARTER
    assert world.clock.seconds - 1000.0 < 4 * HALF_AN_HOUR


def test_a_service_that_adds_up_refuses_who_does_not_heed_it(world: World) -> None:
    meter = Meter(lambda: START, lambda: 2.0, limit=10.0)
    world.azure.faults.add("connection", meter.metered(), times=ALWAYS)

    statuses = []
    for _ in range(8):
        try:
            world.gateway.write("GET connection", lambda clients: clients.location.get_connection_data())
        except Throttled as throttled:
            statuses.append(throttled.retry_after)

    assert statuses == [300.0, 300.0]


@pytest.mark.parametrize(
    ("limit", "remaining"),
    [
        pytest.param("200", "nan", id="no number"),
        pytest.param("200", "-inf", id="less than nothing"),
        pytest.param("200", "many", id="words"),
        pytest.param("inf", "10", id="without limit"),
        pytest.param("0", "0", id="nothing at all"),
        pytest.param("-5", "-10", id="a negative limit"),
        pytest.param("200", "", id="nothing left, unsaid"),
    ],
)
def test_what_says_nothing_of_the_allowance_is_not_heeded(limit: str, remaining: str) -> None:
    clock = Clock()
    pace = clock.pace()
    pace.admit("GET something", patience=300)
    pace.heed({"X-RateLimit-Limit": limit, "X-RateLimit-Remaining": remaining}, is_throttled=False)

    pace.admit("GET something", patience=300)

    assert clock.waits == []


@pytest.mark.parametrize(
    ("delay", "waits"),
    [("0.000", []), ("2.5", [2.5]), ("86400", [30.0]), ("-3", []), ("nan", []), ("soon", []), ("inf", [])],
)
def test_a_request_that_was_delayed_delays_the_next(delay: str, waits: list[float]) -> None:
    clock = Clock()
    pace = clock.pace()
    pace.heed({"X-RateLimit-Delay": delay}, is_throttled=False)

    pace.admit("GET something", patience=300)

    assert clock.waits == waits


def test_of_an_allowance_that_is_used_up_one_request_a_minute_is_asked() -> None:
    clock = Clock()
    pace = clock.pace()
    for _ in range(3):
        pace.admit("GET something", patience=300)
        pace.heed({"X-RateLimit-Limit": "200", "X-RateLimit-Remaining": "-20"}, is_throttled=False)

    assert clock.waits == [60.0, 60.0]


def test_each_resource_has_an_allowance_of_its_own() -> None:
    clock = Clock()
    pace = clock.pace()
    for number in range(4):
        pace.admit("GET something", patience=300)
        used_up = {"X-RateLimit-Limit": "200", "X-RateLimit-Remaining": "0", "X-RateLimit-Resource": "core"}
        unused = {"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "50", "X-RateLimit-Resource": "database"}
        pace.heed(used_up if number % 2 == 0 else unused, is_throttled=False)

    assert clock.waits == [60.0, 60.0, 60.0]


def test_what_was_told_six_minutes_ago_is_over() -> None:
    clock = Clock()
    pace = clock.pace()
    pace.admit("GET something", patience=300)
    pace.heed({"X-RateLimit-Limit": "200", "X-RateLimit-Remaining": "0"}, is_throttled=False)
    clock.seconds += 360

    pace.admit("GET something", patience=300)

    assert clock.waits == []


def test_to_keep_to_our_share_delays_a_write_and_never_refuses_it() -> None:
    clock = Clock()
    pace = clock.pace()
    pace.admit("GET something", patience=300)
    pace.heed({"X-RateLimit-Limit": "200", "X-RateLimit-Remaining": "0"}, is_throttled=False)

    pace.admit("PATCH $batch", patience=30)

    assert clock.waits == [30.0]


def test_what_one_thread_is_told_holds_for_another_that_waits_already() -> None:
    clock = Clock()

    def told_meanwhile(seconds: float) -> bool:
        clock.wait(seconds)
        if len(clock.waits) == 1:
            pace.heed({"Retry-After": "100"}, is_throttled=True)
        return False

    pace = Pace(monotonic=clock.monotonic, wait=told_meanwhile, per_minute=1)
    pace.admit("GET one", patience=300)
    pace.admit("GET another", patience=300)

    assert clock.waits == [60.0, 100.0]


def test_a_machine_that_sleeps_while_it_waits_lets_the_time_of_a_request_pass() -> None:
    clock, slept = Clock(), [0.0]

    def sleeps(seconds: float) -> bool:
        slept[0] += 900
        return clock.wait(seconds)

    pace = Pace(monotonic=clock.monotonic, elapsed=lambda: clock.monotonic() + slept[0], wait=sleeps, per_minute=1)
    pace.admit("GET one", patience=300)

    with pytest.raises(Throttled, match="its time was over"):
        pace.admit("POST another", patience=300, until=pace.elapsed() + 100)


def test_threads_that_ask_at_once_are_let_through_as_the_minute_allows() -> None:
    lock = threading.Lock()
    waited: list[float] = []

    def wait(seconds: float) -> bool:
        with lock:
            waited.append(seconds)
        return False

    pace = Pace(monotonic=lambda: 1000.0, wait=wait, per_minute=5)
    with ThreadPoolExecutor(20) as threads:
        for _ in range(20):
            threads.submit(pace.admit, "GET something", patience=1000)

    assert sorted(waited) == [60.0] * 5 + [120.0] * 5 + [180.0] * 5


def test_stopping_ends_the_wait_for_the_next_minute() -> None:
    clock = Clock()
    pace = clock.pace(per_minute=1)
    pace.admit("GET one", patience=300)
    clock.is_stopping = True

    with pytest.raises(Stopping):
        pace.admit("GET another", patience=300)


def throttled(world: World) -> None:
    world.azure.faults.add("workitemsbatch", faults.throttled(60))


def failing(world: World) -> None:
    world.azure.faults.add("workitemsbatch", faults.unavailable(applied=False))


def spaced(world: World) -> None:
    world.azure.faults.add("workitemsbatch", faults.slowed_down(limit=200, remaining=0), times=2)
    world.boards.closely([1])


@pytest.mark.parametrize(
    ("arrange", "asked"),
    [
        pytest.param(throttled, {"workitemsbatch": 1}, id="as the service asked"),
        pytest.param(failing, {"workitemsbatch": 1}, id="before another try"),
        pytest.param(spaced, {"workitemsbatch": 1}, id="for our share"),
    ],
)
def test_stopping_ends_each_kind_of_wait_at_once_and_nothing_more_is_sent(
    world: World, arrange: Callable[[World], None], asked: dict[str, int]
) -> None:
    world.defects(1)
    arrange(world)
    world.clock.is_stopping = True

    with pytest.raises(Stopping, match="not sent: Shunter is stopping"):
        world.boards.closely([1])

    assert world.asked() == asked
    assert len(world.clock.waits) == 1


def test_what_was_begun_is_finished_when_it_is_to_stop_and_ten_seconds_later_nothing_is_sent() -> None:
    clock = Clock()
    pace = Pace(monotonic=clock.monotonic, wait=clock.wait, is_stopping=lambda: clock.is_stopping)
    pace.admit("GET one", patience=300)
    clock.is_stopping = True
    for _ in range(4):
        pace.admit("PATCH another", patience=30)
        clock.seconds += 3
    with pytest.raises(Stopping):
        pace.admit("PATCH too late", patience=30)

    clock.is_stopping = False
    pace.admit("GET in the next run", patience=300)


def test_a_run_that_was_told_to_stop_says_nothing_about_the_server(world: World) -> None:
    world.defects(1)
    failing(world)
    world.clock.is_stopping = True
    with pytest.raises(Stopping):
        world.boards.closely([1])

    world.clock.is_stopping = False
    before = world.clock.seconds
    world.boards.closely([1])
    assert world.clock.seconds == before


def test_who_is_told_to_stop_knows_that_nothing_was_sent() -> None:
    stopping = Stopping("PATCH $batch")

    assert isinstance(stopping, Unreachable)
    assert stopping.may_have_arrived is False


def test_a_turn_that_comes_too_late_is_refused() -> None:
    clock = Clock()
    pace = clock.pace()
    pace.heed({"Retry-After": "31"}, is_throttled=True)

    with pytest.raises(Throttled, match="the pace asks for 31 s first"):
        pace.admit("PATCH $batch", patience=30)
    with pytest.raises(Throttled, match="the pace asks for 31 s first"):
        pace.admit("POST", patience=60, until=clock.seconds + 20)
    assert clock.waits == []


def test_what_the_sdk_asks_of_its_own_accord_takes_a_turn_too(world: World) -> None:
    world.azure.faults.add("discovery", faults.slowed_down(45, remaining=200), times=ALWAYS)
    world.boards.signed_in_as()

    assert set(world.clock.waits) <= {45.0}
    discovered = [e for e in world.azure.journal if e.operation == "discovery"]
    assert len(world.clock.waits) == len(discovered)
