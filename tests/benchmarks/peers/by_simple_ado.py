"""By simple-ado, Microsoft's other client for Python: `URL TOKEN`. It has one way of reading many: with everything."""

from __future__ import annotations

import sys
from typing import Any

import simple_ado
from simple_ado.http_client import ADOHTTPClient

from tests.benchmarks.peers.starting_gate import start, stay_on_this_machine

PROJECT = "MHHS"
QUERY = "SELECT [System.Id] FROM workitems WHERE [System.TeamProject] = @project AND [System.WorkItemType] = 'Bug'"


def at(url: str) -> None:
    """It knows the addresses of the service by heart; these are the sandbox's."""

    def api_endpoint(_: ADOHTTPClient, *, project_id: str | None = None, **_other: Any) -> str:
        return f"{url}/{project_id}/_apis" if project_id else f"{url}/_apis"

    ADOHTTPClient.api_endpoint = api_endpoint


def main(url: str, token: str) -> None:
    stay_on_this_machine()
    at(url)
    auth = simple_ado.ADOBasicAuth("", token)
    client = simple_ado.ADOClient(tenant="sandbox", auth=auth)

    def look() -> int:
        found = client.workitems.execute_query(QUERY, PROJECT)
        ids = [item["id"] for item in found["workItems"]]
        return len(list(client.workitems.ilist(ids, PROJECT)))

    start(look, look)


if __name__ == "__main__":
    main(*sys.argv[1:])
