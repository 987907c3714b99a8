"""The search for secrets finds them, in whatever form and wherever a test leaves them, and fails that test."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
import requests

from adapters.azure_devops.sign_in import by_pat
from adapters.sandbox.azure import Azure
from adapters.sandbox.transport import InProcess
from adapters.store.database import database_in_memory
from tests.adapters.azure_devops.world import BOT, an_azure
from tests.canaries import CANARIES, Canaries, forms_of
from tests.house import ROOT

TOKEN = an_azure().token_for(BOT)


@pytest.fixture
def canaries() -> Canaries:
    """A search of its own: what it finds is this test's business."""
    return Canaries()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TOKEN, id="as it is"),
        pytest.param(TOKEN[:20], id="its beginning"),
        pytest.param(by_pat(lambda: TOKEN).header(), id="in the header of a request"),
        pytest.param(b64encode(f"x:{TOKEN}".encode()).decode(), id="in base64, one further"),
        pytest.param(b64encode(f"{TOKEN}:x".encode()).decode(), id="in base64, from the beginning"),
        pytest.param(urlsafe_b64encode(f"ÿÿ>{TOKEN}".encode()).decode(), id="in base64 for addresses"),
        pytest.param(quote(f"https://x/?token={TOKEN}&y=ü", safe=""), id="in an address"),
        pytest.param(json.dumps({"Authorization": f"Bearer {TOKEN}"}), id="in JSON"),
        pytest.param(repr({"a": f"'\"{TOKEN}"}), id="in a repr"),
        pytest.param(TOKEN.upper(), id="in capitals"),
        pytest.param(TOKEN.encode().hex(), id="in hexadecimal"),
        pytest.param(TOKEN.encode("utf-16-le"), id="in UTF-16"),
        pytest.param(f"\ud800 {TOKEN}", id="beside what is no text"),
    ],
)
def test_a_secret_is_found_in_every_form(canaries: Canaries, text: str | bytes) -> None:
    canaries.look("somewhere", text)

    assert canaries.taken() == ["a secret stands in somewhere"]
    assert canaries.taken() == []


def test_what_holds_none_is_clean(canaries: Canaries) -> None:
    canaries.look("somewhere", "shunter sandbox token s4ndb0x t0ken " + b64encode(b"sandbox token" * 9).decode())

    assert canaries.taken() == []


def test_a_secret_that_carries_no_mark_is_planted(canaries: Canaries) -> None:
    canaries.plant("MIIEvQIBADANBgkqhkiG9w0B")
    canaries.look("a log", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF")

    assert canaries.taken() == ["a secret stands in a log"]


def in_a_file(folder: Path) -> None:
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "config.toml").write_text(f'token = "{TOKEN}"')


def in_the_name_of_a_file(folder: Path) -> None:
    (folder / f"{TOKEN}.json").touch()


def in_what_a_database_has_not_merged_yet(folder: Path) -> None:
    connection = sqlite3.connect(folder / "shunter.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE runs (why TEXT)")
    connection.execute("INSERT INTO runs VALUES (?)", [TOKEN])
    assert TOKEN.encode() in (folder / "shunter.db-wal").read_bytes()


@pytest.mark.parametrize("leave", [in_a_file, in_the_name_of_a_file, in_what_a_database_has_not_merged_yet])
def test_a_secret_is_found_in_what_stays_on_the_disk(
    canaries: Canaries, tmp_path_factory: pytest.TempPathFactory, leave: Callable[[Path], None]
) -> None:
    folder = tmp_path_factory.mktemp("leak")
    leave(folder)
    canaries.look_into(folder)

    assert canaries.taken()


def test_where_a_secret_is_kept_on_purpose_it_may_stand(canaries: Canaries, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN)
    (tmp_path / "cert.pem").write_text(TOKEN)
    (tmp_path / "mhhs.example-5e9f0a52-7a0c-4f0e-9c47-2f5a0f6e9d11.json").write_text(TOKEN)
    canaries.look_into(tmp_path)

    assert canaries.taken() == []


def test_a_secret_is_found_in_a_database_that_is_in_no_file(canaries: Canaries) -> None:
    with closing(database_in_memory()) as database, database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE runs (why TEXT)")
        connection.exec_driver_sql("INSERT INTO runs VALUES (?)", (TOKEN,))

    assert CANARIES.taken() == ["a secret stands in a database in memory"]


@pytest.fixture
def session(canaries: Canaries) -> Iterator[requests.Session]:
    Azure.watchers.append(canaries.look_at_request)
    azure = an_azure()
    with requests.Session() as session:
        session.mount("http://127.0.0.1", InProcess(azure))
        yield session
    Azure.watchers.remove(canaries.look_at_request)


@pytest.mark.parametrize(
    ("path", "headers", "body"),
    [
        pytest.param(f"_apis/wit/{TOKEN}", {}, "", id="in its path"),
        pytest.param(f"_apis/connectionData?token={TOKEN}", {}, "", id="in its query"),
        pytest.param("_apis/connectionData", {"X-Api-Key": TOKEN}, "", id="in a header that is not for it"),
        pytest.param("_apis/connectionData", {}, json.dumps({"query": TOKEN}), id="in its body"),
    ],
)
def test_a_secret_is_found_in_a_request(
    canaries: Canaries, session: requests.Session, path: str, headers: dict[str, str], body: str
) -> None:
    session.post(f"http://127.0.0.1/mhhs/{path}", headers=headers, data=body)

    assert len(canaries.taken()) == len(CANARIES.taken()) == 1


def test_in_the_header_for_it_a_secret_may_stand(canaries: Canaries, session: requests.Session) -> None:
    session.get("http://127.0.0.1/mhhs/_apis/connectionData", headers={"Authorization": f"Bearer {TOKEN}"})

    assert canaries.taken() == []


def test_no_golden_text_holds_one(canaries: Canaries) -> None:
    folder = ROOT / "tests" / "golden"
    assert any(folder.rglob("*.txt"))
    canaries.look_into(folder)

    assert canaries.taken() == []


def test_every_form_of_a_secret_is_long_enough_to_mean_it() -> None:
    assert min(map(len, forms_of("s4ndb0xt0ken"))) >= 12


LEAKS = """
import logging, sys
from adapters.sandbox.tokens import MARK
from adapters.store.database import database_in_memory

def test_printed(): print(MARK)
def test_printed_as_talk(): print(MARK, file=sys.stderr)
def test_logged(): logging.getLogger("library").debug("sent %s", MARK)
def test_failed(): raise ValueError(MARK)
def test_left(tmp_path): (tmp_path / "report.txt").write_text(MARK)
def test_in_memory():
    database = database_in_memory()
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x TEXT)")
        connection.exec_driver_sql("INSERT INTO t VALUES (?)", (MARK,))
    database.close()
def test_clean(tmp_path): print("token")
"""


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["0", "2"])
def test_each_test_that_leaves_a_secret_behind_fails_and_does_not_show_it(tmp_path: Path, workers: str) -> None:
    (tmp_path / "test_it.py").write_text(LEAKS)
    (tmp_path / "pytest.ini").write_text("[pytest]\nlog_level = DEBUG\n")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "-n", workers, "--tb=short"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        text=True,
    )

    blamed = set(re.findall(r"^(?:FAILED|ERROR) test_it.py::test_(\w+)", ran.stdout, re.MULTILINE))
    assert blamed == {"printed", "printed_as_talk", "logged", "failed", "left", "in_memory"}
    assert "a secret stands in Captured stdout call of test_it.py::test_printed" in ran.stdout
    assert TOKEN[:12] not in ran.stdout
