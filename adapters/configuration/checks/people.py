"""People: whether somebody may agree and approve in each environment, and not the bot itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adapters.configuration.checks.names import name_trouble
from adapters.configuration.problem import Path, Problem
from adapters.configuration.quoting import quoted
from adapters.configuration.settings import EnvironmentSettings, Settings


def check_people(settings: Settings) -> Iterator[Problem]:
    for name, environment in settings.environments.items():
        yield from _somebody(("environments", name, "approvals"), environment.approvals, "approve an RFC")
        yield from _somebody(("environments", name, "agrees"), environment.agrees, "agree a list")
        yield from _nobody_left(name, environment, settings)
    for path, person in _deciding(settings):
        if person == settings.sign_in.account:
            yield Problem(path, "is Shunter's own account, which never decides", "name people here")


def _somebody(path: Path, roles: dict[str, list[str]], what: str) -> Iterator[Problem]:
    for role in roles:
        trouble = name_trouble((*path, role), role)
        if trouble is not None:
            yield trouble
    for role, people in roles.items():
        if not people:
            yield Problem((*path, role), "names nobody", f"name each person who may {what} as {quoted(role)}")
    if not roles:
        yield Problem(path, f"nobody may {what} here", "name a role and the people who hold it")


def _nobody_left(name: str, environment: EnvironmentSettings, settings: Settings) -> Iterator[Problem]:
    """Nobody approves a release of their own company."""
    approvers = {person for people in environment.approvals.values() for person in people}
    for party_name, party in settings.parties.items():
        if approvers and name in party.environments and approvers <= {*party.people, *party.release_managers}:
            yield Problem(
                ("environments", name, "approvals"),
                f"everybody named belongs to {quoted(party_name)}, whose releases they may not approve",
                f"name somebody who does not belong to {quoted(party_name)}",
            )


def _deciding(settings: Settings) -> Iterator[tuple[Path, str]]:
    for i, person in enumerate(settings.programme.governance):
        yield ("programme", "governance", i), person
    yield from _each(("programme", "concerned"), settings.programme.concerned)
    for name, environment in settings.environments.items():
        yield from _each(("environments", name, "approvals"), environment.approvals)
        yield from _each(("environments", name, "agrees"), environment.agrees)
        managers = {
            "environments_managers": environment.environments_managers,
            "build_managers": environment.build_managers,
            "deployment_managers": environment.deployment_managers,
            "test_managers": environment.test_managers,
        }
        yield from _each(("environments", name), managers)


def _each(path: Path, named: Mapping[str, list[str]]) -> Iterator[tuple[Path, str]]:
    for key, people in named.items():
        for i, person in enumerate(people):
            yield (*path, key, i), person
