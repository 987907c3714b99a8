"""Well again: a store that was lost in use fails whoever finds out, and serves the next without a new start."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from adapters.store.database import Database
from adapters.store.failures import StoreError, StoreTaken
from adapters.store.in_file import InFile
from adapters.store.ledger import Ledger
from adapters.store.schema import preparation
from adapters.store.store import Store, opened
from tests.adapters.store.another_process import started
from tests.adapters.store.samples import NOW, a_move, an_item
from tests.adapters.store.site import Site

DEED = "the-run-before-it"


def filled(store: Store) -> None:
    store.ledger.intend(DEED, [a_move()], NOW)
    store.mirror.absorb([an_item(id, title="x" * 500) for id in range(100)], token=("items", "a"))


def test_what_was_deleted_in_use_begins_anew_after_one_failure(site: Site) -> None:
    with opened(site.place, to_act=True) as store:
        filled(store)
        site.begin_empty()
        with pytest.raises(StoreError, match=r"deleted (or replaced )?while Shunter"):
            store.ledger.intend("r1", [a_move()], NOW)

        assert (store.mirror.token("items"), store.mirror.items(["Bug"])) == (None, ())
        store.ledger.intend("r2", [a_move()], NOW)

    with opened(site.place) as store:
        assert [intent.run for intent in store.ledger.open_intents()] == ["r2"]


def test_it_is_not_mixed_with_what_another_process_has_made_there_meanwhile(site: Site) -> None:
    with opened(site.place) as store:
        filled(store)
        site.begin_empty()
        with opened(site.place) as other:
            other.mirror.absorb([an_item(7)], token=("items", "b"))
        with pytest.raises(StoreError, match="deleted or replaced"):
            store.mirror.absorb([an_item(8)], token=("items", "c"))

        assert (store.mirror.token("items"), store.mirror.items(["Bug"])) == ("b", (an_item(7),))


def test_a_folder_that_is_away_for_a_while(tmp_path: Path) -> None:
    folder, away = tmp_path / "mounted", tmp_path / "away"
    folder.mkdir()
    with opened(folder / "shunter.db", to_act=True) as store:
        filled(store)
        folder.rename(away)
        for _ in range(3):
            with pytest.raises(StoreError):
                store.ledger.intend("r1", [a_move()], NOW)
        away.rename(folder)

        assert store.mirror.token("items") == "a"
        store.ledger.intend("r2", [a_move()], NOW)


def test_a_connection_that_can_only_read_is_not_used_for_ever(path: Path) -> None:
    """One that was made while the file could not be written."""
    with opened(path) as store:
        filled(store)
    engine = create_engine(f"sqlite:///file:{path}?mode=ro&uri=true", connect_args={"isolation_level": None})
    with closing(Database(OpenedByAnother(path, engine), preparation(may_rebuild=False))) as database:
        ledger = Ledger(database)
        with pytest.raises(StoreError, match="it cannot be written"):
            ledger.intend("r1", [a_move()], NOW)
        ledger.intend("r2", [a_move()], NOW)

        assert [intent.run for intent in ledger.open_intents()] == [DEED, "r2"]


class OpenedByAnother(InFile):
    """At first by an engine that is given; then by its own."""

    def __init__(self, path: Path, first: Engine) -> None:
        super().__init__(path, to_act=False)
        self._first: Engine | None = first

    def open(self) -> Engine:
        own, first, self._first = super().open(), self._first, None
        return first or own


def test_who_had_everything_deleted_under_them_still_acts_alone(path: Path) -> None:
    with opened(path, to_act=True) as store:
        for file in path.parent.glob("shunter.db*"):
            file.unlink()
        with pytest.raises(StoreError, match="deleted or replaced"):
            store.mirror.token("items")
        assert store.mirror.token("items") is None
        with pytest.raises(StoreTaken, match=rf"process {os.getpid()} acts on it already"), opened(path, to_act=True):
            pass


def test_nor_does_anybody_act_beside_who_came_first_meanwhile(path: Path) -> None:
    with opened(path, to_act=True) as store:
        for file in path.parent.glob("shunter.db*"):
            file.unlink()
        with started("act", path) as said:
            assert said.readline() == "open\n"
            for words in ("deleted or replaced", "acts on it already", "acts on it already"):
                with pytest.raises(StoreError, match=words):
                    store.ledger.intend("r1", [a_move()], NOW)
        store.ledger.intend("r2", [a_move()], NOW)


def scribbled_on(path: Path) -> None:
    """All but its first page."""
    settle(path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))


def overwritten(path: Path) -> None:
    settle(path)
    with path.open("r+b") as file:
        file.write(b"This is no database." * 5000)


def used(store: Store) -> None:
    """Until it comes to pages that it does not remember."""
    for id in range(10):
        store.mirror.item(id)
        store.ledger.intend("r1", [a_move()], NOW)


def settle(path: Path) -> None:
    """So that it is all in the file itself."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


