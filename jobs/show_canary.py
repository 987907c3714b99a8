"""Showing the canary: it is let sing once, now, and what it proved is told."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.configuration.configuration import Configuration
from adapters.store.store import opened
from adapters.terminal.talk import Output, Talk
from bot.canary import CanaryReport
from jobs.canary import prove
from jobs.run import Ending
from jobs.wiring import wire


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One line of what was proved."""

    what: str
    result: str
    words: str


def show_canary(configuration: Configuration, said: Talk) -> int:
    with opened(configuration.store, to_act=True) as store:
        report = prove(wire(configuration, store), configuration)
    rows = [ProofRow(p.what, "well" if p.is_proved else "failed", p.words) for p in report.proofs]
    if said.output is Output.JSON:
        said.json(_data(report))
    else:
        said.rows("canary", rows)
    return Ending.DONE.value if report.is_well else Ending.FAILED.value


def _data(report: CanaryReport) -> dict[str, object]:
    return {
        "run": report.run,
        "is_well": report.is_well,
        "latency_seconds": None if report.latency is None else report.latency.total_seconds(),
        "proofs": [{"what": p.what, "is_proved": p.is_proved, "words": p.words} for p in report.proofs],
    }
