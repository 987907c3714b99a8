"""Service hooks: what their settings amount to, or every problem that they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from adapters.configuration.checks.health import about_the_address
from adapters.configuration.configuration import Hooks
from adapters.configuration.problem import Problem
from adapters.configuration.secret import Secret
from adapters.configuration.secret_source import Kept, read_secret
from adapters.configuration.settings import HooksSettings

SHORTEST, LONGEST = 16, 256
"""Of a password, in characters: what nobody guesses, and what a subscription can hold."""
_MADE = "let a generator make one of 32 letters and digits"


def read_hooks(
    hooks: HooksSettings | None, folder: Path, environ: Mapping[str, str]
) -> tuple[Hooks | None, list[Problem]]:
    """None where they are not listened to, or there are problems. Relative files are looked for from `folder`."""
    if hooks is None:
        return None, []
    read = {kept: read_secret(kept, folder, environ) for kept in _kept(hooks)}
    passwords = {kept: one for kept, one in read.items() if isinstance(one, Secret)}
    problems = [
        *about_the_address("hooks", hooks.address),
        *(one for one in read.values() if isinstance(one, Problem)),
        *_about_the_passwords(passwords),
    ]
    return (None, problems) if problems else (Hooks(hooks.address, hooks.port, tuple(passwords.values())), [])


def _kept(hooks: HooksSettings) -> Iterator[Kept]:
    yield Kept("password", hooks.password_file, hooks.password_variable, table="hooks")
    if hooks.former_password_file or hooks.former_password_variable:
        yield Kept("former_password", hooks.former_password_file, hooks.former_password_variable, table="hooks")


def _about_the_passwords(passwords: Mapping[Kept, Secret]) -> Iterator[Problem]:
    seen = set()
    for kept, password in passwords.items():
        path = ("hooks", f"{kept.what}_{'file' if kept.file else 'variable'}")
        text = password.reveal()
        if not SHORTEST <= len(text) <= LONGEST:
            yield Problem(path, f"it is not of {SHORTEST} to {LONGEST} characters", _MADE)
        if text in seen:
            yield Problem(path, "it is the same as hooks.password", "take the former one out, or name the one before")
        seen.add(text)
