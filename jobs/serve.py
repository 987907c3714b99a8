"""Serving: one run, or one after the other until the process is told to stop."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from threading import Event

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.boards import Boards
from adapters.configuration.configuration import Configuration
from adapters.logs import LogFormat
from adapters.store.failures import StoreError
from adapters.store.store import opened
from adapters.terminal.talk import Talk
from adapters.web.hooks.home import Home
from bot.plan import Plan
from jobs.at_hand import WorldAtHand, asked_within
from jobs.attend import Hung
from jobs.beside_looks import side_jobs_of
from jobs.bounds import BOUNDS
from jobs.end_at_once import end_at_once
from jobs.health import health_told
from jobs.hints import Hints
from jobs.log_run import log_run
from jobs.machine_clock import MachineClock
from jobs.read_only import look_again_after, why_read_only
from jobs.ready import not_ready
from jobs.run import Ending, Report, failed, new_run, run
from jobs.schedule import Beside, run_until_stopped
from jobs.signals import stopped_by_signals
from jobs.tally import Tally
from jobs.tell_run import tell, tell_in_service
from jobs.unexpected import unexpected_words
from jobs.vitals import Vitals
from jobs.wiring import boards_of, listening_of, wire
from jobs.world import World


def run_once(configuration: Configuration, said: Talk, accepted: str) -> int:
    with opened(configuration.store, to_act=True) as store:
        world = wire(configuration, store)
        vitals = Vitals(configuration, is_service=False)
        vitals.meet(world)
        vitals.begin()
        report = look(world, configuration, accepted)
        vitals.note(report)
    if configuration.logs is LogFormat.JSON:
        log_run(report, configuration)
    tell(report, configuration, said)
    return report.ending.value


def serve(configuration: Configuration, said: Talk) -> int:
    hints, machine, tally = Hints(Event()), MachineClock(), Tally()
    home = Home(configuration.connection.organisation_url)
    boards = boards_of(configuration, hints.stopping)
    vitals = Vitals(configuration, mishaps=lambda: {(m.value, job): n for (m, job), n in tally.counted().items()})

    def told(report: Report) -> None:
        tell_in_service(report, configuration, said)
        if report.stands_by:
            hints.give()  # and goes on asking, however long the interval is
        if report.facts is not None and (words := machine.news(boards.server_time())):
            said.say(words)

    with ExitStack() as stack:
        may_stand_by = not isinstance(configuration.store, Path)
        at_hand = WorldAtHand(
            lambda: service_world(configuration, stack, boards, hints, vitals),
            wait=hints.stopping.wait if may_stand_by else None,
            asked=asked_within(configuration.poll_interval),
            told=vitals.stand_by,
            met=vitals.meet,
        )
        beside_looks = side_jobs_of(configuration, at_hand.opened, vitals)
        at_hand.insist_on_being_alone()
        said.say(f"looking every {configuration.poll_interval.total_seconds():.0f} s; mode {configuration.mode.value}")
        try:
            with stopped_by_signals(hints), health_told(configuration, vitals, said.say):
                run_until_stopped(
                    vitals.beginning(lambda: at_hand.look(lambda world: look_around(world, configuration, home))),
                    vitals.noting(told),
                    configuration.poll_interval,
                    hints,
                    listening_of(configuration, boards, home, hints.give, said.say),
                    beside=Beside(beside_looks, lambda: at_hand.world, boards.hang_up, tally),
                    bounds=replace(BOUNDS, run=configuration.run_bound.total_seconds()),
                )
        except Hung as hung:
            end_at_once(f"{hung}: ending, to be started again", said.say)
    said.say("stopped")
    return 0


def service_world(
    configuration: Configuration, stack: ExitStack, boards: Boards, hints: Hints, vitals: Vitals
) -> World:
    """`stack` has the store once all has succeeded: one that is left open keeps whoever tries again from it."""
    with ExitStack() as meanwhile:
        store = meanwhile.enter_context(opened(configuration.store, to_act=True))
        world = wire(configuration, store, stopping=hints.stopping, boards=boards)
        vitals.meet(world)
        stack.push(meanwhile.pop_all())
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
