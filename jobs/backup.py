"""Backing up: a copy of the store when a person asks for one, and one a day while the service runs."""

from __future__ import annotations

from pathlib import Path

from adapters.configuration.configuration import Configuration
from adapters.logs import SHUNTER
from adapters.store.daily_copies import keep_copies
from adapters.store.failures import StoreError
from adapters.store.file_copy import copied
from adapters.terminal.talk import Talk
from jobs.run import Report

USAGE = 2
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


def keep_backups(configuration: Configuration, report: Report) -> None:
    """After a look that saw the world, by the server's day. That there is none is told, and stops nothing."""
    if report.facts is None or not isinstance(configuration.store, Path):
        return
    try:
        keep_copies(configuration.store, configuration.backups, report.facts.now)
    except StoreError as failure:
        SHUNTER.warning("%s", failure)
