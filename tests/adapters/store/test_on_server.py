"""A store on a server: what is wrong with the server is said in words, without its password, and passes with it."""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from adapters.configuration.secret import Secret
from adapters.store.database import Database
from adapters.store.failures import StoreError, StoreLost, StoreTaken
from adapters.store.on_server import OnServer
from adapters.store.server import Server
from adapters.store.server_connection import connected, settings_of
from adapters.store.server_failures import explained_by_server
from adapters.store.store import Store, opened
from tests.adapters.network.tls import Authority
from tests.adapters.store.disk import RealDisk, small_disk
from tests.adapters.store.samples import NOW, a_move, an_item
from tests.adapters.store.site import OnPostgres
from tests.adapters.store.tls_front import fronted
from tests.postgres import PASSWORD, Postgres, PostgresDatabase, a_server


def why_not(place: Server, *, to_act: bool = False) -> str:
    """Why it cannot be opened; nowhere in what is told of it is the password."""
    with pytest.raises(StoreError) as failed, opened(place, to_act=to_act):
        pass
    assert PASSWORD not in "".join(traceback.format_exception(failed.value))
    return str(failed.value)


def wrong_password(database: PostgresDatabase) -> Server:
    return replace(database.place_by_port, password=Secret("another"))


def no_password(database: PostgresDatabase) -> Server:
    return replace(database.place_by_port, password=None)


def no_such_user(database: PostgresDatabase) -> Server:
    return replace(database.place, user="nobody_there")


def no_such_database(database: PostgresDatabase) -> Server:
    return replace(database.place_by_port, database="not_there")


def nobody_listening(database: PostgresDatabase) -> Server:
    return replace(database.place_by_port, port=1)


def no_such_host(database: PostgresDatabase) -> Server:
    return replace(database.place, host="nowhere.invalid")


def crowded(database: PostgresDatabase) -> Server:
    database.server.sql(f"ALTER DATABASE {database.name} CONNECTION LIMIT 0")
    return database.place_by_port


def locked(database: PostgresDatabase) -> Server:
    database.server.sql(f"ALTER DATABASE {database.name} ALLOW_CONNECTIONS false")
    return database.place


def only_for_reading(database: PostgresDatabase) -> Server:
    database.server.sql(f"ALTER DATABASE {database.name} SET default_transaction_read_only = on")
    return database.place


def without_a_right(database: PostgresDatabase) -> Server:
    database.server.sql("ALTER SCHEMA public OWNER TO postgres", database.name)
    return database.place


def without_tls(database: PostgresDatabase) -> Server:
    return replace(database.place_by_port, host="localhost", ca_file="/etc/ssl/certs/ca-certificates.crt")


@pytest.mark.parametrize(
    ("wrong", "words", "remedy"),
    [
        (wrong_password, "the server refuses to let Shunter in", "Compare the user in store.url"),
        (no_password, "the server refuses to let Shunter in", "store.password_file"),
        (no_such_user, "the server refuses to let Shunter in", "Compare the user"),
        (no_such_database, "the server has no such database", "Create it, owned by that user"),
        (nobody_listening, "the server cannot be reached", "See whether it runs"),
        (no_such_host, "the server's name is not known", "Correct store.url"),
        (crowded, "the server takes no more connections", "See who holds them"),
        (locked, "the server takes no more connections", "allow more"),
        (only_for_reading, "the server takes no writes", "A standby never does"),
        (without_a_right, "its user may not do that", "Make that user the owner"),
        (without_tls, "the server does not prove that it is the one", "Let it have a certificate"),
    ],
    ids=lambda value: getattr(value, "__name__", "")[:30],
)
def test_what_is_wrong_with_it_is_said_with_a_remedy(
    postgres: PostgresDatabase, wrong: Callable[[PostgresDatabase], Server], words: str, remedy: str
) -> None:
    for to_act in (False, True):
        said = why_not(wrong(postgres), to_act=to_act)
        assert words in said
        assert remedy in said


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("53100", "the server's disk is full"),
        ("53200", "the server is short of something"),
        ("53300", "the server takes no more connections"),
        ("40001", "another process got in the way"),
        ("40P01", "another process got in the way"),
        ("55P03", "another process keeps it busy"),
        ("57014", "the server did not finish in time"),
        ("25006", "the server takes no writes"),
        ("25P03", "the server ended a transaction that stood still"),
        ("57P01", "the connection to the server was lost"),
        ("58030", "the server's disk failed"),
        ("XX001", "it is damaged"),
        ("XX002", "it is damaged"),
        ("22012", ""),
    ],
)
def test_what_it_says_by_code_is_said_in_words(lasting_database: PostgresDatabase, code: str, words: str) -> None:
    with (
        connected(lasting_database.place) as connection,
        pytest.raises(psycopg.Error) as raised,
        connection.transaction(force_rollback=True),
    ):
        connection.execute(f"DO $$ BEGIN RAISE EXCEPTION 'said so' USING ERRCODE = '{code}'; END $$".encode())
    failed = explained_by_server("shunter on db", raised.value)

    assert str(failed).startswith(f"store shunter on db: {words} (said so). " if words else "None")


