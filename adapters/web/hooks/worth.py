"""What an event is worth: a look, or nothing, and then why."""

from __future__ import annotations

from datetime import datetime, timedelta

from adapters.web.hooks.event import Event
from adapters.web.hooks.home import Home

OLDEST = timedelta(hours=24)
NOBODYS = 0
"""The work item of the event that the button "Test" sends."""

TELLING = frozenset(
    {
        "workitem.created",
        "workitem.updated",
        "workitem.commented",
        "workitem.deleted",
        "workitem.restored",
        "build.complete",
        "ms.vss-release.deployment-completed-event",
        "ms.vss-pipelines.run-state-changed-event",
        "ms.vss-pipelines.stage-state-changed-event",
        "ms.vss-pipelines.job-state-changed-event",
        "ms.vss-pipelinechecks-events.approval-pending",
        "ms.vss-pipelinechecks-events.approval-completed",
    }
)
"""The types of event after which there may be something to see."""


def why_not(event: Event, home: Home, now: datetime | None) -> str:
    """Why nobody has to look because of it; empty where somebody has to. `now`: by the server's clock, once known."""
    if event.type not in TELLING:
        return "events of this type say nothing that Shunter looks at"
    if event.work_item == NOBODYS:
        return "it is a test"
    if event.created is not None and now is not None and now - event.created > OLDEST:
        return "it is older than a day"
    if home.is_elsewhere(event):
        return "it is of another project"
    return ""
