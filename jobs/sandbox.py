"""The sandbox: the whole job on the embedded Azure DevOps, told as it happens."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from adapters.configuration.configuration import Configuration
from adapters.configuration.example import example_text
from adapters.configuration.load import configured
from adapters.sandbox.azure import Azure
from adapters.sandbox.mhhs_world import mhhs_world
from adapters.sandbox.serve import served
from adapters.store.store import in_memory
from adapters.terminal.talk import Talk
from jobs.story import PIPELINE, UIT, Story
from jobs.wiring import wire
from jobs.world import World

BOT = "shunter@mhhs.example"
TOKEN = "SANDBOX_TOKEN"  # noqa: S105 - the name of a variable


def tell_the_story(said: Talk, *, port: int = 0) -> int:
    """Plays one week of the MHHS programme: 0 where it ends as it must, 1 where it does not."""
    azure = mhhs_world()
    with embedded(azure, port=port) as world:
        return Story(azure, world, replace(said, zone=world.programme.zone)).tell()


@contextmanager
def embedded(azure: Azure, *, port: int = 0) -> Iterator[World]:
    """Shunter as it is wired for a real organisation, with the example configuration, against this Azure DevOps."""
    with served(azure, port=port) as url, in_memory() as store, tempfile.TemporaryDirectory() as folder:
        yield wire(configuration_for(azure, url, Path(folder)), store)


def configuration_for(azure: Azure, url: str, folder: Path) -> Configuration:
    """The example, as it is shipped; only the address, the token, the mode, the pace and the pipeline are its own."""
    table: dict[str, Any] = tomllib.loads(example_text())
    table["connection"] = {"organisation_url": url, "project": azure.organisation.project}
    table["sign_in"] = {"account": BOT, "token_variable": TOKEN}
    table["running"] = {"mode": "act", "resync_hours": 168}
    table["limits"] = {"requests_per_minute": 600, "changes_per_run": 500}
    table["environments"][UIT]["evidence"] = [
        {"party": "Elexon", "kind": "pipeline", "name": UIT, "pipeline": PIPELINE}
    ]
    azure.pipelines.offer(UIT)
    return configured(table, folder, {TOKEN: azure.token_for(BOT)})
