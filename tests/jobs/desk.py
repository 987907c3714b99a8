"""A desk: somebody with a token of their own at the command line, before a real socket."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from adapters.azure_devops.text_values import plain
from adapters.sandbox.cast import Cast
from adapters.sandbox.mhhs_seeds.people import SIT_DEFECT_MANAGER
from tests.jobs.accidents import WRITES
from tests.jobs.command_line import Said, Shunter, ran
from tests.jobs.play import Stage


@dataclass(frozen=True)
class Scenery:
    """Where a story at the desk may begin: the server, and the files of Shunter's store beside the configuration."""

    stage: Stage
    files: Mapping[str, bytes]


class Desk:
    """Somebody with a token of their own, and the configuration file; Shunter's token is not here."""

    def __init__(self, shunter: Shunter, sceneries: dict[str, Scenery]) -> None:
        self.shunter, self.azure, self.cast = shunter, shunter.azure, Cast(shunter.azure)
        self._sceneries = sceneries

    def played(self, act: str, play: Callable[[Desk], object]) -> None:
        """Played once for all stories at a desk: others begin where it ended."""
        folder = self.shunter.config.parent
        kept = self._sceneries.get(act)
        if kept is None:
            play(self)
            files = {file.name: file.read_bytes() for file in folder.glob("shunter.db*")}
            self._sceneries[act] = Scenery(self._stage(), files)
            return
        self.azure.organisation.boards = kept.stage.boards.copy()
        self.azure.clock.set(kept.stage.at)
        for name, content in kept.files.items():
            (folder / name).write_bytes(content)

    def _stage(self) -> Stage:
        return Stage(self.azure.organisation.boards.copy(), self.azure.clock.now())

    def __call__(self, *words: str, by: str = SIT_DEFECT_MANAGER, typed: str | None = None) -> Said:
        token = {"SHUNTER_PERSON_TOKEN": self.azure.token_for(by)} if by else {}
        return self.run(*words, typed=typed, **token)

    def run(self, *words: str, typed: str | None = None, **environment: str) -> Said:
        environ = {"COLUMNS": "160", "NO_COLOR": "1", "SHUNTER_TOKEN": "", "SHUNTER_PERSON_TOKEN": "", **environment}
        config = str(self.shunter.config)
        return ran(*words, "--config", config, environment=environ, typed=typed)

    def writes(self) -> int:
        return len([e for e in self.azure.journal if e.operation in WRITES])

    def tags(self, id: int) -> str:
        return str(self.azure.item(id).fields.get("System.Tags", ""))

    def last_words(self, id: int) -> str:
        return self.azure.item(id).comments[-1].text

    def answers(self, id: int) -> str:
        return plain(str(self.azure.item(id).fields.get("Custom.Answers", "")))

    def last_hand(self, id: int) -> str:
        return self.azure.item(id).history[-1].by.sign_in
