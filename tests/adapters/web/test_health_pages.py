"""The pages of health: yes or no with the reasons, and numbers; to read, for everybody, and without secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from adapters.metrics import Metric, registry_of
from adapters.web.health.pages import HealthPages
from adapters.web.security_headers import SECURITY_HEADERS
from adapters.web.server import listening
from tests.adapters.web.raw_http import Answer, answer_to, request

SECRET = "canary52" * 6 + "cany"


@dataclass
class Well:
    hung: list[str] = field(default_factory=list)
    not_ready: list[str] = field(default_factory=list)
    port: int = 0

    def asked(self, path: str, *lines: str, method: str = "GET") -> Answer:
        return answer_to(self.port, [request(b"", *lines, method=method, path=path)])


NUMBERS: tuple[Metric[Well], ...] = (
    Metric("shunter_reasons", "How many.", lambda well: len(well.not_ready)),
    Metric("shunter_asked_total", "How often.", lambda well: {("a",): 1, ("b",): 2}, ("who",)),
    Metric("shunter_nothing", "Not told yet.", lambda well: None),
)


@pytest.fixture
def well() -> Iterator[Well]:
    well = Well()
    pages = HealthPages(lambda: well.hung, lambda: well.not_ready, registry_of(NUMBERS, lambda: well))
    with listening(pages, "127.0.0.1", 0) as well.port:
        yield well


def test_all_well_is_200_and_no_reason(well: Well) -> None:
    for path, what in (("/healthz", "alive"), ("/readyz", "ready")):
        answer = well.asked(path)
        assert (answer.status, json.loads(answer.body)) == (200, {what: True, "why": []})


def test_what_is_not_well_is_503_with_the_reasons_in_words_without_secrets(well: Well) -> None:
    well.not_ready = ["signed\nout", f"refused: password={SECRET}"]

    answer = well.asked("/readyz")
    assert (answer.status, json.loads(answer.body)) == (
        503,
        {"ready": False, "why": ["signed out", "refused: password=***"]},
    )
    assert well.asked("/healthz").status == 200
    well.hung = ["nothing has moved"]
    assert well.asked("/healthz").status == 503


@pytest.mark.parametrize(
    ("accepts", "type", "ends"),
    [
        pytest.param((), "text/plain; version=0.0.4; charset=utf-8", b"", id="by default what every Prometheus reads"),
        pytest.param(
            ("Accept: application/openmetrics-text; version=1.0.0",),
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
            b"# EOF\n",
            id="OpenMetrics for who asks for it",
        ),
        *(
            pytest.param((f"Accept: {kind}; version=x",), "text/plain; version=0.0.4; charset=utf-8", b"", id=kind)
            for kind in ("text/plain", "application/openmetrics-text")
        ),
    ],
)
def test_numbers_come_in_the_form_that_is_asked_for(
    well: Well, accepts: tuple[str, ...], type: str, ends: bytes
) -> None:
    well.not_ready = ["one", "two"]
    answer = well.asked("/metrics", *accepts)

    assert answer.status == 200
    assert f"Content-Type: {type}" in answer.head.decode()
    assert b"\nshunter_reasons 2.0\n" in answer.body
    assert b'\nshunter_asked_total{who="b"} 2.0\n' in answer.body
    assert b"\nshunter_nothing " not in answer.body
    assert b"\nprocess_resident_memory_bytes " in answer.body
    assert b"python_info" not in answer.body, "what others register is not ours to tell"
    assert answer.body.endswith(ends)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_to_read_is_all_that_is_answered(well: Well, path: str) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"):
        answer = well.asked(path, method=method)
        assert (answer.status, b"Allow: GET, HEAD" in answer.head) == (405, True)

    head, got = well.asked(path, method="HEAD"), well.asked(path)
    assert (head.status, head.body) == (200, b"")
    assert got.body


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/readyz", "GET", 503), ("/metrics", "GET", 200), ("/readyz", "POST", 405), ("/", "GET", 404)],
)
def test_every_answer_makes_a_browser_harmless_and_says_nothing_of_the_server(
    well: Well, path: str, method: str, status: int
) -> None:
    well.not_ready = ["one"]
    answer = well.asked(path, method=method)

    assert answer.status == status
    for name, value in SECURITY_HEADERS.items():
        assert f"\r\n{name}: {value}" in answer.head.decode()
    assert b"\r\nServer:" not in answer.head
