"""Which builds a list is asked for, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.sandbox.call import Call
from adapters.sandbox.pipelines.build import BUILD_RESULTS, Build

ORDERS = (
    "finishtimedescending",
    "finishtimeascending",
    "queuetimedescending",
    "queuetimeascending",
    "starttimedescending",
    "starttimeascending",
)
STATUSES = ("all", "inprogress", "completed", "cancelling", "postponed", "notstarted")
NOT_YET = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BuildFilter:
    """None (and a result of "") lets every build pass; `since` and `until` are of the time that orders the list."""

    pipelines: list[str] | None
    ids: list[str] | None
    number: str | None
    tags: frozenset[str]
    branch: str | None
    status: str
    result: str
    since: datetime | None
    until: datetime | None
    order: str

    def found(self, builds: Iterable[Build]) -> list[Build]:
        passing = [build for build in builds if self._passes(build)]
        return sorted(
            passing, key=lambda build: (self._time(build), build.id), reverse=self.order.endswith("descending")
        )

    def _passes(self, build: Build) -> bool:
        at = self._time(build)
        return (
            (self.pipelines is None or str(build.pipeline.id) in self.pipelines)
            and (self.ids is None or str(build.id) in self.ids)
            and self._is_numbered(build)
            and self.tags <= set(build.tags)
            and self.branch in {None, build.branch}
            and self.status in {"all", build.status.lower()}
            and self.result in {"", build.result.lower()}
            and (self.since is None or at >= self.since)
            and (self.until is None or at <= self.until)
        )

    def _is_numbered(self, build: Build) -> bool:
        """A star at the end stands for any rest."""
        if self.number is not None and self.number.endswith("*"):
            return build.number.startswith(self.number[:-1])
        return self.number in {None, build.number}

    def _time(self, build: Build) -> datetime:
        return (build.finished or NOT_YET) if self.order.startswith("finish") else build.queued


def read(call: Call) -> BuildFilter:
    return BuildFilter(
        pipelines=call.list("definitions"),
        ids=call.list("buildIds"),
        number=call.text("buildNumber"),
        tags=frozenset(call.list("tagFilters") or ()),
        branch=call.text("branchName"),
        status=call.choice("statusFilter", *STATUSES),
        result=call.choice("resultFilter", "", *(result.lower() for result in BUILD_RESULTS)),
        since=call.instant("minTime"),
        until=call.instant("maxTime"),
        order=call.choice("queryOrder", *ORDERS),
    )
