"""A person at the command line: signed in with their own token, so that history says who decided."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from requests.adapters import BaseAdapter

from adapters.azure_devops.boards import Boards
from adapters.azure_devops.decode import Items, items
from adapters.azure_devops.rows import ItemRow
from adapters.configuration.configuration import Configuration
from adapters.configuration.load import ReadCredential
from adapters.configuration.problem import Problem
from adapters.configuration.secret_source import Kept, read_secret
from adapters.configuration.settings import SignInSettings
from adapters.credentials import Application, DeviceCode, Pat, PersonCredential
from bot.facts import Facts
from bot.history import Histories
from bot.place import at_places
from jobs.wiring import boards_of, private_cache

TOKEN = "SHUNTER_PERSON_TOKEN"  # noqa: S105 - the name of a variable


class NotSignedIn(Exception):
    """There is no token, or it is not a person's; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by their sign-in name, and the boards as they see them."""

    name: str
    boards: Boards
    configuration: Configuration

    def rows(self, ids: Iterable[int]) -> tuple[ItemRow, ...]:
        """By id, with links and long texts; what is deleted, or out of this person's sight, does not come."""
        return self.boards.closely(ids)

    def items(self, rows: Iterable[ItemRow]) -> Items:
        return items(rows, (), self.configuration.spelling)

    def facts(self, found: Items, histories: Histories | None = None) -> Facts:
        """Not the whole state of the world: what decisions about one work item rest on."""
        return at_places(
            Facts(
                now=self.boards.server_time(),
                bot=self.configuration.sign_in.account,
                programme=self.configuration.programme,
                defects=found.defects,
                lists=found.lists,
                rfcs=found.rfcs,
                histories=histories or {},
            )
        )


def own_credential(file: Path | None, environ: Mapping[str, str]) -> ReadCredential:
    """How a person signs in: with the token in the file that they name, else in their environment, else by typing a
    code into a browser."""
    if file is None and not environ.get(TOKEN, "").strip():
        return typing_a_code(environ)
    kept = Kept("token", str(file)) if file else Kept("token", variable=TOKEN)

    def read(*_given: object) -> tuple[PersonCredential | None, list[Problem]]:
        token = read_secret(kept, Path(), environ)
        if isinstance(token, Problem):
            return None, [replace(token, path=("--token-file",) if file else (TOKEN,))]
        return Pat(token), []

    return read


def typing_a_code(environ: Mapping[str, str]) -> ReadCredential:
    """NotSignedIn where the configuration names no app registration for it."""

    def read(sign_in: SignInSettings, *_given: object) -> tuple[PersonCredential | None, list[Problem]]:
        people = sign_in.people
        if people is None:
            raise NotSignedIn(
                f"nobody is signed in: put a personal access token of your own into {TOKEN}, or name a file with it by "
                "--token-file; it needs to read and write work items"
            )
        application = Application(people.tenant, people.client_id, sign_in.authority.rstrip("/"))
        return DeviceCode(application, _cache_folder(environ) / f"{people.tenant}-{people.client_id}.json"), []

    return read


def signed_in(configuration: Configuration, say: Callable[[str], None], transport: BaseAdapter | None = None) -> Person:
    """The person whose token the configuration holds. Never Shunter itself: it decides nothing for people."""
    private_cache(_cache_folder(os.environ))
    boards = boards_of(configuration, Event(), transport, say)
    name = boards.signed_in_as()
    if name == configuration.sign_in.account:
        raise NotSignedIn(f"the token belongs to {name}, Shunter's own account, which decides nothing: use your own")
    return Person(name, boards, configuration)


def _cache_folder(environ: Mapping[str, str]) -> Path:
    """The person's own: they may not write beside Shunter's store."""
    named = environ.get("XDG_CACHE_HOME", "")
    return (Path(named) if named else Path.home() / ".cache") / "shunter"
