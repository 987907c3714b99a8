"""Another process: does to a store on disk what it is told, until it is killed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO

from adapters.configuration.settings import StoreSettings
from adapters.configuration.store_place import read_place
from adapters.store.server import Server
from adapters.store.store import opened
from tests.adapters.store.samples import NOW, a_move, an_item
from tests.house import ROOT

ITEMS = 50


@contextmanager
def started(deed: str, place: Path | str) -> Iterator[IO[str]]:
    """What it says, line by line. It is killed, without notice, when the block is left."""
    command = [sys.executable, "-m", __name__, deed, str(place)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout
        finally:
            process.kill()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def act(place: Path | Server) -> None:
    """Opens it, and waits."""
    with opened(place, to_act=True):
        say("open")
        sys.stdin.read()


def write(place: Path | Server) -> None:
    """Page after page, each with its token; after each an intent. Says which stand on the disk."""
    with opened(place, to_act=True) as store:
        start = int(store.mirror.token("items") or 0)
        for number in count(start + 1):
            rows = [an_item(id, rev=number, title="x" * 200) for id in range(ITEMS)]
            store.mirror.absorb(rows, token=("items", str(number)))
            store.ledger.intend(f"r{number}", [a_move(1), a_move(2)], NOW)
            say(str(number))


def place_of(text: str) -> Path | Server:
    settings = StoreSettings(url=text) if text.startswith("postgresql:") else StoreSettings(file=text)
    place, problems = read_place(settings, Path(), {}, is_service=True)
    assert problems == []
    return place


if __name__ == "__main__":
    {"act": act, "write": write}[sys.argv[1]](place_of(sys.argv[2]))
