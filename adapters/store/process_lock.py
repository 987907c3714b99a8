"""The process lock: at most one process at a time acts on one database file."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from adapters.store.failures import StoreTaken, unusable


class ProcessLock:
    """Held until it is closed or the process ends, however it ends. A process that only reads takes none."""

    def __init__(self, database: Path) -> None:
        self._database, self._descriptor = database, -1
        self.renew()

    def renew(self) -> None:
        """Taken again where its file was deleted: another process would find nobody there."""
        path = self._database.with_name(f"{self._database.name}.lock")
        if self._descriptor >= 0 and not _is_open(path, self._descriptor):
            self.close()
        if self._descriptor < 0:
            self._take(path)

    def _take(self, path: Path) -> None:
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
            raise StoreTaken(self._database, f"process {holder} acts on it already", remedy) from error
        except OSError as error:
            self.close()
            raise unusable(path, error) from error

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1


def _is_open(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False


def _sign(descriptor: int) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
