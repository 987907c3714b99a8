"""Serving: one run, or one after the other until the process is told to stop."""

from __future__ import annotations

from contextlib import suppress
from threading import Event

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.outcomes import Applied
from adapters.configuration.configuration import Configuration, Mode
from adapters.store.failures import StoreError
from adapters.store.store import opened
from adapters.terminal.talk import Output, Talk
from adapters.web.hooks.home import Home
from bot.plan import Plan
from jobs.carry_out import Result
from jobs.expiry import expiry_words
from jobs.hints import Hints
from jobs.read_only import look_again_after, why_read_only
from jobs.ready import not_ready
from jobs.run import Ending, Report, failed, hash_of, new_run, run
from jobs.schedule import run_until_stopped, stopped_by_signals
from jobs.unexpected import unexpected_words
from jobs.wiring import listening_of, wire
from jobs.world import World


def run_once(configuration: Configuration, said: Talk, accepted: str) -> int:
    with opened(configuration.store, to_act=True) as store:
        report = look(wire(configuration, store), configuration, accepted)
    tell(report, configuration, said)
    return report.ending.value


def serve(configuration: Configuration, said: Talk) -> int:
    hints = Hints(Event())
    home = Home(configuration.connection.organisation_url)
    with opened(configuration.store, to_act=True) as store:
        world = wire(configuration, store, stopping=hints.stopping)
        said.say(f"looking every {configuration.poll_interval.total_seconds():.0f} s; mode {configuration.mode.value}")
        with stopped_by_signals(hints):
            run_until_stopped(
                lambda: look_around(world, configuration, home),
                lambda report: tell(report, configuration, said),
                configuration.poll_interval,
                hints,
                listening_of(configuration, world.boards, home, hints.give, said.say),
            )
    said.say("stopped")
    return 0


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
    if report.why:
        said.say(f"{configuration.connection.organisation_url}: {report.why}")
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
    if not report.plan and not report.why and not report.pages:
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
        "pages": list(report.pages),
    }