def aside(path: Path) -> list[Path]:
    return [file for file in path.parent.glob("shunter.db.damaged-*") if not file.name.endswith(("-wal", "-shm"))]


@pytest.mark.parametrize("damage", [scribbled_on, overwritten])
def test_a_file_that_is_damaged_in_use_is_moved_aside_and_begun_anew(
    path: Path, damage: Callable[[Path], None]
) -> None:
    with opened(path, to_act=True) as store:
        filled(store)
        damage(path)
        damaged = path.read_bytes()
        with pytest.raises(StoreError, match=r"it is damaged.*moved aside to .*damaged-2.*everything is read anew"):
            used(store)

        assert [file.read_bytes() == damaged for file in aside(path)] == [True]
        assert (store.mirror.token("items"), store.ledger.open_intents()) == (None, ())
        store.ledger.intend("r2", [a_move()], NOW)


def test_one_that_is_sound_when_it_is_looked_at_again_stays(path: Path) -> None:
    def fail_once(sound: bytes) -> None:
        with database.reading() as connection:
            path.write_bytes(sound[:4096] + b"\xff" * (len(sound) - 4096))
            try:
                connection.exec_driver_sql("SELECT * FROM ledger_intents")
            finally:
                path.write_bytes(sound)

    with opened(path) as store:
        filled(store)
    with closing(Database(InFile(path, to_act=True), preparation(may_rebuild=True))) as database:
        database.open()
        settle(path)
        with pytest.raises(StoreError, match=r"it is damaged \(.*, and looked at again it is sound"):
            fail_once(path.read_bytes())

        assert [intent.run for intent in Ledger(database).open_intents()] == [DEED]
    assert aside(path) == []


def test_what_went_into_a_file_that_was_deleted_meanwhile_is_not_taken_for_written(path: Path) -> None:
    def write_into_the_void() -> None:
        with database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM mirror_tokens")
            path.unlink()

    with closing(Database(InFile(path, to_act=True), preparation(may_rebuild=True))) as database:
        database.open()
        with pytest.raises(StoreError, match="deleted or replaced"):
            write_into_the_void()


def test_so_is_one_that_is_found_damaged_at_the_start(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with opened(path, to_act=True) as store:
        filled(store)
    scribbled_on(path)
    with opened(path, to_act=True) as store:
        assert store.ledger.open_intents() == ()
        assert "moved aside" in caplog.text

    assert len(aside(path)) == 1


@pytest.mark.parametrize("content", [b"A letter to somebody.", b"SQLite format 3\0" + b"\xff" * 9000])
def test_what_is_not_surely_ours_is_never_moved(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"damaged.*delete the file"), opened(path, to_act=True):
        pass

    assert (path.read_bytes(), aside(path)) == (content, [])


def test_who_only_looks_moves_nothing(path: Path) -> None:
    with opened(path) as store:
        filled(store)
        scribbled_on(path)
        with pytest.raises(StoreError, match=r"it is damaged.*delete the file"):
            used(store)

    assert aside(path) == []


def test_a_second_damaged_one_does_not_take_the_place_of_the_first(path: Path) -> None:
    for _ in range(2):
        with opened(path, to_act=True) as store:
            filled(store)
        scribbled_on(path)
    with opened(path, to_act=True):
        pass

    assert len(aside(path)) == 2
