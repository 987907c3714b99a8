"""How Shunter is told where the file says so, and nowhere else; logs are for people unless it says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.configuration.configuration import Configuration, Health
from adapters.configuration.load import load
from adapters.logs import LogFormat
from tests.adapters.configuration.a_file import ENVIRON, LAST_LINE, Cases, changed, told
from tests.golden_text import Golden

PASSWORD = 'password_variable = "SHUNTER_TOKEN"'


def loaded(folder: Path, tables: str) -> Configuration:
    file = folder / "config.toml"
    file.write_text(changed((LAST_LINE, f"{LAST_LINE}{tables}")))
    return load(file, ENVIRON)


@pytest.mark.parametrize(
    ("tables", "health", "logs"),
    [
        pytest.param("", None, LogFormat.TEXT, id="without the tables nothing listens"),
        pytest.param("[health]\n", Health("127.0.0.1", 8421), LogFormat.TEXT, id="by default on this machine alone"),
        pytest.param('[health]\naddress = "::"\nport = 9\n', Health("::", 9), LogFormat.TEXT, id="where it says"),
        pytest.param('[logs]\nformat = "json"\n', None, LogFormat.JSON, id="logs as it says"),
    ],
)
def test_it_is_as_the_file_says(tmp_path: Path, tables: str, health: Health | None, logs: LogFormat) -> None:
    configuration = loaded(tmp_path, tables)

    assert (configuration.health, configuration.logs) == (health, logs)


WRONG: Cases = {
    "a name for an address": [(LAST_LINE, f'{LAST_LINE}[health]\naddress = "localhost"\n')],
    "no port": [(LAST_LINE, f"{LAST_LINE}[health]\nport = 0\n")],
    "the port of the hooks": [(LAST_LINE, f"{LAST_LINE}[health]\nport = 8420\n[hooks]\n{PASSWORD}\n")],
    "a format that is none": [(LAST_LINE, f'{LAST_LINE}[logs]\nformat = "xml"\n')],
}


def test_what_is_wrong_is_said_with_its_remedy(tmp_path: Path, golden: Golden) -> None:
    golden(told(WRONG, tmp_path), "configuration/health.txt")
