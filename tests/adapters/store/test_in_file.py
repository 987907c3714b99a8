"""A store in a file: private, found sound before it is used, and with a clear word where it cannot be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.store.failures import StoreError
from adapters.store.store import opened
from tests.adapters.store.another_process import started
from tests.adapters.store.samples import an_item


def test_it_is_for_its_owner_s_eyes_only(path: Path) -> None:
    path.touch(mode=0o666)
    with opened(path, to_act=True) as store:
        store.mirror.absorb([an_item()])
        modes = {file.name: oct(file.stat().st_mode & 0o777) for file in path.parent.iterdir()}

    assert modes == dict.fromkeys(["shunter.db", "shunter.db-shm", "shunter.db-wal", "shunter.db.lock"], "0o600")


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


def test_where_nothing_is_new_nothing_is_written(path: Path) -> None:
    with opened(path, to_act=True) as store:
        store.mirror.absorb([an_item(relations=())], token=("items", "a"))
        before = contents(path)
        store.mirror.absorb([an_item()], token=("items", "a"))
        store.mirror.absorb(token=("items", "a"))
        store.mirror.replace_all([an_item()])

        assert contents(path) == before


def contents(path: Path) -> dict[str, bytes]:
    return {name: path.with_name(name).read_bytes() for name in ("shunter.db", "shunter.db-wal")}
