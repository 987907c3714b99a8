"""A server that keeps the line busy with a byte now and then is given up when the time for its answer is over."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest
import requests

from adapters.network.confined import confine
from adapters.network.no_answer import was_never_sent, why_no_answer
from adapters.network.timed import TimedAdapter
from adapters.network.whole_body import whole_body
from tests.adapters.network.connect_proxy import connect_proxy
from tests.adapters.network.odd_server import Handler, odd_server
from tests.adapters.network.tls import HERE, Authority, secure_server

PATIENCE = 5.0
A_WHILE = 0.2


def drips(handler: Handler, first: bytes) -> None:
    """A byte at a time, for two seconds, or as long as anybody listens."""
    never = Event()
    with suppress(OSError):
        handler.wfile.write(first)
        for _ in range(200):
            never.wait(0.01)
            handler.wfile.write(b"x")


def in_its_status(handler: Handler) -> None:
    drips(handler, b"HTTP/1.1 200 ")


def in_a_header(handler: Handler) -> None:
    drips(handler, b"HTTP/1.1 200 OK\r\nX-Long: ")


def in_its_body(handler: Handler) -> None:
    drips(handler, b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")


def a_session(url: str, seconds: float) -> requests.Session:
    session = requests.Session()
    confine(session, [url], TimedAdapter(seconds))
    return session


@pytest.mark.parametrize("write", [in_its_status, in_a_header])
def test_headers_that_never_end_are_given_up(write: Callable[[Handler], None]) -> None:
    with odd_server(write) as url, pytest.raises(requests.ReadTimeout) as given_up:
        a_session(url, A_WHILE).get(url, timeout=PATIENCE, stream=True)

    assert was_never_sent(given_up.value) is False


def test_a_body_that_never_ends_is_given_up() -> None:
    with odd_server(in_its_body) as url:
        response = a_session(url, A_WHILE).get(url, timeout=PATIENCE, stream=True)
        with pytest.raises(Exception, match="timed out"):
            whole_body(response, limit=1_000_000, seconds=PATIENCE)


def test_once_its_time_is_over_nothing_more_is_read() -> None:
    clock = iter([0.0, 0.0, 1000.0])

    with odd_server(lambda handler: handler.says(b" " * 500_000)) as url, requests.Session() as session:
        confine(session, [url], TimedAdapter(A_WHILE, lambda: next(clock, 1000.0)))
        response = session.get(url, timeout=PATIENCE, stream=True)
        with pytest.raises(Exception, match="timed out"):
            whole_body(response, limit=1_000_000, seconds=PATIENCE)


def test_an_answer_in_time_is_read_and_the_connection_serves_again() -> None:
    connections = set()

    def write(handler: Handler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.close_connection = False
        connections.add(handler.client_address)
        handler.says(b"{}")

    with odd_server(write) as url:
        session = a_session(url, PATIENCE)
        for _ in range(3):
            response = session.get(url, timeout=PATIENCE, stream=True)
            assert whole_body(response, limit=10, seconds=PATIENCE) == b"{}"
        session.close()

    assert len(connections) == 1


def test_a_proxy_that_never_finishes_its_answer_is_given_up() -> None:
    with odd_server(in_a_header) as url:
        session = a_session("https://ado.example", A_WHILE)
        session.proxies = {"https": url}
        with pytest.raises(requests.RequestException) as given_up:
            session.get("https://ado.example/x", timeout=PATIENCE)

    assert was_never_sent(given_up.value) is True
    assert why_no_answer(given_up.value).startswith("no answer (connection.proxy: ")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/x",
        "http://dev.azure.com/mhhs",
        "https://dev.azure.com.evil.example/mhhs",
        "https://dev.azure.com:8443/mhhs",
        "https://dev.azure.com@evil.example/mhhs",
        "http://169.254.169.254/latest/",
        "ftp://dev.azure.com/mhhs",
    ],
)
def test_no_other_host_than_the_configured_is_reached(elsewhere: str) -> None:
    with connect_proxy({}) as proxy:
        session = a_session("https://dev.azure.com/mhhs", PATIENCE)
        session.proxies = {"https": proxy.url, "http": proxy.url}
        with pytest.raises(requests.RequestException) as refused:
            session.get(elsewhere)

        assert proxy.asked == []
        assert was_never_sent(refused.value) or "ftp" in elsewhere


def test_a_cookie_is_not_kept() -> None:
    told: list[str] = []

    def write(handler: Handler) -> None:
        told.append(handler.headers.get("Cookie", ""))
        handler.says(b"{}", Set_Cookie="who=somebody")

    with odd_server(write) as url:
        session = a_session(url, PATIENCE)
        for _ in range(2):
            session.get(url, timeout=PATIENCE)

    assert told == ["", ""]


@pytest.mark.parametrize("is_secure", [False, True], ids=["plain", "TLS"])
def test_an_answer_that_is_not_waited_for_any_more_may_have_been_carried_out(tmp_path: Path, is_secure: bool) -> None:
    """From another thread, while this one waits."""
    has_come, never = Event(), Event()
    adapter = TimedAdapter(PATIENCE)

    def hang_up() -> None:
        assert has_come.wait(PATIENCE)
        while not never.wait(A_WHILE):
            adapter.hang_up()

    def says_nothing(environ: object, start_response: object) -> list[bytes]:
        has_come.set()
        never.wait(PATIENCE)
        return []

    hanging_up = Thread(target=hang_up, daemon=True)
    hanging_up.start()
    authority = Authority(tmp_path)
    with silent(says_nothing, authority if is_secure else None) as url, requests.Session() as session:
        confine(session, [url], adapter)
        began = time.monotonic()
        try:
            with pytest.raises(requests.ConnectionError) as broken_off:
                session.post(url, timeout=60, stream=True, verify=str(authority.file))
        finally:
            never.set()
            hanging_up.join()

    assert was_never_sent(broken_off.value) is False
    assert time.monotonic() - began < PATIENCE / 2


@contextmanager
def silent(app: Callable[[object, object], list[bytes]], authority: Authority | None) -> Iterator[str]:
    if authority is not None:
        with secure_server(app, authority.good()) as port:
            yield f"https://{HERE}:{port}"
        return

    def write(handler: Handler) -> None:
        app(handler, None)

    with odd_server(write) as url:
        yield url
