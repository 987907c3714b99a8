"""The server holds out against whoever sends too much, too slowly, too often, or in two ways at once."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest
from werkzeug import Request, Response

from adapters.web.server import Bounds, listening
from tests.adapters.web.raw_http import answer_to, request

BOUNDS = Bounds(body=4096, headers=8192, connections=5, patience=0.2)
HEAD = b"POST /hooks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@Request.application
def echo(request: Request) -> Response:
    """Says how much has come."""
    return Response(str(len(request.get_data())))


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with listening(echo, "127.0.0.1", 0, BOUNDS) as port:
        yield port


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        pytest.param([request(b"x" * 4096)], 200, id="as much as may be"),
        pytest.param([request(b"x" * 4097)], 413, id="a byte too many"),
        pytest.param([request(b"", length=10**12)], 413, id="a million megabytes to come"),
        pytest.param([HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n"], 400, id="a length that is too long"),
        pytest.param([HEAD + b"Content-Length: -1\r\n\r\n"], 400, id="a length below nothing"),
        pytest.param([HEAD + b"Content-Length: 1e2\r\n\r\n"], 400, id="a length that is no number"),
        pytest.param([HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"], 400, id="two lengths"),
        pytest.param([CHUNKED, b"2\r\n{}\r\n0\r\n\r\n"], 200, id="chunks"),
        pytest.param([CHUNKED, *[b"400\r\n" + b"x" * 1024 + b"\r\n"] * 5], 413, id="chunks without end"),
        pytest.param([CHUNKED, b"x" * 5000], 413, id="a chunk that never says how long it is"),
        pytest.param([CHUNKED, b"2;" + b"x" * 5000], 413, id="a chunk with a long remark"),
        pytest.param([CHUNKED, b"zz\r\n"], 400, id="a chunk of no size"),
        pytest.param(
            [HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}"], 400, id="length and chunks"
        ),
        pytest.param(
            [b"POST / HTTP/1.0\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}"],
            400,
            id="chunks before there were any",
        ),
        pytest.param([HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n"], 501, id="compressed on its way"),
        pytest.param([HEAD + b"X: " + b"x" * 9000 + b"\r\n\r\n"], 431, id="large headers"),
        pytest.param([b"x" * 9000], 431, id="a line without end"),
        pytest.param([b"\x16\x03\x01\x02\x00\x01\r\n\r\n"], 400, id="no HTTP"),
        pytest.param([HEAD + b"X: a\nY: b\r\n\r\n"], 400, id="a line end within a header"),
        pytest.param([HEAD], 408, id="headers that stop"),
        pytest.param([request(b"{", length=2)], 408, id="a body that stops"),
        pytest.param([CHUNKED, b"5\r\n{"], 408, id="a chunk that stops"),
        pytest.param([], 0, id="nothing"),
    ],
)
def test_what_is_sent_has_its_answer(port: int, parts: list[bytes], status: int) -> None:
    assert answer_to(port, parts).status == status


def test_who_trickles_is_told_so_although_the_connection_is_never_idle(port: int) -> None:
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(HEAD + b"Content-Length: 4000\r\n\r\n")
        connection.settimeout(BOUNDS.patience / 10)
        answered = b""
        while not answered and time.monotonic() < began + 10:
            connection.sendall(b"x")
            with suppress(TimeoutError):
                answered = connection.recv(12)

    assert answered == b"HTTP/1.1 408"
    assert time.monotonic() - began < 2


def test_a_connection_may_be_used_again(port: int) -> None:
    kept = request(b"12").replace(b"Connection: close\r\n", b"")

    assert answer_to(port, [kept, request(b"345")]).body.endswith(b"\r\n\r\n3")


def test_many_slow_senders_keep_nobody_out(port: int) -> None:
    """More of them than there may be connections: whoever comes later waits for the first to be sent away."""
    with ExitStack() as stack:
        for _ in range(BOUNDS.connections + 3):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
            slow.sendall(HEAD)

        assert answer_to(port, [request()]).status == 200


def test_nothing_says_what_serves(port: int) -> None:
    told = [answer_to(port, [request()]), answer_to(port, [b"\x16\r\n\r\n"])]

    assert [b"waitress" in (answer.head + answer.body).lower() for answer in told] == [False, False]


def test_an_application_that_fails_tells_nothing_of_itself(caplog: pytest.LogCaptureFixture) -> None:
    @Request.application
    def fails(request: Request) -> Response:
        raise RuntimeError("the inside")

    with listening(fails, "127.0.0.1", 0, BOUNDS) as port:
        answer = answer_to(port, [request()])

    assert (answer.status, b"inside" in answer.body) == (500, False)
    caplog.clear()


def test_on_leaving_the_port_and_all_connections_are_closed_at_once() -> None:
    before = threading.active_count()
    with listening(echo, "127.0.0.1", 0, Bounds(patience=60)) as port:
        held = socket.create_connection(("127.0.0.1", port), timeout=5)
        held.sendall(HEAD)
        left = time.monotonic()

    assert time.monotonic() - left < 1
    assert threading.active_count() == before
    with held, suppress(ConnectionResetError):
        assert held.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        answer_to(port, [request()])


def test_a_port_that_is_taken_is_said_in_words() -> None:
    with (
        listening(echo, "127.0.0.1", 0, BOUNDS) as port,
        pytest.raises(OSError, match=f"nothing can listen on 127.0.0.1, port {port}: Address already in use"),
        listening(echo, "127.0.0.1", port, BOUNDS),
    ):
        pass


def test_it_listens_on_an_address_of_the_sixth_version_too() -> None:
    with listening(echo, "::1", 0, BOUNDS) as port, socket.create_connection(("::1", port), timeout=5) as connection:
        connection.sendall(request())
        assert connection.recv(12) == b"HTTP/1.1 200"
