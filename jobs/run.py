"""A run: read, decide, carry out, write down; the one place that catches what a whole run may raise."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum
from uuid import uuid4

from adapters.azure_devops.answers import Failure, SignedOut
from adapters.azure_devops.outcomes import Applied
from adapters.logs import of_run
from adapters.store.failures import StoreError
from bot.closer_look import items_needed
from bot.facts import Facts
from bot.picture import Picture
from bot.plan import Plan
from jobs.answer_comments import answer_what_was_done
from jobs.carry_out import Result, carry_out
from jobs.every_job import JOBS, Decision, decide
from jobs.forget_old import forget_old
from jobs.gone import look_for_what_is_gone
from jobs.keep_pages import keep_pages, pages_to_write
from jobs.known_refusals import without_known_refusals
from jobs.observe import as_of_now, observe, read_closely
from jobs.read_only import why_the_token_is_refused
from jobs.settle_open import settle_open_intents
from jobs.strange_states import why_misspelt
from jobs.suspicion import believe, suspicion_of
from jobs.unexpected import unexpected_words
from jobs.world import World


def new_run() -> str:
    return uuid4().hex[:12]


class Ending(Enum):
    """How a run ended; the value is the exit code of the command that ran it."""

    DONE = 0
    FAILED = 1
    PARTLY_DONE = 3
    SIGNED_OUT = 4

    @staticmethod
    def of(failure: Exception | None) -> Ending:
        """A lost sign-in is told from everything else that ends a run."""
        return Ending.SIGNED_OUT if isinstance(failure, SignedOut) else Ending.FAILED


@dataclass(frozen=True, slots=True)
class Report:
    """What a run saw, meant to do, and did. `picture` is None where nothing could be read: `why` then says why.

    `pages`: what came of the pages in the wiki, in words; `stopped`: what could not be decided safely, and for whom;
    `read_only`: why nothing at all was written, although the mode is *act*. `stands_by`: who acts instead of this
    process, which has not looked at all. `is_passing`: it failed for want of an answer, which the next may get.
    """

    run: str
    picture: Picture | None
    plan: Plan
    results: tuple[Result, ...] = ()
    skipped: tuple[str, ...] = ()
    why: str = ""
    ending: Ending = Ending.DONE
    pages: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()
    read_only: str = ""
    stands_by: str = ""
    is_passing: bool = False

    @property
    def facts(self) -> Facts | None:
        return self.picture.facts if self.picture is not None else None


def run(
    world: World,
    names: Collection[str] = tuple(JOBS),
    *,
    dry_run: bool = False,
    accepted: str = "",
    read_only: str = "",
) -> Report:
    """One cycle of the named jobs, and then the pages of the wiki. A dry run, and the mode *observe*, stop before the
    one place that writes.

    `accepted` is the hash of a plan that a person has said yes to, although it is larger than the limit.
    `read_only`: why nothing may be written although the mode is *act*.
    """
    with of_run(id := new_run()):
        report = _cycle(world, names, id, dry_run=dry_run, accepted=accepted, read_only=read_only)
        if report.facts is None or report.ending is Ending.SIGNED_OUT:
            return report
        may_write = world.may_act and not dry_run and not report.read_only and not world.why_unsteady()
        if not may_write:
            return replace(report, pages=pages_to_write(world, report.facts))
        has_written = any(isinstance(result.outcome, Applied) for result in report.results)
        return replace(report, pages=keep_pages(world, report.facts, has_written=has_written))


def _cycle(world: World, names: Collection[str], id: str, *, dry_run: bool, accepted: str, read_only: str) -> Report:
    try:
        believe(world, accepted)
        facts = observe(world)
        if not dry_run and not world.why_unsteady():
            settle_open_intents(world)
            forget_old(world)
        read_only = read_only or str(suspicion_of(world) or "") or why_misspelt(world, facts)
        picture = world.picture(facts)
        decision = decide(picture, names)
        report = Report(id, picture, decision.plan, stopped=decision.stopped)
        if why := read_only or world.why_unsteady():
            return _ended(_held(report, why), world, names, dry_run=dry_run)
        if dry_run or not world.may_act or not report.plan:
            return _ended(report, world, names, dry_run=dry_run)
        picture, decision = _look_again(world, facts, report.plan, names)
        report = replace(report, picture=picture, plan=decision.plan, stopped=decision.stopped)
        if why := world.why_unsteady():
            return _ended(_held(report, why), world, names)
        return _ended(_act(world, report, accepted), world, names)
    except Failure as failure:
        report = Report(id, None, Plan(), why=str(failure), ending=Ending.of(failure), is_passing=True)
        return _ended(report, world, names, dry_run=dry_run)
    except StoreError as failure:
        # What was written down before it was sent is settled by the next run, once the disk is well.
        return Report(id, None, Plan(), why=str(failure), ending=Ending.FAILED)
    except Exception as error:  # noqa: BLE001  (the service goes on with the next run)
        return failed(unexpected_words(error, id), id, world, names)


def _held(report: Report, read_only: str) -> Report:
    why = f"{read_only}; changes that wait: {len(report.plan)} (shunter plan)"
    return replace(report, why=why, ending=Ending.FAILED, read_only=read_only)


def failed(why: str, id: str, world: World, names: Collection[str] = tuple(JOBS)) -> Report:
    """The ledger may be what failed; then only the log knows."""
    report = Report(id, None, Plan(), why=why, ending=Ending.FAILED)
    try:
        return _ended(report, world, names)
    except Exception as error:  # noqa: BLE001
        unexpected_words(error, id)
        return report


def hash_of(plan: Plan) -> str:
    """Names a plan by what it would do, so that a person's yes is to this and nothing else."""
    lines = sorted(f"{a.kind.value} {a.subject} {a.reason}" for a in plan)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