@contextmanager
def on_a_server_alone() -> Iterator[tuple[Postgres, PostgresDatabase]]:
    with a_server() as server, server.database() as database:
        yield server, database


@pytest.mark.slow
def test_a_server_that_was_away_is_used_again_when_it_is_back() -> None:
    with on_a_server_alone() as (server, database), opened(database.place, to_act=True) as store:
        store.ledger.intend("r1", [a_move()], NOW)
        for ends in (server.stop, server.crash):
            ends()
            for _ in range(2):
                with pytest.raises(StoreError, match=r"the (server cannot be reached|connection to the server was)"):
                    store.ledger.intend("r2", [a_move()], NOW)
            server.start()
            store.ledger.intend("r3", [a_move()], NOW)

        with (
            pytest.raises(StoreTaken, match=r"process \d+ on .* acts on it"),
            opened(database.place, to_act=True),
        ):
            pass
        assert [intent.run for intent in store.ledger.open_intents()] == ["r1", "r3", "r3"]


def test_a_connection_that_is_cut_fails_its_transaction_and_no_other(postgres: PostgresDatabase) -> None:
    def cut_in_the_middle() -> None:
        with database.writing() as connection:
            pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            connection.exec_driver_sql("CREATE TABLE half (number INTEGER)")
            postgres.server.sql(f"SELECT pg_terminate_backend({pid}, 60000)")
            connection.exec_driver_sql("SELECT 1")

    database = Database(OnServer(postgres.place, to_act=False))
    with pytest.raises(StoreError, match="the connection to the server was lost"):
        cut_in_the_middle()
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT to_regclass('half')").scalar() is None
    database.close()


def test_who_lost_the_lease_does_not_write_before_having_it_again(postgres: PostgresDatabase) -> None:
    with opened(postgres.place, to_act=True) as store:
        store.ledger.intend("r1", [a_move()], NOW)
        OnPostgres(postgres).let_a_minute_pass()
        with pytest.raises(StoreError, match="the lease was lost by which one process alone acts on it"):
            store.ledger.intend("r2", [a_move()], NOW)
        with opened(postgres.place, to_act=True) as other:
            other.ledger.intend("r3", [a_move()], NOW)
            for _ in range(2):
                with pytest.raises(StoreTaken, match="acts on it already"):
                    store.ledger.intend("r4", [a_move()], NOW)
        with pytest.raises(StoreLost, match="another process has acted on it meanwhile"):
            store.ledger.intend("r4", [a_move()], NOW)
        store.ledger.intend("r5", [a_move()], NOW)

        assert [intent.run for intent in store.ledger.open_intents()] == ["r1", "r3", "r5"]


def test_who_acts_again_after_another_opens_anew_what_is_there_now(postgres: PostgresDatabase) -> None:
    """The other one may have been of another version: a ledger that it has migrated is none for the former one."""
    with opened(postgres.place, to_act=True) as former:
        OnPostgres(postgres).let_a_minute_pass()
        with opened(postgres.place, to_act=True):
            with pytest.raises(StoreError, match="the lease was lost"):
                former.ledger.insist_on_acting()
            with pytest.raises(StoreTaken):
                former.ledger.insist_on_acting()
            postgres.sql("UPDATE ledger_revision SET version_num = '9998'")
        with pytest.raises(StoreError, match="its ledger has revision 9998, and this Shunter knows"):
            former.ledger.insist_on_acting()
        postgres.sql("UPDATE ledger_revision SET version_num = '0001'")
        former.ledger.insist_on_acting()


