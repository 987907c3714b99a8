"""By the SDK of Microsoft, as it is mostly used: `URL TOKEN WORK FIRST COUNT`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import Any

from azure.devops.connection import Connection
from azure.devops.v7_1.work_item_tracking.models import (
    JsonPatchOperation,
    TeamContext,
    Wiql,
    WorkItemBatchGetRequest,
)
from msrest.authentication import BasicAuthentication

from tests.benchmarks.peers.starting_gate import start, stay_on_this_machine

PROJECT = "MHHS"
QUERY = "SELECT [System.Id] FROM workitems WHERE [System.TeamProject] = @project AND [System.WorkItemType] = 'Bug'"
FIELDS = [
    "System.WorkItemType", "System.Title", "System.State", "System.Tags", "System.ChangedDate",
    "Microsoft.VSTS.Common.Severity", "Custom.FoundIn", "Custom.ResolvingParty", "Custom.FixVersion",
]  # fmt: skip
AT_ONCE = 200


class Sdk:
    """One client, kept; what it asks in order to find its way belongs to what it is first used for."""

    def __init__(self, url: str, token: str) -> None:
        self._connection = Connection(base_url=url, creds=BasicAuthentication("", token))

    @cached_property
    def items(self) -> Any:
        return self._connection.clients.get_work_item_tracking_client()

    def ids(self) -> list[int]:
        found = self.items.query_by_wiql(Wiql(query=QUERY), team_context=TeamContext(project=PROJECT))
        return [item.id for item in found.work_items]

    def each(self) -> int:
        return len([self.items.get_work_item(id, project=PROJECT) for id in self.ids()])

    def everything(self) -> int:
        pages = [self.items.get_work_items(some, project=PROJECT, expand="All") for some in portions(self.ids())]
        return sum(map(len, pages))

    def fields(self) -> int:
        requests = [WorkItemBatchGetRequest(ids=some, fields=FIELDS) for some in portions(self.ids())]
        return sum(len(self.items.get_work_items_batch(asked, project=PROJECT)) for asked in requests)

    def move(self, first: int, count: int) -> int:
        document = [
            JsonPatchOperation(op="test", path="/rev", value=1),
            JsonPatchOperation(op="add", path="/fields/System.State", value="Ready for Retest"),
            JsonPatchOperation(op="add", path="/fields/System.AssignedTo", value="tess.hall@st.example"),
            JsonPatchOperation(op="add", path="/fields/System.History", value="Delivered with 5.2.16.0."),
        ]
        ids = range(first, first + count)
        return len([self.items.update_work_item(document, id, project=PROJECT) for id in ids])


def portions(ids: Sequence[int]) -> Iterator[list[int]]:
    return (list(ids[begin : begin + AT_ONCE]) for begin in range(0, len(ids), AT_ONCE))


def main(url: str, token: str, work: str, first: str, count: str) -> None:
    stay_on_this_machine()
    sdk = Sdk(url, token)
    if work == "move":
        start(partial(sdk.move, int(first), int(count)))
    else:
        look: Callable[[], int] = {"each": sdk.each, "everything": sdk.everything, "fields": sdk.fields}[work]
        start(look, look)


if __name__ == "__main__":
    main(*sys.argv[1:])
