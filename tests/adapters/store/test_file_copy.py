"""Copies of a database file: whole, private, never over anything, and as many as are asked for."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.store.daily_copies import keep_copies
from adapters.store.failures import StoreError
from adapters.store.file_copy import copied
from adapters.store.store import opened
from tests.adapters.store.another_process import ITEMS, started
from tests.adapters.store.disk import RealDisk, small_disk
from tests.adapters.store.samples import NOW, a_move, an_item
from tests.adapters.store.test_in_file import miscounted
from tests.adapters.store.test_well_again import scribbled_on


def filled(path: Path, run: str = "r1") -> Path:
    with opened(path) as store:
        store.mirror.absorb([an_item(id, title="x" * 200) for id in range(600)], token=("items", "a"))
        store.ledger.intend(run, [a_move()], NOW)
    return path


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_copy_made_while_another_process_writes_is_whole(path: Path, tmp_path: Path) -> None:
    with started("write", path) as said:
        said.readline()
        copied(path, tmp_path / "copy.db")
    with opened(tmp_path / "copy.db") as store:
        token = int(store.mirror.token("items") or 0)
        assert token >= 1
        assert [item.rev for item in store.mirror.items(["Bug"])] == [token] * ITEMS


def test_it_is_one_file_for_its_owner_s_eyes_only(path: Path, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    copied(filled(path), tmp_path / "copies" / "copy.db")

    assert names(tmp_path / "copies") == ["copy.db"]
    assert oct((tmp_path / "copies" / "copy.db").stat().st_mode & 0o777) == "0o600"
    assert (tmp_path / "copies" / "copy.db").read_bytes()[18:20] == b"\1\1", "who reads it would put files beside it"


def test_it_is_never_made_over_a_file(path: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("somebody's")
    with pytest.raises(StoreError, match=r"copy\.db: there is a file already\. Name another"):
        copied(filled(path), tmp_path / "copy.db")

    assert (tmp_path / "copy.db").read_text() == "somebody's"


def test_of_nothing_there_is_none_and_nothing_is_made(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such file"):
        copied(path, tmp_path / "copy.db")

    assert names(tmp_path) == []


@pytest.mark.parametrize("damage", [scribbled_on, miscounted])
def test_of_a_damaged_file_there_is_none(path: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    damage(filled(path))
    with pytest.raises(StoreError, match="damaged"):
        copied(path, tmp_path / "copy.db")

    assert names(tmp_path) == ["shunter.db"]


def test_where_it_cannot_be_written_nothing_is_left(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="its folder does not exist"):
        copied(filled(path), tmp_path / "no" / "copy.db")


def test_a_copy_that_fills_its_disk_is_not_left_half_made(path: Path, tmp_path: Path) -> None:
    with opened(path) as store:
        store.mirror.absorb([an_item(id, title="x" * 500) for id in range(2000)])
    (tmp_path / "small").mkdir()
    with small_disk(tmp_path / "small") as disk:
        if isinstance(disk, RealDisk):
            with pytest.raises(StoreError, match="the disk is full"):
                copied(path, disk.folder / "copy.db")
            assert names(disk.folder) == []
            disk.grow()
        copied(path, disk.folder / "copy.db")
        assert names(disk.folder) == ["copy.db"]


def test_one_a_day_is_made_and_the_newest_few_are_kept(path: Path, tmp_path: Path) -> None:
    filled(path)
    made = [keep_copies(path, 3, datetime(2026, 12, 1, 23, tzinfo=UTC) + timedelta(hours=h)) for h in range(0, 120, 6)]

    assert [copy.name for copy in made if copy is not None] == [
        f"shunter-2026-12-0{day}.db" for day in (1, 2, 3, 4, 5, 6)
    ]
    assert names(tmp_path / "backups") == [f"shunter-2026-12-0{day}.db" for day in (4, 5, 6)]
    assert oct((tmp_path / "backups").stat().st_mode & 0o777) == "0o700"


def test_what_people_put_beside_them_is_left_alone(path: Path, tmp_path: Path) -> None:
    filled(path)
    (tmp_path / "backups").mkdir()
    for name in ("shunter-before-the-move.db", "other-2026-01-01.db"):
        (tmp_path / "backups" / name).touch()
    keep_copies(path, 1, NOW)

    assert names(tmp_path / "backups") == ["other-2026-01-01.db", "shunter-2026-12-03.db", "shunter-before-the-move.db"]


def test_where_none_are_asked_for_none_are_made_nor_taken_away(path: Path, tmp_path: Path) -> None:
    filled(path)
    keep_copies(path, 1, NOW)
    assert keep_copies(path, 0, NOW + timedelta(days=1)) is None

    assert names(tmp_path / "backups") == ["shunter-2026-12-03.db"]


def test_going_back_to_a_copy_is_copying_it_back(path: Path) -> None:
    copy = keep_copies(filled(path), 1, NOW)
    assert copy is not None
    with opened(path) as store:
        store.ledger.intend("r2", [a_move()], NOW)
    for file in path.parent.glob("shunter.db*"):
        file.unlink()
    shutil.copy(copy, path)

    with opened(path, to_act=True) as store:
        assert [intent.run for intent in store.ledger.open_intents()] == ["r1"]
        assert store.mirror.token("items") == "a"


def test_a_daily_copy_is_not_what_fills_the_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        path = filled(disk.folder / "shunter.db")
        if isinstance(disk, RealDisk):
            with pytest.raises(StoreError, match="no daily copy is made, with 0 MiB free"):
                keep_copies(path, 1, NOW)
            assert names(disk.folder / "backups") == []
            disk.grow()
        keep_copies(path, 1, NOW)
        assert names(disk.folder / "backups") == ["shunter-2026-12-03.db"]
