"""An administrator: a person who sets the project up, signed in as themselves, without a socket."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console

from adapters.sandbox.azure import Azure
from adapters.sandbox.mhhs_seeds.people import SIT_RELEASE_MANAGER
from adapters.store.store import in_memory
from adapters.terminal.talk import Output, Talk
from jobs.person import Person
from jobs.set_up_project import set_up
from tests.jobs.command_line import Said
from tests.jobs.play import CONNECTING, URL, wired
from tests.jobs.small_world import settings, small_programme

FOLDER = "Shared Queries/Shunter"


@dataclass(frozen=True)
class Administrator:
    azure: Azure
    folder: Path
    name: str = SIT_RELEASE_MANAGER

    def set_up(self, *, dry_run: bool = False, output: Output = Output.TABLE, **pages: Any) -> Said:
        """With `--yes`. `pages`: the settings of that name."""
        data, side = StringIO(), StringIO()
        talk = Talk(output, Console(file=data, width=160), Console(file=side, width=160))
        configuration = settings({**small_programme(), "pages": pages}, self.azure, URL, self.folder)
        with in_memory() as store:
            boards = wired(self.azure, configuration, store, self.azure.token_for(self.name)).boards
            code = set_up(Person(boards.signed_in_as(), boards, configuration), talk, dry_run=dry_run, yes=True)
        return Said(code, data.getvalue(), side.getvalue())

    def queries(self) -> dict[str, str]:
        """What is in the folder, by name."""
        kept = self.azure.organisation.queries.kept.values()
        return {query.name: query.wiql for query in kept if query.folder == FOLDER and query.wiql is not None}

    def asked(self, since: int) -> list[str]:
        return [e.operation for e in self.azure.journal[since:] if e.operation not in CONNECTING]
