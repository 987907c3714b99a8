"""The example configuration: the text that `init` writes, from the wheel or from the folder of the sources."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def example_text() -> str:
    """The wheel carries config.example.toml as `example.toml` beside this file; the sources have it at their root."""
    packaged = files("adapters.configuration") / "example.toml"
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / "config.example.toml").read_text(encoding="utf-8")
