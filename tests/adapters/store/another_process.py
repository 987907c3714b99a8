"""Another process: does to a store on disk what it is told, until it is killed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO

from adapters.store.store import opened
from tests.adapters.store.samples import NOW, a_move, an_item
from tests.house import ROOT

ITEMS = 50


@contextmanager
def started(deed: str, path: Path) -> Iterator[IO[str]]:
    """What it says, line by line. It is killed, without notice, when the block is left."""
    command = [sys.executable, "-m", __name__, deed, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout
        finally:
            process.kill()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def act(path: Path) -> None:
    """Opens it, and waits."""
    with opened(path, to_act=True):
        say("open")
        sys.stdin.read()


def write(path: Path) -> None:
    """Page after page, each with its token; after each an intent. Says which stand on the disk."""
    with opened(path, to_act=True) as store:
        start = int(store.mirror.token("items") or 0)
        for number in count(start + 1):
            rows = [an_item(id, rev=number, title="x" * 200) for id in range(ITEMS)]
            store.mirror.absorb(rows, token=("items", str(number)))
            store.ledger.intend(f"r{number}", [a_move(1), a_move(2)], NOW)
            say(str(number))


if __name__ == "__main__":
    {"act": act, "write": write}[sys.argv[1]](Path(sys.argv[2]))
