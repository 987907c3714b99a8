"""By Shunter: `SETTINGS FOLDER WORK`. Two cycles, the first with an empty store; or many of them; or its moves."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path

from adapters.azure_devops.outcomes import Applied
from adapters.configuration.load import configured
from adapters.store.store import opened
from bot.plan import ActionKind
from jobs.run import Ending, Report, run
from jobs.wiring import wire
from jobs.world import World
from tests.benchmarks.peers.starting_gate import start, stay_on_this_machine

IMPORTED_LATE = ("azure.devops.v7_1.location", "azure.devops.v7_1.work_item_tracking")
"""The others have imported the SDK, too, by the time that they start."""


def look(world: World) -> int:
    report = _well(run(world))
    return len(report.facts.defects) if report.facts else 0


def linger(world: World, looks: int) -> int:
    """As a service does for days."""
    return [look(world) for _ in range(looks)][-1]


def move(world: World) -> int:
    results = _well(run(world, ["hand_to_testers"])).results
    moved = [r for r in results if r.action.kind is ActionKind.MOVE_TO_RETEST]
    return sum(isinstance(result.outcome, Applied) for result in moved)


def _well(report: Report) -> Report:
    if report.ending is not Ending.DONE:
        raise SystemExit(f"the run ended as {report.ending.name}: {report.why}")
    return report


def main(settings: str, folder: str, work: str) -> None:
    stay_on_this_machine()
    configuration = configured(json.loads(Path(settings).read_text()), Path(folder), os.environ)
    with opened(configuration.store, to_act=True) as store:
        world = wire(configuration, store)
        for name in IMPORTED_LATE:
            import_module(name)
        match work:
            case "look":
                start(lambda: look(world), lambda: look(world))
            case "linger":
                start(lambda: linger(world, 200), lambda: linger(world, 2_000))
            case _:
                _well(run(world, dry_run=True))
                _well(run(world, dry_run=True))
                start(lambda: move(world))


if __name__ == "__main__":
    main(*sys.argv[1:])
