"""Observed: what happens to replicas, noted in a timeline as it happens: logs, lease and ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

import psycopg

from tests.processes.replicas import Replica, Replicas

OFTEN = 0.05
LEASE = "SELECT process, epoch, extract(epoch FROM until - clock_timestamp()) FROM shunter_lease"
MEANT = "SELECT sequence, id, kind, subject FROM ledger_intents WHERE sequence > {} ORDER BY sequence"
CAME = "SELECT sequence, intent, result, item, words FROM ledger_outcomes WHERE sequence > {} ORDER BY sequence"


@dataclass
class Observer:
    replicas: Replicas
    _read: dict[str, int] = field(default_factory=dict)
    _lease: tuple[str, int] = ("", 0)
    _left: float = 0.0
    _seen: dict[str, int] = field(default_factory=lambda: {MEANT: 0, CAME: 0})

    def glance(self) -> None:
        for replica in self.replicas.every:
            self._hear(replica)
        try:
            self._see_the_lease()
            self._see_the_ledger()
        except psycopg.Error:
            return  # there is no table yet, or no server now

    def _hear(self, replica: Replica) -> None:
        """Its log, as its lines come."""
        if not replica.installation.started:
            return
        lines = replica.process.words.splitlines()
        key = f"{replica.name} {replica.process.pid}"
        for line in lines[self._read.get(key, 0) :]:
            said = json.loads(line) if line.startswith("{") else {"event": line}
            more = [f"{name} {said[name]}" for name in ("item", "result", "ending", "done", "why") if name in said]
            self._note(replica.name, f"log: {said['event']}{': ' if more else ''}{', '.join(more)}")
        self._read[key] = len(lines)

    def _see_the_lease(self) -> None:
        process, epoch, left = self.replicas.database.sql(LEASE)[0]
        found, left = (str(process), int(epoch)), float(left)
        if found != self._lease:
            self._note("lease", f"epoch {epoch}: {process}, for {left:.0f} s")
        elif left > self._left + 1:
            self._note("lease", f"epoch {epoch} is renewed")
        elif left <= 0 < self._left:
            self._note("lease", f"epoch {epoch} has run out, or was given back")
        self._lease, self._left = found, left

    def _see_the_ledger(self) -> None:
        for sequence, id, kind, subject in self._new(MEANT):
            self._seen[MEANT] = sequence
            self._note("ledger", f"{id} is meant: {kind}, {subject}")
        for sequence, intent, result, item, words in self._new(CAME):
            self._seen[CAME] = sequence
            self._note("ledger", f"{intent} came to: {result}, work item {item}{f' ({words})' if words else ''}")

    def _new(self, query: str) -> list[tuple[Any, ...]]:
        return self.replicas.database.sql(query.format(self._seen[query]))

    def _note(self, who: str, what: str) -> None:
        self.replicas.timeline.note(who, what)


@contextmanager
def observed(replicas: Replicas) -> Iterator[None]:
    """Until the block is left."""
    observer, over = Observer(replicas), Event()

    def observe() -> None:
        while not over.wait(OFTEN):
            observer.glance()

    thread = Thread(target=observe, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        observer.glance()
