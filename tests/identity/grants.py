"""Grants: an app gets a token for itself, a person by typing a code into a browser, and a new one without typing."""

from __future__ import annotations

from secrets import token_urlsafe

from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc8628 import DeviceAuthorizationEndpoint, DeviceCodeGrant, DeviceCredentialDict

from adapters.sandbox.tokens import MARK
from tests.identity.client import ASSERTION, PUBLIC, SECRET


class ForItself(grants.ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = [SECRET, ASSERTION]  # noqa: RUF012 - Authlib's own attribute


class CodeEndpoint(DeviceAuthorizationEndpoint):
    CLIENT_AUTH_METHODS = [PUBLIC]  # noqa: RUF012
    INTERVAL = 1

    def generate_device_code(self) -> str:
        return MARK + token_urlsafe()

    def get_verification_uri(self) -> str:
        return "https://login.example/device"

    def save_device_credential(self, client_id: str, scope: str, data: dict[str, object]) -> None:
        self.server.waiting[data["device_code"]] = DeviceCredentialDict(
            client_id=client_id, scope=scope, expires_at=None, **data
        )
        self.server.at_the_browser(data["user_code"])


class ByCode(DeviceCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = [PUBLIC]  # noqa: RUF012

    def query_device_credential(self, device_code: str) -> DeviceCredentialDict | None:
        found: DeviceCredentialDict | None = self.server.waiting.get(device_code)
        return found

    def query_user_grant(self, user_code: str) -> tuple[str, bool] | None:
        found: tuple[str, bool] | None = self.server.typed.get(user_code)
        return found

    def should_slow_down(self, _credential: DeviceCredentialDict) -> bool:
        return False


class Again(grants.RefreshTokenGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = [PUBLIC]  # noqa: RUF012
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> object:
        return self.server.refreshable.get(refresh_token)

    def authenticate_user(self, refresh_token: object) -> object:
        return refresh_token.user  # type: ignore[attr-defined]

    def revoke_old_credential(self, refresh_token: object) -> None:
        """Entra ID lets the old one live on."""
