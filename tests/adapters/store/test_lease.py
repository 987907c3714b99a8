"""The lease: one process at a time has it, each epoch is fenced off from the next, and it can be lost and found."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from time import monotonic

import psycopg
import pytest
from sqlalchemy import Connection

from adapters.configuration.secret import Secret
from adapters.store.database import Database
from adapters.store.failures import StoreError, StoreLost, StoreTaken
from adapters.store.lease import PATIENCE, TERM, Lease
from adapters.store.on_server import OnServer
from adapters.store.store import opened
from tests.adapters.store.samples import NOW, a_move
from tests.adapters.store.site import OnPostgres
from tests.postgres import PASSWORD, PostgresDatabase, a_server

SHORT = timedelta(seconds=1)


class FailsOnce(Secret):
    """A password that cannot be read, once it is told so, and then can again."""

    fails = False

    def reveal(self) -> str:
        if self.fails:
            self.fails = False
            raise OSError("the file is on a disk that went away")
        return super().reveal()


@contextmanager
def a_lease(
    database: PostgresDatabase, term: timedelta = TERM, *, patience: float = PATIENCE, password: Secret | None = None
) -> Iterator[Lease]:
    lease = Lease(replace(database.place, password=password), term, patience=patience)
    try:
        yield lease
    finally:
        lease.give()


@contextmanager
def writing(database: PostgresDatabase) -> Iterator[Connection]:
    """A transaction of somebody's."""
    with (
        closing(Database(OnServer(database.place, to_act=False))) as on_server,
        on_server.writing() as connection,
    ):
        yield connection


def epoch(database: PostgresDatabase) -> int:
    return int(database.sql("SELECT epoch FROM shunter_lease")[0][0])


def test_one_has_it_until_it_gives_it_back(postgres: PostgresDatabase) -> None:
    with a_lease(postgres) as one, a_lease(postgres) as other:
        one.take()
        with pytest.raises(StoreTaken, match=r"process \d+ on \S+ acts on it already"):
            other.take()
        one.give()
        other.take()
        with pytest.raises(StoreTaken):
            one.take()

    assert epoch(postgres) == 2


def test_of_many_that_ask_at_once_one_gets_it(postgres: PostgresDatabase) -> None:
    def asks(lease: Lease) -> bool:
        try:
            lease.take()
        except StoreTaken:
            return False
        return True

    leases = [Lease(postgres.place) for _ in range(6)]
    with ThreadPoolExecutor(6) as threads:
        got = list(threads.map(asks, leases))
    for lease in leases:
        lease.give()

    assert sorted(got) == [False] * 5 + [True]


def test_it_is_renewed_for_longer_than_its_term(postgres: PostgresDatabase) -> None:
    with a_lease(postgres, SHORT) as lease:
        lease.take()
        left = "SELECT extract(epoch FROM until - clock_timestamp()) FROM shunter_lease"
        began, seen = monotonic(), []
        while monotonic() - began < 3 * SHORT.total_seconds():
            seen.append(float(postgres.sql(left)[0][0]))
        with writing(postgres) as connection:
            lease.insist(connection)

    assert min(seen) > 0
    assert epoch(postgres) == 1


def test_one_that_ran_out_is_anybody_s_and_its_former_holder_writes_nothing_more(postgres: PostgresDatabase) -> None:
    with a_lease(postgres) as slow, a_lease(postgres) as quick:
        slow.take()
        OnPostgres(postgres).let_a_minute_pass()
        quick.take()
        with pytest.raises(StoreError, match="the lease was lost"), writing(postgres) as connection:
            slow.insist(connection)
        with pytest.raises(StoreTaken), writing(postgres) as connection:
            slow.insist(connection)
        with writing(postgres) as connection:
            quick.insist(connection)

    assert epoch(postgres) == 2


def test_nobody_takes_over_in_the_middle_of_a_transaction_that_was_the_former_one_s(postgres: PostgresDatabase) -> None:
    """So what the former one wrote down stands before anything that the new one reads."""
    taken_over = "UPDATE shunter_lease SET epoch = epoch + 1"
    with a_lease(postgres) as lease:
        lease.take()
        with writing(postgres) as connection:
            lease.insist(connection)
            with pytest.raises(psycopg.errors.LockNotAvailable):
                postgres.sql(f"SET lock_timeout = '100ms'; {taken_over}")
        postgres.sql(taken_over)


def test_a_server_that_was_away_is_asked_again_by_the_same_process(postgres: PostgresDatabase) -> None:
    with a_lease(postgres) as lease:
        lease.take()
        lease.doubt()
        with writing(postgres) as connection:
            lease.insist(connection)

    assert epoch(postgres) == 2


def test_one_that_comes_back_after_another_has_acted_opens_the_store_again(postgres: PostgresDatabase) -> None:
    with a_lease(postgres) as former, a_lease(postgres) as other:
        former.take()
        OnPostgres(postgres).let_a_minute_pass()
        other.take()
        with pytest.raises(StoreError, match="the lease was lost"), writing(postgres) as connection:
            former.insist(connection)
        other.give()
        with pytest.raises(StoreLost, match="another process has acted"), writing(postgres) as connection:
            former.insist(connection)
        with writing(postgres) as connection:
            former.insist(connection)


def test_a_clock_of_the_server_that_goes_back_by_a_day_leaves_nobody_waiting_for_a_day(
    postgres: PostgresDatabase,
) -> None:
    with a_lease(postgres) as died, a_lease(postgres) as other:
        died.take()
        postgres.sql("UPDATE shunter_lease SET until = until + interval '1 day'")
        other.take()
        with pytest.raises(StoreError, match="the lease was lost"), writing(postgres) as connection:
            died.insist(connection)

    assert epoch(postgres) == 2


def test_it_is_renewed_again_after_an_error_that_nobody_expected(
    postgres: PostgresDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    """Such as one of reading the file with the password: the thread that renews lives on."""
    password = FailsOnce(PASSWORD)
    with a_lease(postgres, SHORT, password=password) as lease:
        lease.take()
        password.fails = True
        began = monotonic()
        while monotonic() - began < 1.3 * SHORT.total_seconds():
            postgres.sql("SELECT pg_sleep(0.05)")
        with writing(postgres) as connection:
            lease.insist(connection)

    assert "the lease was not renewed" in caplog.text
    assert epoch(postgres) == 1


@pytest.mark.slow
def test_a_server_that_says_nothing_keeps_no_process_from_ending() -> None:
    with a_server() as server, server.database() as database, a_lease(database, patience=0.5) as lease:
        lease.take()
        postmaster = int((server.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(postmaster, signal.SIGSTOP)
        try:
            began = monotonic()
            lease.give()
            took = monotonic() - began
        finally:
            os.kill(postmaster, signal.SIGCONT)

    assert 0.5 <= took < 3


def test_nothing_is_made_in_a_database_that_holds_something_else(postgres: PostgresDatabase) -> None:
    postgres.sql("CREATE TABLE customers (number INTEGER)")
    with a_lease(postgres) as lease, pytest.raises(StoreError, match="a database of something else"):
        lease.take()

    assert postgres.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == [("customers",)]


def test_what_was_open_when_a_process_died_is_there_for_the_one_that_follows(postgres: PostgresDatabase) -> None:
    """A rolling upgrade, or a takeover: the new one knows what the old one meant to send."""
    with opened(postgres.place, to_act=True) as old:
        (meant,) = old.ledger.intend("r1", [a_move()], NOW)
        OnPostgres(postgres).let_a_minute_pass()
        with opened(postgres.place, to_act=True) as new:
            assert [intent.id for intent in new.ledger.open_intents()] == [meant]
