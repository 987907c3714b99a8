"""Came through: whether a look did all that it could, and told what people have to settle."""

from __future__ import annotations

from adapters.azure_devops.outcomes import Applied, Refused
from jobs.run import Ending, Report


def came_through(report: Report | None) -> bool:
    """What is refused for good it has told. None: its process was killed."""
    if report is None:
        return False
    missed = [result.outcome for result in report.results if not isinstance(result.outcome, Applied)]
    is_told = all(isinstance(outcome, Refused) and outcome.is_lasting for outcome in missed)
    return report.ending is Ending.DONE or (report.ending is Ending.PARTLY_DONE and is_told)