def test_a_database_that_was_dropped_and_made_again_is_filled_again(postgres: PostgresDatabase) -> None:
    with opened(postgres.place, to_act=True) as store:
        store.mirror.absorb([an_item()], token=("items", "a"))
        postgres.server.sql(f"DROP DATABASE {postgres.name} WITH (FORCE)")
        with pytest.raises(StoreError):
            store.mirror.token("items")
        with pytest.raises(StoreError, match="the server has no such database"):
            store.mirror.token("items")
        postgres.server.sql(f"CREATE DATABASE {postgres.name} OWNER shunter")
        with pytest.raises(StoreError, match="its tables were deleted or replaced"):
            store.mirror.token("items")

        assert store.mirror.token("items") is None
        store.ledger.intend("r1", [a_move()], NOW)


def test_a_password_that_was_replaced_is_taken_up_without_a_new_start(
    postgres: PostgresDatabase, tmp_path: Path
) -> None:
    file = tmp_path / "secret"
    file.write_text("the-first")
    place = replace(postgres.place_by_port, user="renewed", password=Secret("the-first", file.read_text))
    postgres.server.sql("CREATE ROLE renewed LOGIN PASSWORD 'the-first'")
    try:
        postgres.server.sql(f"ALTER DATABASE {postgres.name} OWNER TO renewed")
        with opened(place) as store:
            postgres.server.sql("ALTER ROLE renewed PASSWORD 'the-second'")
            postgres.server.sql(
                "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE usename = 'renewed'"
            )
            with pytest.raises(StoreError, match="refuses to let Shunter in"):
                store.mirror.token("items")
            file.write_text("the-second")
            assert store.mirror.token("items") is None
    finally:
        postgres.server.sql(f"ALTER DATABASE {postgres.name} OWNER TO shunter")
        postgres.server.sql("REASSIGN OWNED BY renewed TO shunter", postgres.name)
        postgres.server.sql("DROP OWNED BY renewed", postgres.name)
        postgres.server.sql("DROP ROLE renewed")


def test_writers_take_turns_and_none_has_to_be_repeated(postgres: PostgresDatabase) -> None:
    def work(number: int) -> None:
        with opened(postgres.place) as store:
            for rev in range(5):
                store.mirror.absorb([an_item(id, rev=rev * 4 + number) for id in range(20)], token=("items", "a"))
                store.ledger.intend(f"r{number}", [a_move()], NOW)

    with opened(postgres.place) as store, ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))

        assert {item.rev for item in store.mirror.items(["Bug"])} == {19}
        assert len(store.ledger.open_intents()) == 20


def test_what_is_read_is_of_one_moment_whatever_others_write_meanwhile(postgres: PostgresDatabase) -> None:
    with opened(postgres.place) as store:
        database = Database(OnServer(postgres.place, to_act=False))
        count = b"SELECT count(*) FROM ledger_intents"
        with database.reading() as connection:
            before = connection.exec_driver_sql(count.decode()).scalar()
            store.ledger.intend("r1", [a_move()], NOW)
            assert connection.exec_driver_sql(count.decode()).scalar() == before == 0
        with database.reading() as connection:
            assert connection.exec_driver_sql(count.decode()).scalar() == 1
        database.close()


@pytest.mark.parametrize(("is_lasting", "commit"), [(True, "on"), (False, "off")])
def test_only_what_has_to_last_waits_for_the_disk(postgres: PostgresDatabase, is_lasting: bool, commit: str) -> None:
    postgres.server.sql(f"ALTER DATABASE {postgres.name} SET synchronous_commit = 'local'")
    database = Database(OnServer(postgres.place, to_act=False))
    with database.writing(is_lasting=is_lasting) as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == commit
    database.close()


def test_no_wait_is_without_a_bound(postgres: PostgresDatabase) -> None:
    with connected(postgres.place_by_port) as connection:
        bounds = {
            name: connection.execute(f"SHOW {name}".encode()).fetchone()
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        }

    assert bounds == {
        "statement_timeout": ("1min",),
        "lock_timeout": ("30s",),
        "idle_in_transaction_session_timeout": ("1min",),
    }
    assert settings_of(postgres.place)["connect_timeout"] == 10
    assert settings_of(postgres.place)["tcp_user_timeout"] == 60_000


