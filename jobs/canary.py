"""The canary: once a day a read, a write, a creation that is only validated, and how long the feed takes to tell of it.

What is quiet for weeks is proved to be well, before a release depends on it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from adapters.azure_devops.answers import Failure, Unreadable
from adapters.azure_devops.decode import candidate_list
from adapters.azure_devops.outcomes import Applied
from adapters.azure_devops.project_problems import project_problems
from adapters.azure_devops.rights.judge import Kind as Right
from adapters.azure_devops.rights.look import rights_found
from adapters.azure_devops.rows import ItemRow
from adapters.configuration.configuration import Configuration
from bot.canary import CanaryReport, Proof
from bot.change import Change, Edit, Field
from bot.defect import Kind
from bot.plan import Action, ActionKind, Plan
from jobs.carry_out import carry_out
from jobs.ready import wrong_account
from jobs.run import Ending, new_run
from jobs.shown_by_feed import WAITS, is_shown, time_until_shown
from jobs.uses import uses_of
from jobs.world import World

RULE, JOB = "canary", "canary"
A_DAY = timedelta(hours=20)
"""So long after one write no other is made: at most one a day, whenever it is asked for."""
ONLY_VALIDATED = "Shunter's canary: only validated, never saved"


class Unproved(Failure):
    """Something that has to work does not."""


def prove_daily(world: World, configuration: Configuration, told: Callable[[CanaryReport], object]) -> None:
    """For a schedule: raises `Unproved`, after it was told, so that it is tried again before the day is over."""
    report = prove(world, configuration)
    told(report)
    if not report.is_well:
        raise Unproved(JOB, report.why)


def prove(world: World, configuration: Configuration) -> CanaryReport:
    """Each proof by itself: one that fails is told, and the next is tried. Recorded as a run of its own."""
    report = _Canary(world, configuration, new_run()).sing()
    ending = Ending.DONE if report.is_well else Ending.FAILED
    world.store.ledger.record_run(report.run, report.at, (JOB,), ending.name, report.why)
    return report


class _Canary:
    def __init__(self, world: World, configuration: Configuration, run: str) -> None:
        self._world, self._configuration, self._run = world, configuration, run
        self._boards, self._id = world.boards, world.spelling.canary
        self._row: ItemRow | None = None
        self._written_at: datetime | None = None
        self._is_new = False
        self._latency: timedelta | None = None

    def sing(self) -> CanaryReport:
        """Reading comes before writing, and writing before the feed that shows it."""
        asked = {
            "sign-in": self._signs_in,
            "project": self._knows_the_project,
            "rights": self._may,
            "reading": self._reads,
            "creating": self._validates,
            "writing": self._writes,
            "feed": self._is_told,
        }
        proofs = tuple(_proved(what, act) for what, act in asked.items())
        return CanaryReport(self._run, self._now(), proofs, self._latency)

    def _now(self) -> datetime | None:
        try:
            return self._boards.server_time()
        except Unreadable:
            return None

    def _signs_in(self) -> str:
        if wrong := wrong_account(self._boards, self._configuration):
            raise Unproved("signing in", wrong)
        return f"as {self._boards.signed_in_as()}"

    def _knows_the_project(self) -> str:
        if problems := project_problems(self._boards, self._world.spelling):
            raise Unproved("types, states and fields", "; ".join(map(str, problems)))
        return "types, states and fields are as configured"

    def _may(self) -> str:
        found = rights_found(self._boards, self._world.spelling, uses_of(self._configuration))
        if missing := [finding.words for finding in found if finding.kind is Right.MISSING]:
            raise Unproved("rights", "; ".join(missing))
        unchecked = any(finding.kind is Right.UNCHECKED for finding in found)
        return "not all of them could be asked for" if unchecked else "none is missing"

    def _reads(self) -> str:
        if self._id is None:
            self._boards.in_sight([1])
            return "a query is answered; no item is configured to be read and written"
        self._row = next(iter(self._boards.closely([self._id])), None)
        if self._row is None:
            raise Unproved(f"work item {self._id}", "it is deleted or out of sight")
        return f"work item {self._id}, revision {self._row.rev}"

    def _validates(self) -> str:
        """Without environment, party and number, so that nothing would take it for an RFC, were it saved after all."""
        if not self._world.may_act:
            return "not tried: mode observe"
        saved = self._boards.validate(Change(Kind.RFC, None, None, (Edit(Field.TITLE, None, ONLY_VALIDATED),)))
        if saved is not None:
            raise Unproved("creating", f"work item {saved} was saved, though it was only to be validated: delete it")
        return "a new RFC would be taken"

    def _writes(self) -> str:
        if not self._world.may_act or self._id is None:
            return "not tried: mode observe" if self._id is not None else "not tried: no item is configured"
        if self._row is None:
            raise Unproved("writing", "the item could not be read")
        if self._world.spelling.kind_of(self._row.type) is not Kind.LIST:
            raise Unproved(f"work item {self._id}", f"it is a {self._row.type}: name a candidate list made for this")
        if was_written := self._last_written(self._row):
            self._written_at = was_written
            return f"not repeated: it was written {was_written:%Y-%m-%d %H:%M} UTC"
        return self._write(self._id, self._row.rev)

    def _last_written(self, row: ItemRow) -> datetime | None:
        """As the item says, which holds for a new database too; or as this one remembers, after a person's edit."""
        standing, kept = candidate_list(row, self._world.spelling), self._world.store.mirror.token(JOB)
        is_own = standing.written is not None and standing.written.rule == RULE
        by_bot = is_own and standing.changed_by == self._boards.signed_in_as()
        said = (standing.changed_at if by_bot else None, datetime.fromisoformat(kept) if kept else None)
        now = self._boards.server_time()
        return next((at for at in said if at is not None and abs(now - at) < A_DAY), None)

    def _write(self, id: int, rev: int) -> str:
        change = Change(Kind.LIST, id, rev)
        action = Action(ActionKind.CANARY, RULE, "to see that it can be written", f"work item {id}", change)
        (result,) = carry_out(Plan((action,)), self._world, self._run)
        if not isinstance(result.outcome, Applied):
            raise Unproved("writing", result.outcome.why)
        self._row, self._written_at, self._is_new = result.outcome.item, self._boards.server_time(), True
        self._world.store.mirror.absorb(token=(JOB, self._written_at.isoformat()))
        return f"work item {id}, revision {result.outcome.rev}"

    def _is_told(self) -> str:
        if self._row is None or self._written_at is None:
            is_shown(self._boards, 0, 0, self._boards.server_time())
            return "it is answered"
        what = (self._row.id, self._row.rev, self._written_at)
        if not self._is_new:
            if not is_shown(self._boards, *what):
                raise Unproved("feed of revisions", f"revision {self._row.rev} of the item does not show")
            return "it shows the item as it is"
        self._latency = time_until_shown(self._boards, *what)
        if self._latency is None:
            raise Unproved("feed of revisions", f"what was written did not show within {sum(WAITS)} s")
        return f"the write showed after {self._latency.total_seconds():.0f} s"


def _proved(what: str, act: Callable[[], str]) -> Proof:
    try:
        return Proof(what, is_proved=True, words=act())
    except Failure as failure:
        return Proof(what, is_proved=False, words=str(failure))
