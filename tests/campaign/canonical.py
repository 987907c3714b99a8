"""The canonical scenario: twelve work items, two parties, three environments, an emergency and a rollback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import LIST, RFC, Cast
from adapters.sandbox.work_item import WorkItem
from tests.jobs.small_world import OPEN

ENTRY = "System.LinkTypes.Related"
CHILD = "System.LinkTypes.Hierarchy-Forward"
PLAIN = (
    "Custom.ReleaseEnvironment",
    "Custom.ReleaseParty",
    "Custom.ReleaseNumber",
    "Custom.ReleaseType",
    "Custom.Edition",
    "Custom.Seal",
    "Custom.Outcome",
    "Custom.Attempt",
    "Custom.WindowStart",
)


@dataclass(frozen=True)
class Step:
    """At a time people have acted, and Shunter looks."""

    at: datetime
    words: str
    act: Callable[[Cast], object] = lambda _: None


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def _all_agree(cast: Cast) -> None:
    for environment in ("SIT-A", "SIT-B", "UIT"):
        cast.agree(environment)


def _all_approve(cast: Cast) -> None:
    for environment in ("SIT-A", "SIT-B", "UIT"):
        cast.approve(environment)


def _emergency(cast: Cast) -> None:
    cast.ask_for_emergency(OPEN)
    cast.resolve(OPEN, "5.2.16.1")


SCENARIO = (
    Step(_at(3, 11), "all lists are agreed", _all_agree),
    Step(_at(3, 12), "and are to be raised"),
    Step(_at(4, 8), "all RFCs are approved", _all_approve),
    Step(_at(7, 10), "deployed to SIT-A", lambda cast: cast.deploy("SIT-A")),
    Step(_at(7, 14), "deployed to SIT-B and UIT", lambda cast: (cast.deploy("SIT-B"), cast.deploy("UIT"))),
    Step(_at(7, 16), "rolled back in SIT-B", lambda cast: cast.roll_back("SIT-B")),
    Step(_at(8, 9), "closed for SIT-A", lambda cast: cast.close("SIT-A")),
    Step(_at(9, 10, 5), "an emergency for SIT-A", _emergency),
    Step(_at(9, 10, 25), "its list is agreed", lambda cast: cast.agree("SIT-A")),
    Step(_at(9, 10, 45), "and is to be raised"),
    Step(_at(9, 11, 5), "its RFC is approved", lambda cast: cast.approve("SIT-A")),
    Step(_at(9, 12, 40), "and deployed", lambda cast: cast.deploy("SIT-A")),
    Step(_at(9, 16), "nothing more"),
)


def world_of(azure: Azure) -> list[str]:
    """What there is in the end, whatever ids it has: each work item in one line, in order of the alphabet."""
    return sorted(_told(item, azure) for item in azure.items())


def _told(item: WorkItem, azure: Azure) -> str:
    if item.type.name in (LIST, RFC):
        values = ", ".join(str(item.fields.get(name, "-"))[:20] for name in PLAIN)
        children = [_key(azure.item(id)) for id in item.links(CHILD)]
        return f"{item.type.name} {values}: {item.state}, {item.links(ENTRY)}, {children}"
    by = item.fields.get("Custom.DeliveredBy")
    brought = _key(azure.item(int(str(by)))) if by else "-"
    assigned = getattr(item.fields.get("System.AssignedTo"), "sign_in", "-")
    return f"{item.id}: {item.state}, {assigned}, {brought}"


def _key(item: WorkItem) -> str:
    return " ".join(str(item.fields.get(name, "-")) for name in PLAIN[:3])
