"""A desk: somebody with a token of their own at the command line, before a real socket."""

from __future__ import annotations

from typer.testing import CliRunner

from adapters.azure_devops.text_values import plain
from adapters.sandbox.cast import Cast
from adapters.sandbox.mhhs_seeds.people import SIT_DEFECT_MANAGER
from jobs.cli import app
from tests.jobs.accidents import WRITES
from tests.jobs.command_line import Said, Shunter, said


class Desk:
    """Somebody with a token of their own, and the configuration file; Shunter's token is not here."""

    def __init__(self, shunter: Shunter) -> None:
        self.shunter, self.azure, self.cast = shunter, shunter.azure, Cast(shunter.azure)

    def __call__(self, *words: str, by: str = SIT_DEFECT_MANAGER, typed: str | None = None) -> Said:
        token = {"SHUNTER_PERSON_TOKEN": self.azure.token_for(by)} if by else {}
        return self.run(*words, typed=typed, **token)

    def run(self, *words: str, typed: str | None = None, **environment: str) -> Said:
        environ = {"COLUMNS": "160", "NO_COLOR": "1", "SHUNTER_TOKEN": "", "SHUNTER_PERSON_TOKEN": "", **environment}
        config = str(self.shunter.config)
        return said(CliRunner().invoke(app, [*words, "--config", config], env=environ, input=typed))

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
