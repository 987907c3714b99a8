"""What somebody does who writes to the service's interface directly."""

import requests

from adapters.sandbox.transport import InProcess
from tests.adapters.azure_devops.world import MANAGER, URL, World


def patch(world: World, id: int, operations: list[dict[str, object]]) -> None:
    with requests.Session() as session:
        session.mount("https://", InProcess(world.azure))
        session.headers["Content-Type"] = "application/json-patch+json"
        session.auth = ("", world.azure.token_for(MANAGER))
        answer = session.patch(f"{URL}/_apis/wit/workitems/{id}?api-version=7.1", json=operations)
        answer.raise_for_status()
