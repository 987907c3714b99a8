"""The process lock: at most one process at a time acts on one database file."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from adapters.store.failures import StoreTaken, unusable


class ProcessLock:
    """Held until it is closed or the process ends, however it ends. A process that only reads takes none."""

    def __init__(self, database: Path) -> None:
        path = database.with_name(f"{database.name}.lock")
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise unusable(path, error) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _sign(self._descriptor)
        except BlockingIOError as error:
            holder = os.pread(self._descriptor, 20, 0).decode(errors="replace").strip() or "of unknown number"
            self.close()
            remedy = "Stop that one first, or give this one a store of its own."
            raise StoreTaken(database, f"process {holder} acts on it already", remedy) from error
        except OSError as error:
            self.close()
            raise unusable(path, error) from error

    def close(self) -> None:
        os.close(self._descriptor)


def _sign(descriptor: int) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
