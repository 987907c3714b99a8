"""The command line as people use it: a configuration file, a token in the environment, and an exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from adapters.configuration.example import example_text
from adapters.sandbox.azure import Azure
from adapters.sandbox.mhhs_seeds.people import BOT
from jobs.cli import app
from tests.canaries import CANARIES

SETTINGS = {
    'organisation_url = "https://dev.azure.com/mhhs"': 'organisation_url = "{url}"',
    'mode = "observe"': 'mode = "{mode}"',
    "requests_per_minute = 60 ": "requests_per_minute = 600 ",
    "poll_seconds = 120": "poll_seconds = 30",
}


@dataclass(frozen=True)
class Said:
    """What a command answered. `data` is its standard output, `talk` its standard error."""

    code: int
    data: str
    talk: str

    @property
    def json(self) -> Any:
        return json.loads(self.data)


@dataclass(frozen=True)
class Shunter:
    """A folder with a configuration, and the commands that read it."""

    azure: Azure
    config: Path
    token: str = field(repr=False)

    def __call__(self, *words: str, token: str | None = None) -> Said:
        """`shunter <words> --config <file>`."""
        return ran(*words, "--config", str(self.config), environment=self.environment(token))

    def environment(self, token: str | None = None) -> dict[str, str]:
        return {"SHUNTER_TOKEN": self.token if token is None else token, "COLUMNS": "160", "NO_COLOR": "1"}

    def edit(self, old: str, new: str) -> None:
        text = self.config.read_text()
        assert old in text, f"the configuration has no {old!r}"
        self.config.write_text(text.replace(old, new))


def configured_for(azure: Azure, url: str, folder: Path, *, mode: str = "act") -> Shunter:
    """The example, filled in as its comments say."""
    text = example_text()
    for old, new in SETTINGS.items():
        assert old in text
        text = text.replace(old, new.format(url=url, mode=mode), 1)
    config = folder / "config.toml"
    config.write_text(text)
    return Shunter(azure, config, azure.token_for(BOT))


def ran(*words: str, environment: Mapping[str, str] | None = None, typed: str | None = None) -> Said:
    """`shunter <words>`, with what somebody types when it asks."""
    code: object = 0
    with CliRunner().isolation(typed, environment) as streams:
        try:
            commands()(list(words), prog_name="shunter")
        except SystemExit as ended:
            code = ended.code
        sys.stdout.flush()
        sys.stderr.flush()
        data, talk, _ = (stream.getvalue().decode() for stream in streams)
    assert isinstance(code, int), code
    CANARIES.look(f"what `shunter {words[0]}` printed", data + talk)
    return Said(code, data, talk)


@cache
def commands() -> TyperGroup:
    """Built from the signatures once, not for each call."""
    built = get_command(app)
    assert isinstance(built, TyperGroup)
    return built
