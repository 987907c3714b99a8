"""Options that several commands have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from adapters.terminal.talk import Output

ConfigPath = Annotated[
    Path, typer.Option("--config", "-c", envvar="SHUNTER_CONFIG", help="The configuration file.", show_default=True)
]
Out = Annotated[Output, typer.Option("--output", "-o", help="How data is printed.")]
RunId = Annotated[str, typer.Argument(help="The run's id, as `status` and the history of work items name it.")]
HERE = Path("config.toml")
