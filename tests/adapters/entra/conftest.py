"""The identity service, started once for a file of tests, and the small world that takes its tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.azure_devops.boards import Boards
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.sign_in import SignIn
from adapters.credentials import Application
from adapters.sandbox.transport import InProcess
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.world import URL, Clock, an_azure, render
from tests.identity.identity_service import TENANT, Service, identity_service

CLIENT_ID = "5e9f0a52-7a0c-4f0e-9c47-2f5a0f6e9d11"


@dataclass
class Entra:
    """The service, whom to trust for it, and where a client is registered."""

    service: Service
    ca_file: str

    @property
    def application(self) -> Application:
        return Application(TENANT, CLIENT_ID, self.service.url)

    def boards(self, sign_in: SignIn) -> Boards:
        """Azure DevOps as whoever signs in so sees it."""
        clock = Clock()
        return Boards(Gateway(URL, sign_in, clock.pace(), transport=InProcess(self.service.azure)), MHHS, render)


@pytest.fixture
def entra(tmp_path: Path) -> Iterator[Entra]:
    with identity_service(an_azure(), tmp_path) as (service, ca_file):
        yield Entra(service, ca_file)
