"""Telling a run: one line an action, and what was left for the next run; or one object of JSON, or the log."""

from __future__ import annotations

from adapters.azure_devops.outcomes import Applied
from adapters.configuration.configuration import Configuration, Mode
from adapters.logs import LogFormat
from adapters.terminal.talk import Output, Talk
from jobs.alarms import alarms
from jobs.carry_out import Result
from jobs.expiry import expiry_words
from jobs.log_run import log_run
from jobs.run import Report, hash_of


def tell_in_service(report: Report, configuration: Configuration, said: Talk) -> None:
    """Where logs are JSON it is in them, and nothing else is printed: whoever runs services makes one of their two
    streams."""
    if configuration.logs is LogFormat.JSON:
        log_run(report, configuration)
    else:
        tell(report, configuration, said)


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
    for words in alarms(report):
        said.say(words)
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
        "alarms": list(alarms(report)),
    }
