"""The post of an event has the recorded keys and types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from tests.adapters.sandbox.conftest import azure, clock, dev, endpoint
from tests.adapters.sandbox.endpoint import Endpoint
from tests.recorded.exchange import rows_of, shape

__all__ = ["azure", "clock", "dev", "endpoint"]


def told(post: Mapping[str, Any]) -> set[str]:
    """But for fields of another process, and for messages: who recorded it had asked for none."""
    found = {key for key in shape(post) if not key.startswith((".message", ".detailedMessage"))}
    return {key for key in found if ".fields." not in key or ".fields.System." in key}


def test_an_update_of_a_linked_and_assigned_work_item_is_told_as_it_was(
    azure: Azure, dev: Actor, endpoint: Endpoint
) -> None:
    parent, child = (dev.create("Bug", {"System.Title": title}) for title in ("parent", "child"))
    dev.edit(parent, {"System.AssignedTo": "Dev Patel"})
    dev.link(parent, "System.LinkTypes.Hierarchy-Forward", child)
    azure.hooks.subscribe("workitem.updated", endpoint.url)
    dev.set_state(parent, "Active")
    azure.hooks.deliver()

    for record in rows_of("hook-workitem.updated"):
        assert told(record) - told(endpoint.posts[-1]) == set()
        assert told(endpoint.posts[-1]) - told(record) == set()
