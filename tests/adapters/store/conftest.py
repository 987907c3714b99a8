"""A store in memory, a place for one on disk, and a folder in which nothing can be written."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.store.store import Store, in_memory

NOBODY = 65534


@pytest.fixture
def store() -> Iterator[Store]:
    with in_memory() as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shunter.db"


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
