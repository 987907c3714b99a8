"""A sign-in service that answers in odd ways gives no token, says why in a line, and is never believed by half."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from werkzeug.wrappers import Request, Response

from adapters.azure_devops.answers import SignedOut, Unreachable
from adapters.configuration.secret import Secret
from adapters.credentials import Application, ClientSecret
from adapters.entra.service_sign_in import service_sign_in
from adapters.sandbox.tokens import MARK
from tests.adapters.network.tls import HERE, Authority, secure_server

A_SECRET = f"correct-horse-{MARK}-staple"
TENANT = "mhhs.example"


@dataclass
class OddService:
    """Its addresses are in order, unless `endpoint` says otherwise; `answer` is what it makes of a wish for a token."""

    answer: Callable[[], Response] = Response
    metadata: Callable[[], Response] | None = None
    endpoint: str = ""
    port: int = 0
    asked: list[str] = field(default_factory=list)
    told_by: list[str] = field(default_factory=list)

    def __call__(self, environ, start_response):  # type: ignore[no-untyped-def]
        request = Request(environ)
        request.get_data()
        self.asked.append(request.path)
        self.told_by.append(request.headers.get("Authorization", ""))
        response = self.answer() if request.path.endswith("/token") else (self.metadata or self._metadata)()
        return response(environ, start_response)

    def _metadata(self) -> Response:
        base = f"https://{HERE}:{self.port}/{TENANT}/oauth2/v2.0"
        told = {
            "issuer": base,
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": self.endpoint or f"{base}/token",
        }
        return as_json(told)


def as_json(told: object, status: int = 200, **headers: str) -> Response:
    return Response(json.dumps(told), status=status, mimetype="application/json", headers=headers)


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[tuple[OddService, Callable[[], str]]]:
    authority, service = Authority(tmp_path), OddService()
    with secure_server(service, authority.good()) as service.port:
        application = Application(TENANT, "an-app", f"https://{HERE}:{service.port}")
        sign_in = service_sign_in(ClientSecret(application, Secret(A_SECRET)), ca_file=str(authority.file))
        yield service, sign_in.header


TOKEN = {"token_type": "Bearer", "access_token": "a-token", "expires_in": 3599}
LARGE = {**TOKEN, "access_token": "x" * 2_000_000}
ANSWERS = [
    pytest.param(lambda: Response("<h1>busy</h1>", 503, mimetype="text/html"), Unreachable, id="503 and a page"),
    pytest.param(lambda: Response("<h1>hello</h1>", mimetype="text/html"), (SignedOut, Unreachable), id="a page"),
    pytest.param(lambda: Response(b""), (SignedOut, Unreachable), id="nothing"),
    pytest.param(lambda: as_json(None), (SignedOut, Unreachable), id="null"),
    pytest.param(lambda: as_json({}), SignedOut, id="an empty object"),
    pytest.param(lambda: as_json([TOKEN]), (SignedOut, Unreachable), id="a list"),
    pytest.param(lambda: as_json({**TOKEN, "access_token": None}), SignedOut, id="a token that is none"),
    pytest.param(lambda: as_json({**TOKEN, "access_token": ["a"]}), SignedOut, id="a token that is a list"),
    pytest.param(lambda: as_json({**TOKEN, "expires_in": "soon"}), (SignedOut, Unreachable), id="an end that is none"),
    pytest.param(lambda: as_json({**TOKEN, "expires_in": [1]}), Unreachable, id="an end that is a list"),
    pytest.param(
        lambda: Response(json.dumps(TOKEN)[:30], mimetype="application/json"), (SignedOut, Unreachable), id="half"
    ),
    pytest.param(lambda: Response(b"[" * 100_000, mimetype="application/json"), (SignedOut, Unreachable), id="deep"),
    pytest.param(lambda: as_json(LARGE), Unreachable, id="two megabytes"),
    pytest.param(lambda: Response(b"nope", headers={"Content-Encoding": "gzip"}), Unreachable, id="not gzip"),
    pytest.param(lambda: as_json(TOKEN, 302, Location="https://evil.example/token"), Unreachable, id="a redirect"),
    pytest.param(lambda: as_json({"error": "slow_down"}, 429, Retry_After="3600"), Unreachable, id="429"),
    pytest.param(lambda: Response("<h1>wait</h1>", 429, mimetype="text/html"), Unreachable, id="429 and a page"),
    pytest.param(lambda: Response("<h1>no</h1>", 403, mimetype="text/html"), Unreachable, id="the page of a proxy"),
]


@pytest.mark.parametrize(("answer", "failure"), ANSWERS)
def test_what_is_no_token_is_told_as_a_failure_of_signing_in(
    odd: tuple[OddService, Callable[[], str]],
    answer: Callable[[], Response],
    failure: type[Exception] | tuple[type[Exception], ...],
) -> None:
    service, ask = odd
    service.answer = answer

    with pytest.raises(failure, match=r"^signing in at Entra ID: ") as failed:
        ask()

    shown = "".join(traceback.format_exception(failed.value)) + repr(failed.value)
    assert A_SECRET not in shown
    assert "\n" not in str(failed.value)
    assert len(str(failed.value)) < 500


@pytest.mark.parametrize(("answer", "failure"), ANSWERS)
def test_nor_are_its_addresses_taken_from_such_an_answer(
    odd: tuple[OddService, Callable[[], str]], answer: Callable[[], Response], failure: object
) -> None:
    service, ask = odd
    service.metadata = answer

    with pytest.raises((SignedOut, Unreachable), match=r"^signing in at Entra ID: "):
        ask()

    assert not [path for path in service.asked if path.endswith("/token")]


@pytest.mark.parametrize("endpoint", ["https://evil.example/token", "http://127.0.0.1:9/token", "file:///etc/passwd"])
def test_a_secret_is_told_to_no_address_but_the_configured(
    odd: tuple[OddService, Callable[[], str]], endpoint: str
) -> None:
    service, ask = odd
    service.endpoint = endpoint

    with pytest.raises((SignedOut, Unreachable), match=r"^signing in at Entra ID: "):
        ask()


def test_a_netrc_of_the_machine_signs_nobody_in(
    odd: tuple[OddService, Callable[[], str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, ask = odd
    service.answer = lambda: as_json(TOKEN)
    (tmp_path / "netrc").write_text(f"machine {HERE} login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))

    assert ask() == "Bearer a-token"
    assert service.told_by == ["", ""]


def test_it_is_asked_again_and_believed_once_it_answers_as_it_should(
    odd: tuple[OddService, Callable[[], str]],
) -> None:
    service, ask = odd
    service.answer = lambda: as_json(None)
    with pytest.raises((SignedOut, Unreachable)):
        ask()
    service.answer = lambda: as_json(TOKEN)

    assert ask() == "Bearer a-token"


def test_words_of_the_service_that_quote_the_secret_are_told_without_it(
    odd: tuple[OddService, Callable[[], str]],
) -> None:
    service, ask = odd
    described = f"AADSTS7000215: client_secret={A_SECRET}&scope=x is wrong. Authorization: Bearer abc.def.ghi"
    service.answer = lambda: as_json({"error": "invalid_client", "error_description": described}, 401)

    with pytest.raises(SignedOut) as refused:
        ask()

    assert str(refused.value) == (
        "signing in at Entra ID: invalid_client: AADSTS7000215: client_secret=***&scope=x is wrong. "
        "Authorization: Bearer ***"
    )
