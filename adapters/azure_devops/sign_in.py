"""Signing in: how a request says who sends it, without the token ever being shown."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field

from adapters.azure_devops.answers import SignedOut


@dataclass(frozen=True, slots=True)
class SignIn:
    """`token` is asked before each request, so that a renewed one is used at once.

    `renew` is called when the server does not accept the token, and says whether `token` has another one now.
    """

    scheme: str
    token: Callable[[], str] = field(repr=False)
    renew: Callable[[], bool] | None = field(default=None, repr=False)

    def header(self) -> str:
        token = self.token().strip()
        if not token or not token.isascii() or not token.isprintable():
            raise SignedOut("signing in", "signed out: there is no usable token", status=401)
        if self.scheme == "Basic":
            token = b64encode(f":{token}".encode()).decode()
        return f"{self.scheme} {token}"


def by_pat(token: Callable[[], str], renew: Callable[[], bool] | None = None) -> SignIn:
    """With a personal access token."""
    return SignIn("Basic", token, renew)


def by_bearer(token: Callable[[], str], renew: Callable[[], bool] | None = None) -> SignIn:
    """With a token of Entra ID, good for about an hour."""
    return SignIn("Bearer", token, renew)
