"""The credential: what the settings of sign-in amount to, or every problem that they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from adapters.configuration.problem import Problem
from adapters.configuration.secret import Secret
from adapters.configuration.secret_source import Kept, read_secret, read_text_file
from adapters.configuration.settings import SignInSettings
from adapters.credentials import Application, Certificate, ClientSecret, Federation, ManagedIdentity, Pat
from adapters.credentials import ServiceCredential as Credential

PLATFORM_TOKEN = "AZURE_FEDERATED_TOKEN_FILE"  # noqa: S105 - the name of a variable, which Kubernetes and pipelines set

_TOKEN = ("token_file", "token_variable")
_SECRET = ("secret_file", "secret_variable")
_APPLICATION = ("tenant", "client_id", "authority")
_USED: Mapping[str, tuple[str, ...]] = {
    "pat": (*_TOKEN, "expires"),
    "client_secret": (*_APPLICATION, *_SECRET, "expires"),
    "certificate": (*_APPLICATION, "certificate_file"),
    "federation": (*_APPLICATION, "federated_token_file"),
    "managed_identity": ("client_id",),
}
_OF_SOME_KIND = dict.fromkeys(name for names in _USED.values() for name in names)


def read_credential(
    sign_in: SignInSettings, folder: Path, environ: Mapping[str, str]
) -> tuple[Credential | None, list[Problem]]:
    """None where there are problems. Relative files are looked for from `folder`."""
    problems = [*_unused(sign_in), *_incomplete(sign_in)]
    found = _read(sign_in, folder, environ)
    if isinstance(found, Problem):
        problems.append(found)
    return (None, problems) if problems or isinstance(found, Problem) else (found, [])


def _unused(sign_in: SignInSettings) -> Iterator[Problem]:
    for name in _OF_SOME_KIND:
        is_of_people = name == "authority" and sign_in.people is not None
        if sign_in.gives(name) and name not in _USED[sign_in.kind] and not is_of_people:
            yield Problem(("sign_in", name), f"is not used by the kind {sign_in.kind}", "take it out, or correct kind")


def _incomplete(sign_in: SignInSettings) -> Iterator[Problem]:
    if "authority" not in _USED[sign_in.kind]:
        return
    for name in ("tenant", "client_id"):
        if not sign_in.gives(name):
            yield Problem(("sign_in", name), "is missing", f"write what the app registration in Entra ID has as {name}")


def _read(sign_in: SignInSettings, folder: Path, environ: Mapping[str, str]) -> Credential | Problem:
    application = Application(sign_in.tenant, sign_in.client_id, sign_in.authority.rstrip("/"))
    match sign_in.kind:
        case "pat":
            token = read_secret(Kept("token", sign_in.token_file, sign_in.token_variable), folder, environ)
            return token if isinstance(token, Problem) else Pat(token)
        case "client_secret":
            secret = read_secret(Kept("secret", sign_in.secret_file, sign_in.secret_variable), folder, environ)
            return secret if isinstance(secret, Problem) else ClientSecret(application, secret)
        case "certificate":
            pem = read_text_file("certificate", sign_in.certificate_file, folder)
            return pem if isinstance(pem, Problem) else _certificate(application, pem)
        case "federation":
            return _federation(application, sign_in, folder, environ)
        case "managed_identity":
            return ManagedIdentity(sign_in.client_id)


def _certificate(application: Application, pem: Secret) -> Certificate | Problem:
    text = pem.reveal().encode()
    path = ("sign_in", "certificate_file")
    try:
        key, certificate = load_pem_private_key(text, password=None), load_pem_x509_certificate(text)
        is_its_own = key.public_key() == certificate.public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        what = "does not hold a private key without a password, and its certificate, as PEM"
        return Problem(path, what, "write both into it, one after the other")
    if not isinstance(key, RSAPrivateKey):
        return Problem(path, "holds a key that is not of RSA, and Entra ID takes no other", "have one made with RSA")
    if not is_its_own:
        what = "holds a certificate that is of another private key"
        return Problem(path, what, "write the key into it, and its own certificate before any others")
    return Certificate(application, pem, certificate.not_valid_after_utc)


def _federation(
    application: Application, sign_in: SignInSettings, folder: Path, environ: Mapping[str, str]
) -> Federation | Problem:
    named = sign_in.federated_token_file or environ.get(PLATFORM_TOKEN, "")
    if not named:
        what = f"is missing, and the environment has no {PLATFORM_TOKEN}"
        return Problem(("sign_in", "federated_token_file"), what, "name the file in which the platform puts its token")
    return Federation(application, folder / named)
