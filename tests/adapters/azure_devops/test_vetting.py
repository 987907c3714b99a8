"""A body that comes too slowly is given up, however lively it looks."""

from io import BytesIO

import pytest
import requests
from urllib3.response import HTTPResponse

from adapters.azure_devops.answers import TooLarge, Unreachable
from adapters.azure_devops.vetting import vet
from tests.adapters.azure_devops.world import Clock


class Dripping(BytesIO):
    """A byte in ten seconds."""

    def __init__(self, body: bytes, clock: Clock) -> None:
        super().__init__(body)
        self._clock = clock

    def read1(self, size: int | None = -1, /) -> bytes:
        self._clock.wait(10)
        return super().read(1)


def a_response(body: BytesIO, method: str) -> requests.Response:
    response = requests.Response()
    response.status_code = 200
    response.headers["Content-Type"] = "application/json"
    response.request = requests.Request(method, "https://dev.azure.com/mhhs").prepare()
    response.raw = HTTPResponse(body, preload_content=False)
    return response


@pytest.mark.parametrize(("method", "may_have_arrived"), [("GET", False), ("PATCH", True)])
def test_a_slow_body_is_given_up(method: str, *, may_have_arrived: bool) -> None:
    clock = Clock()
    response = a_response(Dripping(b"{}" * 100, clock), method)

    with pytest.raises(Unreachable, match="took longer than 35 seconds") as slow:
        vet(response, "asking", clock.monotonic)

    assert clock.seconds == 1040.0
    assert slow.value.may_have_arrived is may_have_arrived


def test_a_body_that_comes_in_time_is_whole() -> None:
    clock = Clock()

    assert vet(a_response(Dripping(b"{}", clock), "GET"), "asking", clock.monotonic) == {}


class Pouring(BytesIO):
    """Without end, 64 kB in half a second."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def read1(self, size: int | None = -1, /) -> bytes:
        self._clock.wait(0.5)
        return b" " * 65_536


@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_much_that_does_not_end_in_time_is_too_much(method: str) -> None:
    clock = Clock()

    with pytest.raises(TooLarge, match="bytes came in 35 seconds, and not all"):
        vet(a_response(Pouring(clock), method), "asking", clock.monotonic)
