"""The store is a file or a database on a server, which is named without its password."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from adapters.configuration.configuration import Configuration
from adapters.configuration.load import load
from adapters.configuration.problem import ConfigurationError
from adapters.configuration.secret import Secret
from adapters.credentials import Pat
from adapters.store.server import Server
from tests.adapters.configuration.a_file import ENVIRON, LAST_LINE, changed
from tests.golden_text import Golden

GIVEN = {**ENVIRON, "STORE": "the-password-of-the-store"}
URL = 'url = "postgresql://shunter@db.mhhs.example/shunter"\n'
BY_VARIABLE = 'password_variable = "STORE"\n'


def read(folder: Path, table: str) -> Configuration:
    file = folder / "config.toml"
    file.write_text(changed((LAST_LINE, f"{LAST_LINE}[store]\n{table}")))
    return load(file, GIVEN)


def server_of(folder: Path, table: str) -> Server:
    store = read(folder, table).store
    assert isinstance(store, Server)
    return store


def test_a_file_is_looked_for_from_the_folder_of_the_configuration(tmp_path: Path) -> None:
    configuration = read(tmp_path, 'file = "state/own.db"\nbackups = 0\n')

    assert (configuration.store, configuration.folder) == (tmp_path / "state" / "own.db", tmp_path / "state")
    assert configuration.backups == 0


def test_a_server_is_named_with_where_its_password_is_kept(tmp_path: Path) -> None:
    (tmp_path / "password").touch(0o600)
    (tmp_path / "password").write_text("from-a-file\n")
    server = server_of(tmp_path, f'{URL}password_file = "password"\n')

    assert (server.host, server.port, server.user, server.database) == ("db.mhhs.example", 5432, "shunter", "shunter")
    assert server.password is not None
    assert server.password.reveal() == "from-a-file"
    assert "from-a-file" not in f"{server} {server!r}"


@pytest.mark.parametrize(
    ("table", "must"),
    [
        pytest.param(URL, True, id="another machine"),
        pytest.param(URL.replace("db.mhhs.example", "10.0.0.7:5433"), True, id="an address"),
        pytest.param(URL.replace("db.mhhs.example", "127.0.0.1"), False, id="this machine"),
        pytest.param(URL.replace("db.mhhs.example", "[::1]"), False, id="this machine by its other address"),
        pytest.param(f'{URL.replace("db.mhhs.example", "localhost")}ca_file = "ca.pem"\n', True, id="vouched for"),
        pytest.param(URL.replace("db.mhhs.example/shunter", "/shunter?host=/run/postgresql"), False, id="a socket"),
    ],
)
def test_whatever_leaves_this_machine_is_encrypted_for_a_server_that_proves_itself(
    tmp_path: Path, table: str, must: bool
) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "ca.pem")

    assert server_of(tmp_path, table).must_prove_itself is must


def test_a_person_who_may_not_read_what_a_server_asks_for_has_no_problem(tmp_path: Path) -> None:
    file, of_the_service = tmp_path / "config.toml", 'password_variable = "NOT_THERE"\nca_file = "not-there.pem"\n'
    file.write_text(changed((LAST_LINE, f"{LAST_LINE}[store]\n{URL}{of_the_service}")))
    store = load(file, ENVIRON, lambda *_: (Pat(Secret("their-own")), [])).store

    assert isinstance(store, Server)
    assert store.password is None


WRONG = {
    "a password in the address": URL.replace("shunter@", "shunter:hunter2@"),
    "a password as a setting": f'{URL}password = "hunter2"\n',
    "a password that is not there": f'{URL}password_variable = "NOWHERE"\n',
    "both places for it": f'{URL}{BY_VARIABLE}password_file = "password"\n',
    "a file that others can read": f'{URL}password_file = "open"\n',
    "both a file and a server": f'{URL}file = "shunter.db"\n',
    "a password for a file": f'file = "shunter.db"\n{BY_VARIABLE}',
    "copies of a server": f"{URL}backups = 7\n",
    "too many copies": "backups = 1000\n",
    "another kind of database": 'url = "mysql://shunter@db.mhhs.example/shunter"\n',
    "its short form": 'url = "postgres://shunter@db.mhhs.example/shunter"\n',
    "no user": 'url = "postgresql://db.mhhs.example/shunter"\n',
    "no database": 'url = "postgresql://shunter@db.mhhs.example"\n',
    "no host": 'url = "postgresql://shunter@/shunter"\n',
    "a host that is none": 'url = "postgresql://shunter@db_1/shunter"\n',
    "a port that is none": 'url = "postgresql://shunter@db.mhhs.example:x/shunter"\n',
    "something behind it": 'url = "postgresql://shunter@db.mhhs.example/shunter?sslmode=disable"\n',
    "a socket of another machine": 'url = "postgresql://shunter@db.mhhs.example/shunter?host=/run/postgresql"\n',
    "certificates for a socket": 'url = "postgresql://shunter@/shunter?host=/run/postgresql"\nca_file = "ca.pem"\n',
    "certificates that are not there": f'{URL}ca_file = "ca.pem"\n',
    "where it stood before": "",
}


def test_what_is_wrong_is_said_with_its_remedy(tmp_path: Path, golden: Golden) -> None:
    (tmp_path / "open").write_text("the-password-of-the-store")
    (tmp_path / "open").chmod(0o644)
    told = []
    for case, table in WRONG.items():
        text = changed((LAST_LINE, f"{LAST_LINE}[store]\n{table}"))
        if not table:
            text = text.replace('mode = "observe"', 'mode = "observe"\nstore = "shunter.db"')
        (tmp_path / "config.toml").write_text(text)
        with pytest.raises(ConfigurationError) as refused:
            load(tmp_path / "config.toml", GIVEN)
        told.append(f"{case}\n    " + str(refused.value).replace(f"{tmp_path}/", "").replace("\n", "\n    ") + "\n")
    assert "hunter2" not in "".join(told)
    golden("\n".join(told), "configuration/store_place.txt")
