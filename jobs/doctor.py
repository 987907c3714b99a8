"""The doctor: everything that must be right before the first run, and who must fix what is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.project_problems import project_problems
from adapters.azure_devops.resolved_states import resolved_but_unnamed
from adapters.azure_devops.rights.judge import Kind
from adapters.azure_devops.rights.look import rights_found
from adapters.azure_devops.rights.needed import Use
from adapters.configuration.configuration import Configuration
from adapters.configuration.load import load
from adapters.configuration.problem import ConfigurationError
from adapters.terminal.talk import Output, Talk
from jobs.expiry import expiry_words
from jobs.ready import wrong_account
from jobs.run import Ending
from jobs.try_evidence import try_evidence
from jobs.try_wiki import try_wiki
from jobs.uses import uses_of
from jobs.wiring import boards_of, private_cache

USAGE = 2


def examine(path: Path, environ: Mapping[str, str], said: Talk) -> int:
    try:
        configuration = load(path, environ)
    except ConfigurationError as error:
        return _told([f"configuration: {problem}" for problem in error.problems], said, USAGE)
    try:
        return _examine_project(configuration, said)
    except Failure as failure:
        ending = Ending.of(failure)
        return _told([f"connection: {configuration.connection.organisation_url}: {failure}"], said, ending.value)


def _examine_project(configuration: Configuration, said: Talk) -> int:
    private_cache(configuration.folder)
    boards = boards_of(configuration, Event())
    wrong = wrong_account(boards, configuration)
    problems = [f"project: {problem}" for problem in project_problems(boards, configuration.spelling)]
    wiki, evidence = try_wiki(boards, configuration), try_evidence(boards, configuration)
    problems += (*wiki.problems, *evidence.problems)
    if wrong:
        problems.insert(0, f"sign-in: {wrong}")
    if words := expiry_words(configuration, boards.server_time()):
        said.say(f"sign-in: {words}")
    uses = uses_of(configuration) if wiki.repository else uses_of(configuration) - {Use.WRITE_WIKI}
    rights = rights_found(boards, configuration.spelling, uses, wiki.repository)
    problems += [f"rights, {finding}" for finding in rights if finding.kind is Kind.MISSING]
    if not problems:
        for words in resolved_but_unnamed(boards, configuration.spelling):
            said.say(f"project: {words}")
        said.say(f"signed in as {boards.signed_in_as()}; mode {configuration.mode.value}")
    warnings = [f"rights, {finding}" for finding in rights if finding.kind is not Kind.MISSING]
    return _told(problems, said, Ending.FAILED.value, [*evidence.warnings, *warnings])


def _told(problems: list[str], said: Talk, code: int, warnings: Sequence[str] = ()) -> int:
    """What Shunter has beyond its needs harms nobody by itself: it is told, and nothing has to wait for it."""
    if said.output is Output.JSON:
        said.json({"problems": problems, "warnings": list(warnings)})
    for line in (*problems, *warnings):
        said.line(line)
    if not problems:
        said.line("Everything else is as it must be." if warnings else "Everything is as it must be.")
    return code if problems else 0
