"""The device code: a person types it into a browser, and is signed in at the command line as themselves."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkstemp
from typing import Any

import msal

from adapters.azure_devops.sign_in import SignIn, by_bearer
from adapters.credentials import DeviceCode
from adapters.entra.service_sign_in import SCOPES
from adapters.entra.session import EntraSession
from adapters.entra.token_answer import token_of


def person_sign_in(
    credential: DeviceCode, say: Callable[[str], object], *, ca_file: str = "", proxy: str = ""
) -> SignIn:
    """`say` tells the person the code and where to type it; nobody is asked while an earlier sign-in still holds."""
    session = EntraSession(credential.application.authority, ca_file=ca_file, proxy=proxy)
    source = _Source(credential, say, session)
    return by_bearer(source.token, source.renew)


def forget(credential: DeviceCode) -> bool:
    """Signs the person out of this machine; whether there was anything to forget."""
    try:
        credential.cache_file.unlink()
    except FileNotFoundError:
        return False
    return True


class _Source:
    """MSAL keeps the tokens and renews them; what it keeps outlives the command."""

    def __init__(self, credential: DeviceCode, say: Callable[[str], object], session: EntraSession) -> None:
        self._credential, self._say, self._session = credential, say, session
        self._cache = _read(credential.cache_file)
        self._client: Any = None
        self._is_refused = False

    def token(self) -> str:
        return token_of(self._ask)

    def renew(self) -> bool:
        """The token at hand was not accepted, whatever time it has left: the next one is fetched."""
        self._is_refused = True
        return True

    def _ask(self) -> Mapping[str, Any] | None:
        client = self._connected()
        answer = _silently(client, anew=self._is_refused) or _by_code(client, self._say)
        self._is_refused = False
        if self._cache.has_state_changed:
            _write(self._credential.cache_file, self._cache.serialize())
        return answer

    def _connected(self) -> Any:
        if self._client is None:
            application = self._credential.application
            self._client = msal.PublicClientApplication(
                application.client_id,
                authority=f"{application.authority}/{application.tenant}",
                instance_discovery=False,
                http_client=self._session,
                token_cache=self._cache,
            )
        return self._client


def _silently(client: Any, *, anew: bool) -> Mapping[str, Any] | None:
    for account in client.get_accounts():
        answer: Mapping[str, Any] | None = client.acquire_token_silent(SCOPES, account, force_refresh=anew)
        if answer and "access_token" in answer:
            return answer
    return None


def _by_code(client: Any, say: Callable[[str], object]) -> Mapping[str, Any]:
    flow: Mapping[str, Any] = client.initiate_device_flow(SCOPES)
    if "user_code" not in flow:
        return flow
    say(f"Open {flow['verification_uri']} in a browser and type the code {flow['user_code']}, to sign in as yourself.")
    answer: Mapping[str, Any] = client.acquire_token_by_device_flow(flow)
    return answer


def _read(file: Path) -> Any:
    """Missing or broken, it is begun anew, and the person is asked again."""
    cache = msal.SerializableTokenCache()
    try:
        text = file.read_text(encoding="utf-8")
        kept = json.loads(text)
        if isinstance(kept, dict) and all(_is_table(table) for table in kept.values()):
            cache.deserialize(text)
    except (OSError, ValueError, RecursionError):
        return msal.SerializableTokenCache()
    return cache


def _is_table(table: object) -> bool:
    return isinstance(table, dict) and all(isinstance(entry, dict) for entry in table.values())


def _write(file: Path, text: str) -> None:
    """Whole or not at all, and for nobody else to read; two commands at once do not get in each other's way."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = mkstemp(prefix=f"{file.name}.", dir=file.parent)
    written = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(text)
        written.replace(file)
    except OSError:
        written.unlink(missing_ok=True)
        raise
