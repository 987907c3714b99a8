"""Alarms: what came to exist twice, and only a person can put right."""

from __future__ import annotations

from bot import second_lists, second_rfcs
from jobs.run import Report


def alarms(report: Report) -> tuple[str, ...]:
    if report.facts is None:
        return ()
    return (*second_lists.alarms(report.facts), *second_rfcs.alarms(report.facts))
