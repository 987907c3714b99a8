"""Opening a store: private, by one who acts and many who look, and with a clear word where it cannot be used."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from adapters.store.failures import StoreError, StoreTaken
from adapters.store.schema import CURRENT, MIRROR
from adapters.store.store import opened
from tests.adapters.store.another_process import started
from tests.adapters.store.samples import NOW, a_move, an_item


def run_sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_what_was_kept_is_there_at_the_next_opening(path: Path) -> None:
    with opened(path, to_act=True) as store:
        store.mirror.absorb([an_item()], token=("items", "a"))
        ids = store.ledger.intend("r1", [a_move()], NOW)

    with opened(path, to_act=True) as store:
        assert store.mirror.items(["Bug"]) == (an_item(),)
        assert store.mirror.token("items") == "a"
        assert tuple(intent.id for intent in store.ledger.open_intents()) == ids


def test_it_is_for_its_owner_s_eyes_only(path: Path) -> None:
    path.touch(mode=0o666)
    with opened(path, to_act=True) as store:
        store.mirror.absorb([an_item()])
        modes = {file.name: oct(file.stat().st_mode & 0o777) for file in path.parent.iterdir()}

    assert modes == dict.fromkeys(["shunter.db", "shunter.db-shm", "shunter.db-wal", "shunter.db.lock"], "0o600")


def test_a_second_process_that_would_act_is_refused_and_one_that_looks_is_not(path: Path) -> None:
    with started("act", path) as said:
        assert said.readline() == "open\n"
        with (
            pytest.raises(StoreTaken, match=r"process \d+ acts on it already\. Stop that one first"),
            opened(path, to_act=True),
        ):
            pass
        with opened(path) as store:
            store.mirror.absorb([an_item()])

    with opened(path, to_act=True) as store:
        assert store.mirror.items(["Bug"]) == (an_item(),)


def test_once_it_is_closed_another_may_act(path: Path) -> None:
    for _ in range(2):
        with opened(path, to_act=True):
            pass


def test_two_that_look_see_what_the_other_wrote(path: Path) -> None:
    with opened(path) as one, opened(path) as other:
        one.mirror.absorb([an_item(rev=2)], token=("items", "b"))
        other.mirror.absorb([an_item(rev=1)])

        assert other.mirror.item(123) == one.mirror.item(123) == an_item(rev=2)


def overwritten(path: Path) -> None:
    path.write_bytes(b"This is no database." * 500)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def scribbled_on(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)


def miscounted(path: Path) -> None:
    """Its header speaks of free pages that there are not: nothing fails yet, until pages are taken from there."""
    content = bytearray(path.read_bytes())
    content[36:40] = (7).to_bytes(4, "big")
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [overwritten, truncated, scribbled_on, miscounted])
def test_a_damaged_file_says_that_it_can_be_deleted(path: Path, damage: Callable[[Path], None]) -> None:
    with opened(path) as store:
        store.mirror.absorb([an_item(id, title="x" * 500) for id in range(100)])
    damage(path)
    damaged = path.read_bytes()

    with (
        pytest.raises(StoreError, match=r"shunter\.db: it is damaged.*delete the file.*only the local record"),
        opened(path),
    ):
        pass
    assert path.read_bytes() == damaged


def test_somebody_else_s_database_is_left_alone(path: Path) -> None:
    run_sql(path, "CREATE TABLE customers (id INTEGER)")

    with (
        pytest.raises(StoreError, match=r"a database of something else\. Name another file"),
        opened(path, to_act=True),
    ):
        pass
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("customers",)]


def test_a_ledger_of_another_version_is_kept(path: Path) -> None:
    with opened(path) as store:
        store.ledger.intend("r1", [a_move()], NOW)
    run_sql(path, "UPDATE shunter_schema SET version = 99 WHERE part = 'ledger'")

    words = r"version 99, and this Shunter knows version 2\. Start the Shunter that wrote it"
    with pytest.raises(StoreError, match=words), opened(path, to_act=True):
        pass
    run_sql(path, "UPDATE shunter_schema SET version = 2 WHERE part = 'ledger'")
    with opened(path) as store:
        assert len(store.ledger.open_intents()) == 1


def test_a_mirror_of_another_version_is_read_anew_and_the_ledger_stays(path: Path) -> None:
    with opened(path) as store:
        store.mirror.absorb([an_item()], token=("items", "a"))
        store.ledger.intend("r1", [a_move()], NOW)
    run_sql(
        path,
        "UPDATE shunter_schema SET version = 99 WHERE part = 'mirror'",
        "ALTER TABLE mirror_items RENAME COLUMN fields TO something_else",
        "CREATE TABLE mirror_of_tomorrow (id INTEGER)",
    )

    with opened(path, to_act=True) as store:
        assert (store.mirror.item(123), store.mirror.token("items")) == (None, None)
        store.mirror.absorb([an_item()])
        assert len(store.ledger.open_intents()) == 1


def test_who_only_looks_does_not_take_the_mirror_from_who_acts(path: Path) -> None:
    with opened(path) as store:
        store.mirror.absorb([an_item()])
    run_sql(path, "UPDATE shunter_schema SET version = 99 WHERE part = 'mirror'")

    with pytest.raises(StoreError, match=r"mirror was written by another version.*Let `shunter run`"), opened(path):
        pass
    run_sql(path, f"UPDATE shunter_schema SET version = {CURRENT[MIRROR]} WHERE part = 'mirror'")
    with opened(path) as store:
        assert store.mirror.item(123) == an_item()


@pytest.mark.parametrize("to_act", [True, False], ids=["to act", "to look"])
def test_a_folder_in_which_nothing_can_be_written(read_only_folder: Path, to_act: bool) -> None:
    words = r"it cannot be opened \(Permission denied\)\. Shunter's account needs to read and write the file"
    with pytest.raises(StoreError, match=words), opened(read_only_folder / "shunter.db", to_act=to_act):
        pass


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match=r"its folder does not exist\. Create "),
        opened(tmp_path / "no" / "shunter.db"),
    ):
        pass


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Is a directory"), opened(tmp_path):
        pass


def test_deleted_between_two_runs_it_begins_empty(path: Path) -> None:
    with opened(path, to_act=True) as store:
        store.mirror.absorb([an_item()], token=("items", "a"))
    path.unlink()

    with opened(path, to_act=True) as store:
        assert (store.mirror.item(123), store.mirror.token("items")) == (None, None)


def test_deleted_without_what_lies_beside_it_it_begins_empty(path: Path) -> None:
    with started("write", path) as said:
        said.readline()
    assert path.with_name("shunter.db-wal").exists()
    path.unlink()

    with opened(path, to_act=True) as store:
        assert (store.mirror.items(["Bug"]), store.mirror.token("items")) == ((), None)


def test_deleted_while_it_is_open_nothing_is_written_into_the_void(path: Path) -> None:
    with opened(path, to_act=True) as store:
        path.unlink()
        with pytest.raises(StoreError, match="it was deleted or replaced while Shunter had it open"):
            store.ledger.intend("r1", [a_move()], NOW)


def test_replaced_while_it_is_open_it_is_not_taken_for_the_same(path: Path) -> None:
    with opened(path, to_act=True) as store:
        store.mirror.absorb([an_item()], token=("items", "a"))
        path.rename(path.with_name("moved.db"))
        path.touch()
        with pytest.raises(StoreError, match="deleted or replaced"):
            store.mirror.token("items")


@pytest.mark.parametrize("statement", ["UPDATE {} SET run = 'x'", "DELETE FROM {}"], ids=["changed", "taken away"])
@pytest.mark.parametrize("table", ["ledger_runs", "ledger_intents"])
def test_what_stands_in_the_ledger_cannot_be(path: Path, statement: str, table: str) -> None:
    with opened(path) as store:
        store.ledger.intend("r1", [a_move()], NOW)
        store.ledger.record_run("r1", NOW, ["retest"], "DONE")

    with pytest.raises(sqlite3.IntegrityError, match="the ledger is only ever added to"):
        run_sql(path, statement.format(table))


def test_where_nothing_is_new_nothing_is_written(path: Path) -> None:
    with opened(path, to_act=True) as store:
        store.mirror.absorb([an_item(relations=())], token=("items", "a"))
        before = contents(path)
        store.mirror.absorb([an_item()], token=("items", "a"))
        store.mirror.absorb(token=("items", "a"))
        store.mirror.replace_all([an_item()])

        assert contents(path) == before


def test_a_token_that_cannot_be_kept_takes_what_it_came_with_along(path: Path) -> None:
    with opened(path) as store:
        run_sql(path, "CREATE TRIGGER no BEFORE INSERT ON mirror_tokens BEGIN SELECT RAISE(ABORT, 'no'); END")
        with pytest.raises(IntegrityError):
            store.mirror.absorb([an_item()], token=("items", "a"))

        assert store.mirror.item(123) is None


def contents(path: Path) -> dict[str, bytes]:
    return {name: path.with_name(name).read_bytes() for name in ("shunter.db", "shunter.db-wal")}
