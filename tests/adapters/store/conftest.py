"""A store of each kind, a place for one, and a folder in which nothing can be written."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from adapters.store.store import Store, in_memory, opened
from tests.adapters.store.site import File, OnPostgres, Site
from tests.postgres import PostgresDatabase, the_server

NOBODY = 65534
EMPTY = """
SET session_replication_role = replica;  -- the ledger refuses it otherwise
UPDATE ledger_head SET sequence = 0, chain = repeat('0', 64);
TRUNCATE ledger_runs, ledger_intents, ledger_outcomes, ledger_anchors, pulse, mirror_items, mirror_links, mirror_tokens,
    mirror_evidence, mirror_histories RESTART IDENTITY
"""


@pytest.fixture(params=["in memory", "on PostgreSQL"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    if request.param == "on PostgreSQL":
        yield request.getfixturevalue("store_on_postgres")
        return
    with in_memory() as one:
        yield one


@pytest.fixture(scope="session")
def lasting_database() -> Iterator[PostgresDatabase]:
    with the_server().database() as database:
        yield database


@pytest.fixture(scope="session")
def lasting_store(lasting_database: PostgresDatabase) -> Iterator[Store]:
    with opened(lasting_database.place) as one:
        yield one


@pytest.fixture
def store_on_postgres(lasting_store: Store, lasting_database: PostgresDatabase) -> Store:
    """One for all tests, emptied for each: to make one takes a tenth of a second."""
    server = lasting_database.server
    with psycopg.connect(
        host=str(server.folder), port=server.port, user="postgres", dbname=lasting_database.name
    ) as connection:
        connection.execute(EMPTY.encode())
    return lasting_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shunter.db"


@pytest.fixture(params=["a file", "a PostgreSQL"])
def site(request: pytest.FixtureRequest, path: Path) -> Site:
    return OnPostgres(request.getfixturevalue("postgres")) if request.param == "a PostgreSQL" else File(path)


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """Also for root, who may write anywhere: so while the test runs, root is nobody."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        os.seteuid(was)
        folder.chmod(0o755)
        shutil.rmtree(folder)
