"""A simulation: one seed, one story of a week or two in which people act, replicas look and things go wrong."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from adapters.sandbox.answer import Answer
from adapters.sandbox.call import Call
from adapters.sandbox.cast import release_manager
from adapters.sandbox.doubts import Html
from adapters.sandbox.faults import CarryOut, Fault
from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER, TESS
from jobs.run import Report
from tests.campaign.acts import People
from tests.campaign.base import a_store, base, give_back
from tests.campaign.came_through import came_through
from tests.campaign.checker import fields as f
from tests.campaign.checker.at_rest import at_rest, s16_disposable
from tests.campaign.checker.checking import Checker
from tests.campaign.checker.heard import overhearing
from tests.campaign.checker.violation import Violation
from tests.campaign.kinds import CELLS, Kind, Strike
from tests.campaign.moment import WRITES, Moment
from tests.campaign.passing_time import PassingTime
from tests.campaign.replica import PER_MINUTE, Account, Replica
from tests.campaign.touched import named, touched, unlinked
from tests.jobs.play import CONNECTING, Play
from tests.jobs.small_world import DCC_FIXES, IN_UIT, small_world

REPLICAS = (1, 2, 3)
HOW_OFTEN = (5, 3, 2)
PAUSES = (timedelta(minutes=2), timedelta(minutes=20), timedelta(hours=2), timedelta(hours=9), timedelta(days=1))
POLL = timedelta(minutes=2)
POLLS = (POLL, POLL, timedelta(minutes=13), timedelta(minutes=60))
QUIET = 10
STORES_ARE_LOST = 4
"""Of so many seeds, at the end of one."""
FIXES = (*DCC_FIXES, *IN_UIT)
POISONED = 0.3
"""In so many seeds the process refuses for good whatever the bot changes of one fix."""
A_REQUEST = timedelta(milliseconds=150)
MOMENTS = tuple(timedelta(seconds=seconds) for seconds in (5, 60, 100))


@dataclass(frozen=True)
class Outcome:
    """What came of one seed. `recoveries`: how long after a fault the first look came through, and its requests."""

    seed: int
    violations: tuple[str, ...]
    struck: Counter[tuple[str, str]]
    recoveries: tuple[tuple[timedelta, int], ...]
    requests: int


@dataclass
class _Armed:
    kind: Kind
    moment: Moment
    skip: int


@dataclass
class Simulation:
    """`tell` hears the story, a line at a time; `cells`: what may go wrong in it, and when; `resync`:
    how often everything is read anew, where that is not as it is configured."""

    seed: int
    tell: Callable[[str], object] = lambda _: None
    cells: Sequence[tuple[Kind, Moment]] = CELLS
    resync: timedelta | None = None
    struck: Counter[tuple[str, str]] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    recoveries: list[tuple[timedelta, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        random.seed(self.seed)  # the jitter of waits
        first = base()
        self.azure = small_world()
        self.azure.organisation.boards = first.boards.copy()
        self.azure.clock.set(first.at)
        self.time = PassingTime(self.azure.clock)
        self.account = Account(self.azure.token_for(BOT), self._renewed)
        self.people = People(self.azure, self.rng)
        self._programme = first.configuration.programme
        self.armed: dict[str, _Armed] = {}
        self.looking: list[Replica] = []
        self.is_quiet = False
        self._began: dict[str, list[tuple[timedelta, int]]] = {}
        self._last: dict[str, Report | None] = {}
        self._renewable = True
        self._fault: Fault | None = None
        self._start = self.time.now()
        self.replicas = [self._replica(name) for name in "ABC"[: self.rng.choices(REPLICAS, HOW_OFTEN)[0]]]
        self.play = Play(self.azure, self.replicas[0].world, lambda: self.replicas[0].world.store)
        self.azure.faults.add(self._is_struck, self._befallen, times=1_000_000)
        self._doubtful()

    def run(self) -> Outcome:
        try:
            with overhearing(self.azure) as heard:
                heard.asker = lambda: self._now.lives.process if self.looking else ""
                self.checker = Checker(self.azure, self._programme, heard, per_minute=PER_MINUTE)
                self._began_at = len(self.azure.organisation.boards.changes)
                self._story()
                self._quiet_phase()
        finally:
            for replica in self.replicas:
                give_back(replica.store)
        return Outcome(
            self.seed,
            tuple(dict.fromkeys(self.violations)),
            self.struck,
            tuple(self.recoveries),
            sum(1 for e in self.azure.journal if e.operation not in CONNECTING),
        )

    # What a fault may do: the scene of `kinds`.

    def now(self) -> datetime:
        return self.time.now()

    def passes(self, by: timedelta) -> None:
        self.time.passes(by)

    def arrives(self, later: timedelta, carry_out: CarryOut) -> None:
        self.time.arrives(later, carry_out)

    def is_paused(self, minutes: float) -> None:
        """Whoever looks stands still; the others go on, and people too."""
        whole = timedelta(minutes=minutes)
        self._say(f"{self.looking[-1].name} stands still for {minutes:.1f} min")
        for part in (whole / 2, whole / 2):
            self.time.passes(part)
            others = [replica for replica in self.replicas if not replica.is_looking]
            for replica in self.rng.sample(others, min(len(others), 1)):
                self._looks(replica)
            if self.rng.random() < 0.3:
                self._people_act()
        self._say(f"{self.looking[-1].name} goes on")

    def editable(self, call: Call) -> list[int]:
        return [id for id in touched(call) if self.azure.organisation.boards.items[id].is_there]

    def somebody_edits(self, id: int) -> None:
        self.azure.person(TESS).edit(id, {f.TITLE: f"Edited {self.rng.randrange(1000)}"})
        self._say(f"meanwhile somebody edits {id}")

    def linkable(self, call: Call) -> list[int]:
        """Lists of which the place of a link is named: a link that comes in between moves it."""
        items = self.azure.organisation.boards.items
        return [id for id in unlinked(call) if items[id].is_there and items[id].type.name == f.LIST]

    def somebody_links(self, id: int) -> None:
        """To a few things that have nothing to do with the list: of which some stand before the others."""
        known = {target for link in self.azure.item(id).relations if (target := link.target)}
        others = [one.id for one in self.azure.items(f.DEFECT) if one.id not in known]
        for other in self.rng.sample(others, min(len(others), 2)):
            self.azure.person(SIT_DEFECT_MANAGER).link(id, f.ENTRY, other, "see also")
        self._say(f"meanwhile somebody links {id} to others")

    def deletable(self, call: Call) -> list[int]:
        """A list that was sealed alone knows what its release brings: nobody deletes that."""
        there = (item for id in named(call) if (item := self.azure.organisation.boards.items[id]).is_there)
        return [item.id for item in there if item.type.name != f.LIST or item.state == f.PROPOSED]

    def somebody_deletes(self, id: int) -> None:
        place = str(self.azure.item(id).fields.get(f.ENVIRONMENT, ""))
        self.azure.person(release_manager(place)).delete(id)
        self._say(f"meanwhile somebody deletes {id}")

    def loses_its_store(self) -> None:
        self._now.loses_its_store()
        self.checker.history.heard.rests_are_over(self._now.name)

    def token_ends(self, *, until_people_renew_it: bool) -> None:
        self._renewable = not until_people_renew_it
        self.azure.tokens.expire(self.account.token)

    def lags(self, by: timedelta) -> None:
        self.azure.organisation.feed_lag = by

    def clock_jumps(self, seconds: float) -> None:
        self._now.clock_jumps(seconds)
        if seconds > 0:
            self.checker.history.heard.rests_are_over(self._now.name)

    def is_told_to_rest(self, seconds: int) -> None:
        self.checker.history.heard.rest(seconds)

    @property
    def _now(self) -> Replica:
        return self.looking[-1]

    # The story.

    def _story(self) -> None:
        for _ in range(self.rng.randrange(10, 15)):
            for _ in range(self.rng.choice((1, 2, 2, 3))):
                self._people_act()
            self._cure()
            self._arm()
            for replica in self.rng.sample(self.replicas, self.rng.randint(1, len(self.replicas))):
                self._looks(replica)
                self._follow_up()
            self.time.passes(self.rng.choice(PAUSES) * self.rng.uniform(0.5, 1.5))

    def _people_act(self) -> None:
        self._say(self.people.act())

    def _follow_up(self) -> None:
        """Until one look of each that was struck has come through they are polled again, of which a few polls stand
        for all: the last of them has to. While a request is still under way, somebody else looks, or whoever has begun
        anew."""
        if self.time.is_any_under_way:
            asked = len(self.azure.journal)
            self.time.passes(MOMENTS[asked % len(MOMENTS)])
            self._looks(self.replicas[asked % len(self.replicas)])
        for number, later in enumerate(POLLS):
            struck = self._struck()
            if not struck:
                return
            self.time.passes(later)
            if number:
                self._people_renew_the_token()
            for replica in struck:
                self._looks(replica)
        for replica in self._struck():
            self._no_look_comes_through(replica, "no look has come through for an hour, and nothing is wrong")

    def _struck(self) -> list[Replica]:
        return [replica for replica in self.replicas if replica.name in self._began]

    def _no_look_comes_through(self, replica: Replica, words: str) -> None:
        last = _told(self._last.get(replica.name))
        self._judge([Violation("L5", self.time.now(), 0, f"{replica.name}: {words}: it {last}")])

    def _people_renew_the_token(self) -> None:
        self._renewable = True
        self.azure.tokens.renew(self.account.token)

    def _cure(self) -> None:
        """Somebody looks after what has gone wrong."""
        if self.rng.random() < 0.6:
            self._people_renew_the_token()
        if self.rng.random() < 0.5:
            self.azure.organisation.feed_lag = timedelta(0)

    def _arm(self) -> None:
        for replica in self.replicas:
            if replica.name in self.armed or self.rng.random() > 0.7:
                continue
            kind, moment = self.rng.choice(self.cells)
            self.armed[replica.name] = _Armed(kind, moment, self.rng.choice((0, 0, 0, 1, 2)))

    def _quiet_phase(self) -> None:
        self._say("all is quiet from now on")
        self.is_quiet = True
        self.armed.clear()
        self._people_renew_the_token()
        self.azure.organisation.feed_lag = timedelta(0)
        self.time.passes(timedelta(hours=1, minutes=5))
        for number in range(QUIET):
            self.time.passes(POLL)
            self._looks(self.replicas[number % len(self.replicas)])
        ledgers = [replica.store.opened().ledger for replica in self.replicas]
        forgotten = set[str]().union(*(replica.lives.forgotten for replica in self.replicas))
        self._judge(self.checker.when_quiet(ledgers, lived_since=self._began_at, forgotten=forgotten))
        self._has_come_to_rest()
        if self.seed % STORES_ARE_LOST == 0 and not self._is_any_destroyed():
            self._all_stores_are_lost()

    def _has_come_to_rest(self) -> None:
        writes = len(self.checker.history.heard.writes)
        for replica in self.replicas:
            self._looks(replica)
            if not came_through(self._last[replica.name]):
                self._no_look_comes_through(replica, "in the end, with nothing wrong, no look comes through")
        if not self._is_any_destroyed():
            self._judge(at_rest(self.checker.history, writes))

    def _differ_in_what_is_there(self) -> bool:
        """Then each writes its own text over the other's, until it reads everything anew."""
        return len(self.replicas) > 1 and self._is_any_destroyed()

    def _is_any_destroyed(self) -> bool:
        """No feed says so: of two replicas one knows it sooner than the other, and so does one without its store."""
        return any(item.is_gone for item in self.azure.organisation.boards.items.values())

    def _all_stores_are_lost(self) -> None:
        """Away from the full hours, at which notices run out and windows begin: that changes something by itself."""
        minute = self.time.now().minute
        self.time.passes(timedelta(minutes=0 if 5 <= minute <= 40 else (65 - minute) % 60))
        for replica in self.replicas:
            self._looks(replica)
        self._say("every store is lost")
        place, since = self.checker.history.end, self.time.now()
        for replica in self.replicas:
            replica.loses_its_store()
        for replica in (*self.replicas, *self.replicas):
            self.time.passes(POLL)
            self._looks(replica)
        self._judge(s16_disposable(self.checker.history, place, since))

    def _looks(self, replica: Replica) -> None:
        self.looking.append(replica)
        began = len(self.azure.journal)
        try:
            self._between()
            report = replica.look()
        finally:
            self.looking.pop()
        self._say(f"{replica.name} {_told(report)} ({len(self.azure.journal) - began} requests)")
        for line in self.play.news():
            self._say(f"    {line}")
        if report is not None and "nobody expected" in report.why:
            self.violations.append(f"{self.time.now():%Y-%m-%d %H:%M:%S}: {report.why}")
        self._last[replica.name] = report
        self._recovered(replica)
        self._judge(self.checker.news())

    def _judge(self, found: Iterable[Violation]) -> None:
        """What the bot may not change it cannot hand over; every other promise holds all the same."""
        poisoned = self.azure.organisation.kept_from
        for violation in found:
            if violation.promise == "L2" and violation.item in poisoned:
                continue
            if violation.promise == "S7" and "within a day" in violation.words and self._differ_in_what_is_there():
                continue
            self._say(f"VIOLATION {violation}")
            self.violations.append(str(violation))

    def _between(self) -> None:
        armed = self.armed.get(self._now.name)
        if armed is not None and armed.moment is Moment.BETWEEN:
            self._strikes(armed, None)

    def _recovered(self, replica: Replica) -> None:
        if came_through(self._last[replica.name]):
            at, asked = self.time.now() - self._start, len(self.azure.journal)
            self.recoveries += [(at - since, asked - before) for since, before in self._began.pop(replica.name, [])]

    # Where faults strike.

    def _is_struck(self, call: Call) -> bool:
        if call.by.sign_in != BOT or not self.looking:
            return False
        self.time.passes(A_REQUEST)
        if call.operation in WRITES:
            self.checker.history.heard.is_sent(call)
        armed = self.armed.get(self._now.name)
        if armed is None or not _befalls(armed, call):
            return False
        self._fault = self._strikes(armed, call)
        return self._fault is not None

    def _befallen(self, carry_out: CarryOut) -> Answer:
        fault, self._fault = self._fault, None
        assert fault is not None
        return fault(carry_out)

    def _at_commit(self, replica: Replica, moment: Moment, is_made: bool) -> None:
        armed = self.armed.get(replica.name)
        if armed is None or armed.moment is not moment or not replica.is_looking:
            return
        if is_made and moment is Moment.KEEPING:
            return
        if not armed.kind.is_of_requests(moment):
            self._strikes(armed, None)

    def _strikes(self, armed: _Armed, call: Call | None) -> Fault | None:
        strike = Strike(self, armed.moment, call)
        if not armed.kind.finds(strike):
            return None
        if armed.skip:
            armed.skip -= 1
            return None
        name = self._now.name
        del self.armed[name]
        about = f" of {call.operation}" if call else ""
        self._say(f"! {armed.kind.name}, {armed.moment.value}{about}, {name}")
        self._began.setdefault(name, []).append((self.time.now() - self._start, len(self.azure.journal)))
        self.struck[armed.kind.name, armed.moment.value] += 1
        return armed.kind.effect(strike)

    def _renewed(self) -> bool:
        if self._renewable:
            self.azure.tokens.renew(self.account.token)
        return self._renewable

    def _replica(self, name: str) -> Replica:
        store, first = a_store(), base()
        if self.rng.random() < 0.8:
            store.holds(first.store)
        configuration = replace(first.configuration, resync_interval=self.resync or first.configuration.resync_interval)
        return Replica(name, self.azure, self.time, configuration, self.account, store, self._at_commit)

    def _doubtful(self) -> None:
        """Where nobody knows how the service answers, this seed has one of the answers."""
        service, draw = self.azure.organisation, self.rng.random
        service.batch_is_atomic = draw() < 0.5
        service.empty_page_before_last = draw() < 0.3
        doubts = service.doubts
        doubts.missing_items_are_null = draw() < 0.5
        doubts.the_same_again_is_a_revision = draw() < 0.5
        doubts.failed_test = 409 if draw() < 0.3 else 412
        doubts.parts_fail_with_whole_errors = draw() < 0.5
        doubts.a_batch_stops_at_a_failure = draw() < 0.3
        doubts.html = self.rng.choice((Html.USUAL, Html.ALL))
        if draw() < POISONED:
            service.kept_from[self.rng.choice(FIXES)] = BOT

    def _say(self, words: str) -> None:
        self.tell(f"{self.time.now():%a %d-%b %H:%M:%S}  {words}")


def _befalls(armed: _Armed, call: Call) -> bool:
    if not armed.kind.is_of_requests(armed.moment) or call.operation in CONNECTING:
        return False
    is_write = call.operation in WRITES
    return is_write is (armed.moment is not Moment.READ) and armed.kind.operation in ("", call.operation)


def _told(report: Report | None) -> str:
    if report is None:
        return "was killed, and begins anew"
    why = f": {report.why}" if report.why else ""
    return f"looks, {report.ending.name.lower().replace('_', ' ')}{why}"
