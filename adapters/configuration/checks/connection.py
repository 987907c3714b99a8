"""Connection: an address that a token may be sent to, a project that is one name, and a proxy without a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adapters.configuration.organisation_url import address_trouble
from adapters.configuration.plain_url import url_trouble
from adapters.configuration.problem import Path, Problem
from adapters.configuration.settings import Settings

LONGEST_PROJECT = 64
_PROXY = "http://proxy.company.com:8080"
_NO_PASSWORD = "name one that lets this machine through without: Shunter tells a proxy no secret"  # noqa: S105

# https://learn.microsoft.com/azure/devops/organizations/settings/naming-restrictions
_FORBIDDEN = re.compile(r"""[/:\\~&%;@'"?<>|#$*}{,+=\[\]]""")


def check_connection(settings: Settings) -> Iterator[Problem]:
    connection = settings.connection
    if connection.gives("organisation_url"):
        trouble = address_trouble(connection.organisation_url, server=connection.server)
        if trouble is not None:
            yield Problem(("connection", "organisation_url"), *trouble)
    if connection.gives("project"):
        yield from project_trouble(("connection", "project"), connection.project)
    if connection.proxy:
        trouble = url_trouble(connection.proxy, _PROXY, ("http", "https"), _NO_PASSWORD)
        if trouble is not None:
            yield Problem(("connection", "proxy"), *trouble)


def project_trouble(path: Path, name: str) -> Iterator[Problem]:
    bad = _FORBIDDEN.search(name)
    if bad:
        yield Problem(path, f"has the character {bad[0]} in it", "write the project's name alone")
    elif not name.strip() or name != name.strip() or not name.isprintable() or len(name) > LONGEST_PROJECT:
        what = f"is not a name of 1 to {LONGEST_PROJECT} visible characters, without blanks around it"
        yield Problem(path, what, "write the project's name as Azure DevOps has it")
    elif name.startswith((".", "_")) or name.endswith("."):
        yield Problem(path, "begins with . or _, or ends with .", "write the project's name")
