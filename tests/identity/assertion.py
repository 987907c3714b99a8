"""Assertions: a client signs that it is itself, or the platform that it runs on signs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from authlib.oauth2.rfc6749 import InvalidClientError
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from joserfc import jwk, jws, jwt
from joserfc.errors import JoseError

from tests.identity.client import ASSERTION, Client

PLATFORM_SUBJECT = "system:serviceaccount:shunter:shunter"
SIGNED = jws.JWSRegistry(algorithms=["PS256", "RS256"])
SIGNED.max_header_length = 8192  # the whole certificate stands in it


class Assertion(JWTBearerClientAssertion):
    """What Entra ID accepts: of the client's own issue, each once; or of the issuer that its registration names."""

    CLIENT_AUTH_METHOD = ASSERTION

    def __init__(self, audience: Callable[[], str]) -> None:
        super().__init__(validate_jti=True)
        self._audience = audience
        self._used: set[str] = set()

    def __call__(self, query_client, request):  # type: ignore[no-untyped-def]
        data = request.form
        if data.get("client_assertion_type") != self.CLIENT_ASSERTION_TYPE:
            return None
        client = query_client(data.get("client_id", ""))
        if client is None:
            raise InvalidClientError(description="The client does not exist on this server.")
        key = jwk.import_key(client.public_key, "RSA")
        try:
            claims = jwt.decode(data["client_assertion"], key, registry=SIGNED).claims
        except JoseError as error:
            raise InvalidClientError(description="The assertion is not signed as registered.") from error
        self._check(claims, client)
        return self.authenticate_client(client)

    def _check(self, claims: Mapping[str, object], client: Client) -> None:
        if client.issuer:
            expected = {"iss": client.issuer, "sub": PLATFORM_SUBJECT, "aud": "api://AzureADTokenExchange"}
        else:
            expected = {"iss": client.client_id, "sub": client.client_id, "aud": self._audience()}
        jwt.JWTClaimsRegistry(leeway=60, exp={"essential": True}).validate(dict(claims))
        if any(claims.get(name) != value for name, value in expected.items()):
            raise InvalidClientError(description="The assertion is for somebody else.")
        if not client.issuer:
            jti = str(claims["jti"])
            if jti in self._used:
                raise InvalidClientError(description="The assertion was used before.")
            self._used.add(jti)
