"""Signing in as the service: with a secret, a certificate, the platform's token, or the identity of the machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import msal

from adapters.azure_devops.answers import SignedOut
from adapters.azure_devops.sign_in import SignIn, by_bearer
from adapters.credentials import (
    Application,
    Certificate,
    ClientSecret,
    EntraCredential,
    Federation,
    ManagedIdentity,
)
from adapters.entra.session import EntraSession
from adapters.entra.token_answer import ATTEMPTED, token_of

AZURE_DEVOPS = "499b84ac-1321-427f-aa17-267ca6975798"
"""Azure DevOps as Entra ID knows it, in every tenant."""
SCOPES = [f"{AZURE_DEVOPS}/.default"]

Ask = Callable[[], Mapping[str, Any] | None]


def service_sign_in(credential: EntraCredential, *, ca_file: str = "", proxy: str = "") -> SignIn:
    """The token is asked for when it is first needed, kept in memory, and renewed five minutes before it ends."""
    source = _Source(credential, _session(credential, ca_file, proxy))
    return by_bearer(source.token, source.renew)


def _session(credential: EntraCredential, ca_file: str, proxy: str) -> EntraSession:
    """What Azure gives a machine is asked for on the machine itself."""
    if isinstance(credential, ManagedIdentity):
        return EntraSession(ca_file=ca_file)
    return EntraSession(credential.application.authority, ca_file=ca_file, proxy=proxy)


class _Source:
    """MSAL keeps the token, and asks again in time; made anew, it has forgotten the one that was not accepted."""

    def __init__(self, credential: EntraCredential, session: EntraSession) -> None:
        self._credential, self._session = credential, session
        self._lock = Lock()
        self._ask: Ask | None = None

    def token(self) -> str:
        with self._lock:
            return token_of(self._asked)

    def renew(self) -> bool:
        """Whoever keeps the secret may have put another in its place, as before it ends."""
        with self._lock:
            self._ask = None
            match self._credential:
                case ClientSecret(_, secret) | Certificate(_, secret, _):
                    secret.renew()
            return True

    def _asked(self) -> Mapping[str, Any] | None:
        if self._ask is None:
            self._ask = _asking(self._credential, self._session)
        return self._ask()


def _asking(credential: EntraCredential, session: EntraSession) -> Ask:
    match credential:
        case ManagedIdentity():
            return _of_the_machine(credential, session)
        case ClientSecret(application, secret):
            return _of_the_application(application, secret.reveal(), session)
        case Certificate(application, pem, _):
            # One text holds both; MSAL takes from it what it needs, and sends the certificate along.
            both = {"private_key": pem.reveal(), "public_certificate": pem.reveal()}
            return _of_the_application(application, both, session)
        case Federation(application, file):
            return _of_the_application(application, {"client_assertion": lambda: _platform_token(file)}, session)


def _platform_token(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise SignedOut(ATTEMPTED, f"the platform's token in {file} cannot be read: {why}", status=401) from None


def _of_the_application(application: Application, proof: object, session: EntraSession) -> Ask:
    client = msal.ConfidentialClientApplication(
        application.client_id,
        client_credential=proof,
        authority=f"{application.authority}/{application.tenant}",
        instance_discovery=False,  # the address stands in the configuration; nobody else is asked whether it is right
        http_client=session,
    )
    return lambda: client.acquire_token_for_client(SCOPES)


def _of_the_machine(identity: ManagedIdentity, session: EntraSession) -> Ask:
    who = (
        msal.UserAssignedManagedIdentity(client_id=identity.client_id)
        if identity.client_id
        else msal.SystemAssignedManagedIdentity()
    )
    client = msal.ManagedIdentityClient(who, http_client=session)
    return lambda: client.acquire_token_for_client(resource=AZURE_DEVOPS)
