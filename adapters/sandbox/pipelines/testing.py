"""What test tools publish, in the words of a test: tests run, they start and they finish."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from threading import RLock

from adapters.sandbox.organisation import Organisation
from adapters.sandbox.pipelines.build import TEN_MINUTES, one_of
from adapters.sandbox.pipelines.run_of_tests import ENDED, RUN_STATES, Counts, RunOfTests


class Testing:
    """`build`: the id that `azure.pipelines` answers; None: a person runs them by hand. `at` None is now."""

    def __init__(self, organisation: Organisation, lock: RLock) -> None:
        self._organisation = organisation
        self._runs = organisation.pipelines.tests
        self._lock = lock

    def runs(
        self,
        name: str,
        *,
        build: int | None,
        passed: int = 0,
        failed: int = 0,
        not_applicable: int = 0,
        state: str = "Completed",
        at: datetime | None = None,
        stage: str = "",
    ) -> int:
        """Tests that ended `at` with this; the id of their run."""
        at = at or self._organisation.clock.now()
        with self._lock:
            id = self.starts(name, build=build, at=at - TEN_MINUTES, stage=stage)
            counts = Counts(passed, failed, not_applicable)
            self._changes(id, state, counts, at)
            return id

    def starts(
        self,
        name: str,
        *,
        build: int | None,
        tests: int = 0,
        at: datetime | None = None,
        stage: str = "",
    ) -> int:
        """None of the `tests` has come to an end yet; the id of their run."""
        at = at or self._organisation.clock.now()
        with self._lock:
            if build is not None and build not in self._organisation.pipelines.builds:
                raise ValueError(f"there is no build {build}: give the id that azure.pipelines has answered")
            id = len(self._runs) + 1
            self._runs[id] = RunOfTests(
                id,
                name,
                build,
                self._organisation.build_service,
                started=at,
                updated=at,
                stage=stage,
                counts=Counts(incomplete=tests),
            )
            return id

    def finishes(
        self,
        id: int,
        *,
        passed: int = 0,
        failed: int = 0,
        not_applicable: int = 0,
        state: str = "Completed",
        at: datetime | None = None,
    ) -> None:
        one_of("state", state, sorted(ENDED))
        with self._lock:
            self._changes(id, state, Counts(passed, failed, not_applicable), at or self._organisation.clock.now())

    def _changes(self, id: int, state: str, counts: Counts, at: datetime) -> None:
        one_of("state", state, RUN_STATES)
        was = self._runs[id]
        self._runs[id] = replace(was, state=state, counts=counts, updated=at, revision=was.revision + 1)
