"""The doctor: everything that must be right before the first run, and who must fix what is not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Event

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.project_problems import project_problems
from adapters.azure_devops.resolved_states import resolved_but_unnamed
from adapters.configuration.configuration import Configuration
from adapters.configuration.load import load
from adapters.configuration.problem import ConfigurationError
from adapters.terminal.talk import Output, Talk
from jobs.expiry import expiry_words
from jobs.ready import wrong_account
from jobs.run import Ending
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
    private_cache(configuration.store.parent)
    boards = boards_of(configuration, Event())
    wrong = wrong_account(boards, configuration)
    problems = [f"project: {problem}" for problem in project_problems(boards, configuration.spelling)]
    if wrong:
        problems.insert(0, f"sign-in: {wrong}")
    if words := expiry_words(configuration, boards.server_time()):
        said.say(f"sign-in: {words}")
    if not problems:
        for words in resolved_but_unnamed(boards, configuration.spelling):
            said.say(f"project: {words}")
        said.say(f"signed in as {boards.signed_in_as()}; mode {configuration.mode.value}")
    return _told(problems, said, Ending.FAILED.value)


def _told(problems: list[str], said: Talk, code: int) -> int:
    if said.output is Output.JSON:
        said.json({"problems": problems})
    for problem in problems:
        said.line(problem)
    if not problems:
        said.line("Everything is as it must be.")
    return code if problems else 0
