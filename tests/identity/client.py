"""A client of the identity service: an app registration, and how it may prove who it is."""

from __future__ import annotations

from dataclasses import dataclass

from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc8628 import DEVICE_CODE_GRANT_TYPE

SECRET, ASSERTION, PUBLIC = "client_secret_post", "client_assertion_jwt", "none"


@dataclass(frozen=True)
class Client(ClientMixin):
    """`public_key` (PEM) verifies its assertions; `issuer` signs them where that is not the client itself."""

    client_id: str
    method: str
    account: str = ""
    secret: str = ""
    public_key: str = ""
    issuer: str = ""

    def get_client_id(self) -> str:
        return self.client_id

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == self.secret

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        return method == self.method

    def check_grant_type(self, grant_type: str) -> bool:
        if self.method == PUBLIC:
            return grant_type in (DEVICE_CODE_GRANT_TYPE, "refresh_token")
        return grant_type == "client_credentials"
