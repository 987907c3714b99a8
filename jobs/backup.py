"""Backing up: a copy of the store when a person asks for one, and one a day while the service runs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from adapters.configuration.configuration import Configuration
from adapters.store.daily_copies import keep_copies
from adapters.store.file_copy import copied
from adapters.terminal.talk import Talk
from jobs.configured import USAGE

SERVER = (
    "a server's own tools make copies of the store {store}: `pg_dump --format=custom --file=FILE` with the address in "
    "store.url, and `pg_restore` to go back to one (docs/store.md)"
)


def make_backup(configuration: Configuration, said: Talk, target: Path) -> int:
    """Whoever writes meanwhile need not stop for it."""
    if not isinstance(configuration.store, Path):
        said.say(SERVER.format(store=configuration.store))
        return USAGE
    copied(configuration.store, target.absolute())
    said.say(f"{target}: a copy of {configuration.store}, looked through; docs/store.md says how to go back to it")
    return 0


def keep_backups(configuration: Configuration, now: datetime) -> None:
    """One a day, by the server's day. `StoreError` where none can be made: those that there are stay."""
    if isinstance(configuration.store, Path):
        keep_copies(configuration.store, configuration.backups, now)