def _look_again(world: World, facts: Facts, plan: Plan, names: Collection[str]) -> tuple[Picture, Decision]:
    """What the plan would touch or quote is read by id, and decided anew; what else comes up waits for the next run."""
    came = read_closely(world, items_needed(plan, facts))
    picture = world.picture(as_of_now(world, facts))
    again = decide(picture, names)
    known = Plan(tuple(a for a in again.plan if items_needed(Plan((a,)), picture.facts) <= came))
    return picture, replace(again, plan=known)


def _act(world: World, report: Report, accepted: str) -> Report:
    if len(report.plan) > world.changes_per_run and hash_of(report.plan) != accepted:
        why = (
            f"{len(report.plan)} changes are more than the {world.changes_per_run} that one run may make: "
            f"look at them with `shunter plan`, then say yes with `shunter run --once --accept {hash_of(report.plan)}`"
        )
        return replace(report, why=why, ending=Ending.FAILED)
    plan, skipped = without_known_refusals(world, report.plan)
    results = carry_out(plan, world, report.run)
    look_for_what_is_gone(results, world)
    is_whole = len(results) == len(plan) and not skipped
    if report.facts is not None:
        results += answer_what_was_done(world, report.facts, results, report.run)
    why, ending = why_the_token_is_refused(results), _ending_of(results, is_whole=is_whole)
    return replace(report, results=results, skipped=skipped, ending=ending, why=why, read_only=why)


def _with_what_is_missing(report: Report) -> Report:
    """What the server would not show may have asked for something, and so may what is stopped: the run is not whole."""
    unread = report.facts.unread if report.facts is not None else ()
    if not unread and not report.stopped:
        return report
    ending = Ending.PARTLY_DONE if report.ending is Ending.DONE else report.ending
    return replace(report, skipped=(*report.skipped, *unread), ending=ending)


def _ending_of(results: tuple[Result, ...], *, is_whole: bool) -> Ending:
    missed = [r.outcome for r in results if not isinstance(r.outcome, Applied)]
    if any(isinstance(outcome.cause, SignedOut) for outcome in missed):
        return Ending.SIGNED_OUT
    return Ending.DONE if is_whole and not missed else Ending.PARTLY_DONE


def _ended(report: Report, world: World, names: Collection[str], *, dry_run: bool = False) -> Report:
    report = _with_what_is_missing(report)
    if not dry_run:
        world.store.ledger.record_run(
            report.run,
            report.facts.now if report.facts is not None else None,
            tuple(names),
            report.ending.name,
            "; ".join((*((report.why,) if report.why else ()), *report.stopped)),
        )
    return report
