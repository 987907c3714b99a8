"""What classic releases do, in the words of a test: they deploy, they start and they finish."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from threading import RLock

from adapters.sandbox.organisation import Organisation
from adapters.sandbox.pipelines.build import TEN_MINUTES, one_of
from adapters.sandbox.pipelines.happening import ReleaseDeployed
from adapters.sandbox.pipelines.release_deployment import OPERATION_STATUSES, OPERATIONS, ReleaseDeployment


class Releases:
    """Definitions, stages and releases come into being when they are first named. `at` None is now."""

    def __init__(self, organisation: Organisation, lock: RLock) -> None:
        self._organisation = organisation
        self._history = organisation.pipelines
        self._lock = lock

    def deploys(
        self,
        *,
        environment: str,
        definition: str,
        release: str,
        status: str = "succeeded",
        operation: str = "",
        at: datetime | None = None,
        took: timedelta = TEN_MINUTES,
    ) -> int:
        """Finished `at`; again is the next attempt. `operation` empty: the one that fits `status`. Its id."""
        at = at or self._organisation.clock.now()
        with self._lock:
            id = self.starts(environment=environment, definition=definition, release=release, at=at - took)
            self.finishes(id, status=status, operation=operation, at=at)
            return id

    def starts(self, *, environment: str, definition: str, release: str, at: datetime | None = None) -> int:
        with self._lock:
            kept = self._history.deployments
            made = self._history.definition(definition, "release", release)
            stage = self._history.definition(definition, "stage", environment)
            earlier = [one for one in kept.values() if (one.release, one.stage) == (made, stage)]
            id = len(kept) + 1
            kept[id] = ReleaseDeployment(
                id,
                definition=self._history.definition(definition),
                stage=stage,
                environment=self._history.definition(definition, "release", release, environment),
                release=made,
                attempt=len(earlier) + 1,
                by=self._organisation.build_service,
                queued=at or self._organisation.clock.now(),
            )
            return id

    def finishes(self, id: int, *, status: str = "succeeded", operation: str = "", at: datetime | None = None) -> None:
        one_of("status", status, OPERATIONS)
        one_of("operation", operation, ("", *OPERATION_STATUSES))
        at = at or self._organisation.clock.now()
        with self._lock:
            running = self._history.deployments[id]
            ended = replace(running, finished=at, status=status, operation=operation or OPERATIONS[status])
            self._history.deployments[id] = ended
            self._history.happened.append(ReleaseDeployed(ended, at))
