"""A clerk: a person who undoes runs, signed in as themselves, without a store and without a socket."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from rich.console import Console

from adapters.sandbox.mhhs_seeds.people import SIT_DEFECT_MANAGER
from adapters.terminal.talk import Output, Talk
from jobs.person import Person
from jobs.undo_run import undo_run
from tests.jobs.blank_store import blank_store
from tests.jobs.command_line import Said
from tests.jobs.play import URL, Play, wired
from tests.jobs.small_world import small_settings


@dataclass(frozen=True)
class Clerk:
    play: Play
    folder: Path
    name: str = SIT_DEFECT_MANAGER

    def undo(self, run: str, why: str = "") -> Said:
        """With `--yes`."""
        data, side = StringIO(), StringIO()
        talk = Talk(Output.TABLE, Console(file=data, width=160), Console(file=side, width=160))
        azure = self.play.azure
        configuration = small_settings(azure, URL, self.folder)
        with blank_store() as store:
            boards = wired(azure, configuration, store, azure.token_for(self.name)).boards
            person = Person(boards.signed_in_as(), boards, configuration)
            code = undo_run(person, talk, run, why, yes=True)
        return Said(code, data.getvalue(), side.getvalue())
