"""Signing in: whom a credential is shown to, and names that are what they look like; for the service and for people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adapters.configuration.plain_url import url_trouble
from adapters.configuration.problem import Path, Problem
from adapters.configuration.settings import AUTHORITY, PeopleSignInSettings, Settings, SignInSettings

_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")


def check_sign_in(settings: Settings) -> Iterator[Problem]:
    sign_in = settings.sign_in
    trouble = url_trouble(sign_in.authority, AUTHORITY, ("https",), "write it without; the secret goes where kind says")
    if trouble is not None:
        yield Problem(("sign_in", "authority"), *trouble)
    yield from _names(("sign_in",), sign_in)
    if sign_in.people is not None:
        yield from _names(("sign_in", "people"), sign_in.people)


def _names(path: Path, table: SignInSettings | PeopleSignInSettings) -> Iterator[Problem]:
    for name in ("tenant", "client_id"):
        if table.gives(name) and not _NAME.fullmatch(getattr(table, name)):
            what = "is neither an id nor a name: letters, digits, hyphens and points make one"
            yield Problem((*path, name), what, f"write what the app registration in Entra ID has as {name}")
