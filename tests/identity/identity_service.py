"""The identity service on a port of this machine, over TLS: `azure` takes the tokens that it gives out."""

from __future__ import annotations

import json
import logging
import os
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from threading import Thread

import trustme
from authlib.integrations.flask_oauth2 import AuthorizationServer
from flask import Flask, Response, jsonify, request
from joserfc import jwk, jwt
from werkzeug.serving import WSGIRequestHandler, make_server

from adapters.sandbox.azure import Azure
from adapters.sandbox.tokens import MARK
from tests.identity.assertion import Assertion
from tests.identity.client import Client
from tests.identity.grants import Again, ByCode, CodeEndpoint, ForItself

TENANT = "mhhs.example"
LOGIN = "login.example"
"""A name that it has where something says that this machine is meant."""
AZURE_DEVOPS_SCOPE = "499b84ac-1321-427f-aa17-267ca6975798/.default"


@dataclass(frozen=True)
class Refresh:
    """A refresh token, as Authlib asks about it."""

    client_id: str
    scope: str
    user: str

    def check_client(self, client: Client) -> bool:
        return client.client_id == self.client_id

    def get_scope(self) -> str:
        return self.scope


class Service(AuthorizationServer):
    """`issued` are the tokens given out, newest last. `lifetime` is that of the next ones, in seconds.

    `at_the_browser` is told each code, as a person reads it from their screen.
    """

    def __init__(self, azure: Azure) -> None:
        super().__init__()
        # The service's own log is no log of Shunter's: at DEBUG it tells whom it has given what.
        logging.getLogger("authlib").setLevel(logging.WARNING)
        self.azure = azure
        self.clients: dict[str, Client] = {}
        self.waiting: dict[object, object] = {}
        self.typed: dict[str, tuple[str, bool]] = {}
        self.refreshable: dict[str, Refresh] = {}
        self.issued: list[str] = []
        self.lifetime = 3599
        self.machine_account = ""
        self.is_down = False
        self.at_the_browser: Callable[[str], None] = lambda _code: None
        self.url = ""
        self._key = jwk.RSAKey.generate_key(2048)
        self.init_app(Flask(__name__), query_client=self.clients.get, save_token=self._kept)
        self.register_token_generator("default", self._token)

    def knows(self, client: Client) -> Client:
        self.clients[client.client_id] = client
        return client

    def types(self, user_code: str, *, account: str, agrees: bool = True) -> None:
        """A person, in their browser."""
        self.typed[user_code] = (account, agrees)

    def app(self) -> Flask:
        """Its paths are those of Entra ID."""
        app = Flask("identity")
        assertion = Assertion(lambda: f"{self.url}/{TENANT}/oauth2/v2.0/token")
        self.register_client_auth_method(Assertion.CLIENT_AUTH_METHOD, assertion)
        for grant in (ForItself, ByCode, Again):
            self.register_grant(grant)
        self.register_endpoint(CodeEndpoint)
        app.before_request(self._refuse_while_down)
        app.add_url_rule(f"/{TENANT}/v2.0/.well-known/openid-configuration", view_func=self._metadata)
        app.add_url_rule(f"/{TENANT}/oauth2/v2.0/token", view_func=self._give, methods=["POST"])
        app.add_url_rule(f"/{TENANT}/oauth2/v2.0/devicecode", view_func=self._code, methods=["POST"])
        app.add_url_rule("/metadata/identity/oauth2/token", view_func=self._machine)
        return app

    def _refuse_while_down(self) -> Response | None:
        return Response("<h1>busy</h1>", status=503, mimetype="text/html") if self.is_down else None

    def _metadata(self) -> Response:
        base = f"{self.url}/{TENANT}/oauth2/v2.0"
        return jsonify(
            issuer=f"{self.url}/{TENANT}/v2.0",
            authorization_endpoint=f"{base}/authorize",
            token_endpoint=f"{base}/token",
            device_authorization_endpoint=f"{base}/devicecode",
        )

    def _give(self) -> Response:
        given: Response = self.create_token_response()
        return given

    def _code(self) -> Response:
        given: Response = self.create_endpoint_response(CodeEndpoint.ENDPOINT_NAME)
        return given

    def _machine(self) -> Response:
        """What a virtual machine in Azure is told about its own identity; there is none without the header."""
        if request.headers.get("Metadata") != "true" or not self.machine_account:
            return Response(json.dumps({"error": "invalid_request"}), status=400, mimetype="application/json")
        token = self._issued(self.machine_account)
        ends = datetime.now(UTC) + timedelta(seconds=self.lifetime)
        return jsonify(
            access_token=token,
            expires_in=str(self.lifetime),
            expires_on=str(int(ends.timestamp())),
            resource=request.args["resource"],
            token_type="Bearer",
        )

    def _token(
        self, *, client: Client, user: str | None = None, scope: str = "", **_given: object
    ) -> dict[str, object]:
        if AZURE_DEVOPS_SCOPE not in scope.split():
            raise ValueError(f"nobody asks for {scope!r} here")
        token: dict[str, object] = {
            "token_type": "Bearer",
            "access_token": self._issued(user or client.account),
            "expires_in": self.lifetime,
            "scope": scope,
        }
        if user:
            token |= {
                "refresh_token": MARK + token_urlsafe(),
                "id_token": self._told_of(user, client),
                "client_info": _info(user),
            }
        return token

    def _issued(self, account: str) -> str:
        text = MARK + token_urlsafe(40)
        self.azure.tokens.accept(text, account)
        self.issued.append(text)
        return text

    def _told_of(self, user: str, client: Client) -> str:
        now = int(datetime.now(UTC).timestamp())
        claims = {"iss": f"{self.url}/{TENANT}/v2.0", "aud": client.client_id, "sub": user, "iat": now}
        told = claims | {"exp": now + 3600, "preferred_username": user, "oid": user, "tid": TENANT}
        return jwt.encode({"alg": "RS256"}, told, self._key)

    def _kept(self, token: dict[str, str], request: object) -> None:
        if "refresh_token" in token:
            user = request.user  # type: ignore[attr-defined]
            client = request.client  # type: ignore[attr-defined]
            self.refreshable[token["refresh_token"]] = Refresh(client.client_id, token["scope"], user)


class _Quiet(WSGIRequestHandler):
    def log(self, *_args: object) -> None:
        pass


@contextmanager
def identity_service(azure: Azure, folder: Path) -> Iterator[tuple[Service, str]]:
    """Gives the service, and the file of the authority that vouches for it."""
    authority = trustme.CA()
    ca_file = folder / "authority.pem"
    authority.cert_pem.write_to_path(ca_file)
    tls = SSLContext(PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1", LOGIN).configure_cert(tls)
    service = Service(azure)
    server = make_server("127.0.0.1", 0, service.app(), threaded=True, request_handler=_Quiet, ssl_context=tls)
    service.url = f"https://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service, os.fspath(ca_file)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _info(user: str) -> str:
    return urlsafe_b64encode(json.dumps({"uid": user, "utid": TENANT}).encode()).decode().rstrip("=")
