"""Serving: one run, or one after the other until the process is told to stop."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import replace
from threading import Event

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.outcomes import Applied
from adapters.configuration.configuration import Configuration, Mode
from adapters.store.failures import StoreError
from adapters.store.store import opened
from adapters.terminal.talk import Output, Talk
from adapters.web.hooks.home import Home
from bot.plan import Plan
from jobs.at_hand import WorldAtHand
from jobs.attend import Hung
from jobs.beside_looks import side_jobs_of
from jobs.bounds import BOUNDS
from jobs.carry_out import Result
from jobs.end_at_once import end_at_once
from jobs.expiry import expiry_words
from jobs.hints import Hints
from jobs.machine_clock import MachineClock
from jobs.read_only import look_again_after, why_read_only
from jobs.ready import not_ready
from jobs.run import Ending, Report, failed, hash_of, new_run, run
from jobs.schedule import Beside, run_until_stopped
from jobs.signals import stopped_by_signals
from jobs.tally import Tally
from jobs.unexpected import unexpected_words
from jobs.wiring import boards_of, listening_of, wire
from jobs.world import World


def run_once(configuration: Configuration, said: Talk, accepted: str) -> int:
    with opened(configuration.store, to_act=True) as store:
        report = look(wire(configuration, store), configuration, accepted)
    tell(report, configuration, said)
    return report.ending.value


def serve(configuration: Configuration, said: Talk) -> int:
    hints, machine, tally = Hints(Event()), MachineClock(), Tally()
    home = Home(configuration.connection.organisation_url)
    boards = boards_of(configuration, hints.stopping)

    def told(report: Report) -> None:
        tell(report, configuration, said)
        if report.facts is not None and (words := machine.news(boards.server_time())):
            said.say(words)

    with ExitStack() as stack:
        at_hand = WorldAtHand(lambda: _service_world(configuration, stack, boards, hints))
        at_hand.insist_on_being_alone()
        said.say(f"looking every {configuration.poll_interval.total_seconds():.0f} s; mode {configuration.mode.value}")
        try:
            with stopped_by_signals(hints):
                run_until_stopped(
                    lambda: at_hand.look(lambda world: look_around(world, configuration, home)),
                    told,
                    configuration.poll_interval,
                    hints,
                    listening_of(configuration, boards, home, hints.give, said.say),
                    beside=Beside(side_jobs_of(configuration, at_hand), lambda: at_hand.world, boards.hang_up, tally),
                    bounds=replace(BOUNDS, run=configuration.run_bound.total_seconds()),
                )
        except Hung as hung:
            end_at_once(f"{hung}: ending, to be started again", said.say)
    said.say("stopped")
    return 0


def _service_world(configuration: Configuration, stack: ExitStack, boards: Boards, hints: Hints) -> World:
    store = stack.enter_context(opened(configuration.store, to_act=True))
    world = wire(configuration, store, stopping=hints.stopping, boards=boards)
    return replace(world, why_unsteady=boards.gateway.clock.why_unsteady)


def look_around(world: World, configuration: Configuration, home: Home) -> Report:
    """A look, after which it is also known which project's hooks are ours."""
    report = look(world, configuration)
    if configuration.hooks is not None and report.facts is not None and not home.project:
        with suppress(Failure):
            home.project = world.boards.project_id()
    return report


def look(world: World, configuration: Configuration, accepted: str = "") -> Report:
    """Whatever happens, it comes to a report: the service goes on, and somebody is told."""
    try:
        return not_ready(world, configuration) or _run(world, configuration, accepted)
    except StoreError as failure:
        # What is checked before a run, and how the run ended, is kept too: where that fails, the disk is to blame.
        return Report(new_run(), None, Plan(), why=str(failure), ending=Ending.FAILED)
    except Exception as error:  # noqa: BLE001
        id = new_run()
        return failed(unexpected_words(error, id), id, world)


def _run(world: World, configuration: Configuration, accepted: str) -> Report:
    report = run(world, accepted=accepted, read_only=why_read_only(world, configuration))
    look_again_after(report.results, world)
    return report


def tell(report: Report, configuration: Configuration, said: Talk) -> None:
    """What a run came to: one line an action, and what was left for the next run."""
    if report.facts is not None and (words := expiry_words(configuration, report.facts.now)):
        said.say(words)
    if said.output is Output.JSON:
        said.json(_data(report))
        return
    whys = [f"{configuration.connection.organisation_url}: {report.why}"] if report.why else []
    for words in (*whys, *report.stopped):
        said.say(words)
    if configuration.mode is Mode.OBSERVE and report.plan:
        said.say(f"{len(report.plan)} changes would be made (plan {hash_of(report.plan)}); mode observe writes nothing")
    for result in report.results:
        said.line(told(result))
    for words in report.skipped:
        said.line(f"skipped  {words}")
    for words in report.pages:
        said.line(words)
    _tell_end(report, said)


def _tell_end(report: Report, said: Talk) -> None:
    if report.results:
        ending = report.ending.name.lower().replace("_", " ")
        said.say(f"run {report.run}: {ending}; what it wrote: shunter audit {report.run}")
    if not (report.plan or report.why or report.pages or report.stopped):
        said.line("Nothing to do.")


def told(result: Result) -> str:
    action, outcome = result.action, result.outcome
    if isinstance(outcome, Applied):
        id = "" if str(outcome.id) in action.subject.split() else f" ({outcome.id})"
        return f"done     {action.subject}: {action.kind.value}{id}: {action.reason}"
    return f"not done {action.subject}: {action.kind.value}: {outcome.why}"


def _data(report: Report) -> dict[str, object]:
    return {
        "run": report.run,
        "ending": report.ending.name.lower(),
        "why": report.why,
        "planned": len(report.plan),
        "results": [
            {
                "subject": r.action.subject,
                "action": r.action.kind.value,
                "reason": r.action.reason,
                "outcome": type(r.outcome).__name__.lower(),
                "why": "" if isinstance(r.outcome, Applied) else r.outcome.why,
            }
            for r in report.results
        ],
        "skipped": list(report.skipped),
        "stopped": list(report.stopped),
        "pages": list(report.pages),
    }
