"""Logging a run: one record an action, one for each thing that was left, and one for what the run came to."""

from __future__ import annotations

import logging

from adapters.azure_devops.outcomes import Applied
from adapters.configuration.configuration import Configuration, Mode
from adapters.logs import SHUNTER, of_run
from jobs.alarms import alarms
from jobs.carry_out import Result
from jobs.expiry import expiry_words
from jobs.run import Ending, Report
from jobs.vitals import result_of

_LEVEL = {Ending.DONE: logging.INFO, Ending.PARTLY_DONE: logging.WARNING}


def log_run(report: Report, configuration: Configuration) -> None:
    with of_run(report.run):
        if report.facts is not None and (words := expiry_words(configuration, report.facts.now)):
            SHUNTER.warning(words)
        for result in report.results:
            _log_result(result)
        for words in (*report.stopped, *report.skipped):
            SHUNTER.warning("left alone", extra={"why": words})
        for words in alarms(report):
            SHUNTER.error("exists twice", extra={"why": words})
        for words in report.pages:
            SHUNTER.info("page", extra={"why": words})
        _log_end(report, is_acting=configuration.mode is Mode.ACT and not report.read_only)


def _log_result(result: Result) -> None:
    action, outcome = result.action, result.outcome
    told: dict[str, object] = {
        "action": action.kind.name.lower(),
        "subject": action.subject,
        "item": action.change.id,
        "result": result_of(outcome),
        "reason": action.reason,
    }
    if isinstance(outcome, Applied):
        SHUNTER.info(action.kind.value, extra=told | {"item": outcome.id})
    else:
        SHUNTER.warning(action.kind.value, extra=told | {"why": outcome.why})


def _log_end(report: Report, *, is_acting: bool) -> None:
    """`waits`: changes that were decided on and not sent."""
    done = sum(isinstance(result.outcome, Applied) for result in report.results)
    told: dict[str, object] = {"ending": report.ending.name.lower(), "planned": len(report.plan), "done": done}
    if report.why:
        told["why"] = report.why
    if not is_acting:
        told["waits"] = len(report.plan)
    SHUNTER.log(_LEVEL.get(report.ending, logging.ERROR), "looked", extra=told)