def test_nothing_that_the_environment_names_leads_elsewhere(
    postgres: PostgresDatabase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    passwords = tmp_path / "passwords"
    passwords.write_text(f"*:*:*:*:{PASSWORD}\n")
    passwords.chmod(0o600)
    for name, value in {
        "PGHOSTADDR": "192.0.2.1",
        "PGPORT": "1",
        "PGUSER": "somebody",
        "PGPASSWORD": PASSWORD,
        "PGPASSFILE": str(passwords),
        "PGSSLMODE": "require",
        "PGOPTIONS": "-c statement_timeout=1",
    }.items():
        monkeypatch.setenv(name, value)
    with opened(postgres.place) as store:
        assert store.mirror.token("items") is None

    assert "refuses to let Shunter in" in why_not(no_password(postgres))
    passwords.unlink()


def test_what_must_prove_itself_is_believed_by_its_certificate_alone(
    postgres: PostgresDatabase, tmp_path: Path
) -> None:
    (tmp_path / "another").mkdir()
    authority, another = Authority(tmp_path), Authority(tmp_path / "another")
    vouched = replace(postgres.place_by_port, ca_file=str(authority.file))
    with fronted(postgres.server.port, authority.good()) as port, opened(replace(vouched, port=port)):
        pass
    for shown in (
        authority.good("localhost"),
        authority.for_another_host(),
        authority.expired(),
        another.good(),
    ):
        with fronted(postgres.server.port, shown) as port:
            said = why_not(replace(vouched, port=port))
        assert "the server does not prove that it is the one that is meant" in said


def test_whatever_is_elsewhere_must_prove_itself() -> None:
    settings = settings_of(Server("db.example", 5432, "shunter", "shunter"))

    assert settings["sslmode"] == "verify-full"
    assert Path(settings["sslrootcert"]).is_file()


def absorb_without_end(store: Store) -> None:
    for number in range(1, 1000):
        rows = [an_item(id, rev=number, title="x" * 500) for id in range(number * 20)]
        store.mirror.absorb(rows, token=("items", str(number)))


@contextmanager
def a_full_disk(server: Postgres, database: PostgresDatabase) -> Iterator[Callable[[], object]]:
    """Where the items of the mirror are, on a tablespace; what is given makes it larger."""
    folder = server.folder / "small"
    folder.mkdir()
    with small_disk(folder) as disk:
        if isinstance(disk, RealDisk):
            shutil.chown(folder, 65534, 65534)
            server.sql(f"CREATE TABLESPACE small LOCATION '{folder}'")
            server.sql("GRANT CREATE ON TABLESPACE small TO shunter")
            database.sql("ALTER TABLE mirror_items SET TABLESPACE small")
            yield disk.grow
            database.sql("DROP TABLE mirror_items")
            server.sql("DROP TABLESPACE small")
            return
    # Where no file system can be mounted, the server says the same at the hundredth row.
    full = "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'"
    database.sql(
        f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {full}; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON mirror_items FOR EACH ROW WHEN (NEW.id > 100) "
        "EXECUTE FUNCTION full_disk()",
    )
    yield lambda: database.sql("DROP TRIGGER full_disk ON mirror_items")


@pytest.mark.slow
def test_on_a_full_disk_nothing_stands_by_half_and_on_it_goes_when_there_is_room() -> None:
    with (
        on_a_server_alone() as (server, database),
        opened(database.place) as store,
        a_full_disk(server, database) as grow,
    ):
        with pytest.raises(StoreError, match=r"the server's disk is full \(.*No space left.*Free some space"):
            absorb_without_end(store)
        last = int(store.mirror.token("items") or 0)
        assert {row.rev for row in store.mirror.items(["Bug"])} == {last}
        assert len(store.mirror.items(["Bug"])) == last * 20
        grow()
        store.mirror.absorb([an_item(id, rev=last + 1, title="x" * 500) for id in range(1000)])
        assert len(store.mirror.items(["Bug"])) == 1000
