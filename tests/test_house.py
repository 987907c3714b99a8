"""The shape that the code keeps: imports run one way, `bot/` is pure, each file says what it is about."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import GATEWAY, LAYERS, ROOT, complaints

DOCSTRING = '"""A file."""\n'


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_every_file_keeps_the_shape() -> None:
    files = list(sources(*LAYERS, "tests"))
    found = [
        complaint
        for file in files
        for complaint in complaints(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
    ]

    assert len(files) > 10
    assert found == []


def test_every_folder_with_code_is_a_package() -> None:
    folders = {file.parent for file in sources(*LAYERS, "tests")}

    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_nothing_leans_on_what_lies_beside_the_project() -> None:
    outside = "../" + "shared"
    folders = (*LAYERS, "tests", "docs", "deploy", ".ci")
    files = [*(file for folder in folders for file in (ROOT / folder).rglob("*")), *ROOT.glob("*.*")]

    written = [f for f in files if f.is_file() and "__pycache__" not in f.parts]
    assert [f for f in written if outside.encode() in f.read_bytes()] == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param("bot/rfc.py", "import adapters.config", id="bot knows no adapter"),
        pytest.param("bot/rfc.py", "from jobs.run import run", id="bot knows no job"),
        pytest.param("adapters/config.py", "from jobs import run", id="adapters know no job"),
        pytest.param("adapters/store/ledger.py", "from ...jobs import run", id="not even by a relative import"),
        pytest.param("adapters/config.py", "def f():\n    import jobs", id="not even inside a function"),
        pytest.param("jobs/run.py", "from tests.house import complaints", id="the product knows no test"),
        pytest.param("jobs/run.py", "import azure.devops.connection", id="jobs do not know the SDK"),
        pytest.param("adapters/azure_devops/feed.py", "from msrest import Client", id="one file knows the SDK"),
        pytest.param("bot/rfc.py", "import os", id="bot knows no system"),
        pytest.param("bot/rfc.py", "from os import path", id="nor a part of it"),
        pytest.param("bot/rfc.py", "import os.path as somewhere", id="nor by another name"),
        pytest.param("bot/rfc.py", "import time", id="bot knows no time"),
        pytest.param("bot/rfc.py", "import logging", id="bot does not log"),
        pytest.param("bot/rfc.py", "from pathlib import Path", id="bot knows no files"),
        pytest.param("bot/rfc.py", "import uuid", id="bot makes up nothing"),
        pytest.param("bot/rfc.py", "import requests", id="bot knows no network"),
        pytest.param("bot/rfc.py", "import sqlalchemy as sa", id="bot knows no database"),
        pytest.param("bot/rfc.py", "import jinja2", id="bot lays out nothing"),
        pytest.param("bot/rfc.py", "open('x')", id="bot opens nothing"),
        pytest.param("bot/rfc.py", "at = datetime.now(UTC)", id="now is an argument"),
        pytest.param("bot/rfc.py", "at = date.today()", id="today is an argument"),
        pytest.param("bot/rfc.py", "at = datetime.utcnow()", id="in whatever zone"),
        pytest.param("adapters/util.py", "", id="a file is named for what it is about"),
        pytest.param("jobs/helpers/run.py", "", id="a folder too"),
    ],
)
def test_the_judge_sees(path: str, line: str) -> None:
    assert len(complaints(path, DOCSTRING + line)) == 1


def test_the_judge_sees_a_file_without_a_docstring() -> None:
    assert complaints("bot/rfc.py", "X = 1") == ["bot/rfc.py: has no docstring"]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param("bot/rfc.py", "from datetime import datetime", id="bot knows what a date is"),
        pytest.param("bot/rfc.py", "from bot.party import Party", id="bot knows itself"),
        pytest.param("adapters/config.py", "import os", id="adapters know the system"),
        pytest.param("jobs/run.py", "from adapters.config import load", id="jobs know adapters"),
        pytest.param(GATEWAY, "from azure.devops.connection import Connection", id="the gateway knows the SDK"),
        pytest.param("tests/adapters/test_x.py", "import azure.devops", id="tests may use the SDK"),
    ],
)
def test_the_judge_lets_pass(path: str, line: str) -> None:
    assert complaints(path, DOCSTRING + line) == []
