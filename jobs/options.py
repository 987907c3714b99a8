"""Options that several commands have in common."""

from __future__ import annotations

import re
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
MOST = 2**31 - 1


def read_id(text: str) -> int:
    """Digits alone: what else reads as a number, such as 1e3, +1 or 0x1, was not meant as an id."""
    if not re.fullmatch("[1-9][0-9]{0,9}", text) or int(text) > MOST:
        raise typer.BadParameter(f"{text!r} is not the id of a work item: write a whole number from 1 to {MOST:,}")
    return int(text)
