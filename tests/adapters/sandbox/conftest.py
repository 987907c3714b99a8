"""One organisation, its clock and its people, and those who ask it or hear from it, for every test of the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import requests
from azure.devops.client import Client as SdkClient
from azure.devops.connection import Connection
from msrest.authentication import BasicAuthentication

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.mhhs_process import MHHS_PROCESS
from adapters.sandbox.person import Person
from adapters.sandbox.serve import served
from adapters.sandbox.transport import InProcess
from tests.adapters.sandbox.client import Client
from tests.adapters.sandbox.endpoint import Endpoint, listening

BOT = "shunter@mhhs.example"
DEV = "dev.patel@si.example"
TIM = "tim.o'dowd@st.example"
START = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)

PEOPLE = (Person("Shunter", BOT), Person("Dev Patel", DEV), Person("Tim O'Dowd", TIM))


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(START)


@pytest.fixture
def azure(clock: SettableClock) -> Azure:
    return Azure(organisation="acme", project="MHHS", process=MHHS_PROCESS, people=PEOPLE, clock=clock)


@pytest.fixture
def dev(azure: Azure) -> Actor:
    return azure.person(DEV)


@pytest.fixture
def client(azure: Azure) -> Iterator[Client]:
    with requests.Session() as session:
        session.mount("http://sandbox", InProcess(azure))
        session.auth = ("", azure.token_for(BOT))
        yield Client(session)


@pytest.fixture
def connection(azure: Azure) -> Iterator[Connection]:
    SdkClient._locations_cache.clear()  # noqa: SLF001 - kept for the life of the process, by address
    with served(azure) as base:
        yield Connection(base_url=base, creds=BasicAuthentication("", azure.token_for(BOT)))


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with listening() as found:
        yield found
