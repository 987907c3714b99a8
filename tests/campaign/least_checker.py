"""The least checker: what must never be seen of RFCs and of hand-overs, from the server's history alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import RFC
from adapters.sandbox.mhhs_seeds.people import BOT
from adapters.sandbox.work_item import Revision

RETEST = "Ready for Retest"
KEY = ("Custom.ReleaseEnvironment", "Custom.ReleaseParty", "Custom.ReleaseNumber")


@dataclass(frozen=True, slots=True)
class Violation:
    promise: str
    at: datetime
    item: int
    words: str

    def __str__(self) -> str:
        return f"{self.promise} {self.at:%Y-%m-%d %H:%M:%S} work item {self.item}: {self.words}"


class LeastChecker:
    def __init__(self, azure: Azure) -> None:
        self.azure = azure
        self._seen = len(azure.organisation.boards.revisions)

    def news(self) -> tuple[Violation, ...]:
        fresh = self.azure.organisation.boards.revisions[self._seen :]
        self._seen += len(fresh)
        ours = [revision for revision in fresh if revision.by.sign_in == BOT]
        return (*self._seconds(), *(found for r in ours if (found := self._unproved(r))))

    def when_quiet(self) -> tuple[Violation, ...]:
        return self.news()

    def _seconds(self) -> tuple[Violation, ...]:
        live = [item for item in self.azure.items(RFC) if item.state != "Withdrawn"]
        keys = {item.id: tuple(str(item.fields.get(name)) for name in KEY) for item in live}
        twice = {key for key, count in Counter(keys.values()).items() if count > 1}
        return tuple(
            Violation("S1", self.azure.clock.now(), id, f"a second live RFC of {key}")
            for id, key in keys.items()
            if key in twice
        )

    def _unproved(self, revision: Revision) -> Violation | None:
        before = self.azure.item(revision.id).history[revision.rev - 2] if revision.rev > 1 else None
        if before is None or revision.fields["System.State"] != RETEST or before.fields["System.State"] == RETEST:
            return None
        brought = self.azure.organisation.boards.items.get(int(str(revision.fields.get("Custom.DeliveredBy", 0))))
        if brought is None:
            return Violation("S4", revision.at, revision.id, "handed over, and no RFC delivered it")
        arrived = [r for r in brought.history if r.fields["System.State"] == "Deployed" and r.at <= revision.at]
        if not arrived or brought.fields["Custom.ReleaseEnvironment"] != revision.fields.get("Custom.FoundIn"):
            return Violation("S4", revision.at, revision.id, f"handed over by RFC {brought.id}, which proves nothing")
        return None
