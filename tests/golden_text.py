"""Texts that people read, compared as wholes with files that a reviewer reads too."""

import difflib
from dataclasses import dataclass
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"


@dataclass(frozen=True, slots=True)
class Golden:
    rewrite: bool
    folder: Path = FOLDER

    def __call__(self, text: str, name: str) -> None:
        """Fail, with the difference, unless `text` is the whole content of the file `name`."""
        file = self.folder / name
        if self.rewrite:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        elif not file.is_file():
            pytest.fail(f"there is no {file}: run pytest with --rewrite-golden, then read what it wrote")
        elif (expected := file.read_bytes().decode()) != text:
            pytest.fail(
                f"{_difference(expected, text, name)}\nIf this is wanted: pytest --rewrite-golden",
                pytrace=False,
            )


def _difference(expected: str, text: str, name: str) -> str:
    lines = difflib.unified_diff(
        expected.splitlines(), text.splitlines(), f"{name} (golden)", f"{name} (now)", lineterm=""
    )
    return "\n".join(lines) or "only line ends differ"
