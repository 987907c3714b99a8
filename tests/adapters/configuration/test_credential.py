"""How Shunter signs in is one way, said whole: what is missing, does not belong there, or cannot be used is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from adapters.configuration.load import load
from adapters.configuration.problem import ConfigurationError
from adapters.configuration.secret import Secret
from adapters.credentials import Application, Certificate, ClientSecret, DeviceCode, Federation, ManagedIdentity, Pat
from adapters.sandbox.tokens import MARK
from jobs.person import typing_a_code
from tests.adapters.configuration.a_file import changed
from tests.adapters.entra.test_service_sign_in import KEY, key_of, pem_of
from tests.golden_text import Golden

P256 = ec.SECP256R1()
BY_PAT = 'token_variable = "SHUNTER_TOKEN"\n'
APP = 'tenant = "mhhs.example"\nclient_id = "5e9f0a52-7a0c-4f0e-9c47-2f5a0f6e9d11"\n'
APPLICATION = Application("mhhs.example", "5e9f0a52-7a0c-4f0e-9c47-2f5a0f6e9d11", "https://login.microsoftonline.com")
ENVIRON = {"SHUNTER_TOKEN": f"a-{MARK}", "SHUNTER_SECRET": f"a-secret-{MARK}"}


def loaded(folder: Path, sign_in: str, environ: dict[str, str] = ENVIRON):  # type: ignore[no-untyped-def]
    file = folder / "config.toml"
    file.write_text(changed((BY_PAT, sign_in)))
    return load(file, environ).sign_in


def a_certificate(folder: Path) -> None:
    (folder / "cert.pem").touch(0o600)
    (folder / "cert.pem").write_text(pem_of(KEY))


def test_a_client_secret_comes_from_where_the_file_says(tmp_path: Path) -> None:
    found = loaded(tmp_path, f'kind = "client_secret"\n{APP}secret_variable = "SHUNTER_SECRET"\nexpires = 2027-03-31\n')
    assert isinstance(found.credential, ClientSecret)
    assert (found.credential.application, found.credential.secret.reveal()) == (APPLICATION, f"a-secret-{MARK}")
    assert found.expires == date(2027, 3, 31)


def test_a_certificate_says_itself_when_it_ends(tmp_path: Path) -> None:
    a_certificate(tmp_path)
    found = loaded(tmp_path, f'kind = "certificate"\n{APP}certificate_file = "cert.pem"\n')
    assert isinstance(found.credential, Certificate)
    assert found.expires == found.credential.ends.date()


def test_the_platform_names_the_file_of_its_token_in_the_environment(tmp_path: Path) -> None:
    platform = {"AZURE_FEDERATED_TOKEN_FILE": "/var/run/secrets/azure/token"}
    found = loaded(tmp_path, f'kind = "federation"\n{APP}', platform)
    assert found.credential == Federation(APPLICATION, Path("/var/run/secrets/azure/token"))
    named = loaded(tmp_path, f'kind = "federation"\n{APP}federated_token_file = "mine"\n', platform)
    assert named.credential == Federation(APPLICATION, tmp_path / "mine")


def test_people_sign_in_where_the_file_says_whatever_kind_the_service_is(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    people = 'people = { tenant = "mhhs.example", client_id = "an-app" }\n'
    file.write_text(changed((BY_PAT, f'{BY_PAT}authority = "https://login.microsoftonline.us"\n{people}')))

    assert isinstance(load(file, ENVIRON).sign_in.credential, Pat)
    found = load(file, ENVIRON, typing_a_code({"XDG_CACHE_HOME": str(tmp_path)})).sign_in.credential
    assert isinstance(found, DeviceCode)
    assert found.application.authority == "https://login.microsoftonline.us"


def test_a_machine_needs_nothing_else(tmp_path: Path) -> None:
    assert loaded(tmp_path, 'kind = "managed_identity"\n').credential == ManagedIdentity()


def test_a_service_principal_has_an_object_id_for_a_name(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    id = "5E9F0A52-7a0c-4f0e-9c47-2f5a0f6e9d11"
    file.write_text(changed(("shunter@mhhs.example", id)))
    assert load(file, ENVIRON).sign_in.account == id.lower()


WRONG = {
    "nothing of it": 'kind = "client_secret"\n',
    "both places for the secret": f'kind = "client_secret"\n{APP}secret_variable = "A"\nsecret_file = "b"\n',
    "what belongs to another kind": f'kind = "managed_identity"\n{APP}token_file = "t"\n',
    "a token beside an app": f"{BY_PAT}{APP}",
    "an address that is not safe": f'kind = "client_secret"\n{APP}secret_variable = "SHUNTER_SECRET"\n'
    'authority = "http://login.example"\n',
    "an address that is another's": f'kind = "client_secret"\n{APP}secret_variable = "SHUNTER_SECRET"\n'
    'authority = "https://login.microsoftonline.com@evil.example"\n',
    "an address that gives out secrets": f'kind = "client_secret"\n{APP}secret_variable = "SHUNTER_SECRET"\n'
    'authority = "https://169.254.169.254"\n',
    "no certificate": f'kind = "certificate"\n{APP}',
    "a certificate that is none": f'kind = "certificate"\n{APP}certificate_file = "none.pem"\n',
    "a certificate that others can read": f'kind = "certificate"\n{APP}certificate_file = "open.pem"\n',
    "a certificate of another key": f'kind = "certificate"\n{APP}certificate_file = "other.pem"\n',
    "a key that is not of RSA": f'kind = "certificate"\n{APP}certificate_file = "curve.pem"\n',
    "a tenant that is a path": f'{BY_PAT}people = {{ tenant = "../../x", client_id = "an-app" }}\n',
    "an address that is not safe, for people": f'{BY_PAT}authority = "http://login.example"\n'
    'people = { tenant = "mhhs.example", client_id = "an-app" }\n',
    "no token of the platform": f'kind = "federation"\n{APP}',
    "a kind that is none": f'kind = "kerberos"\n{BY_PAT}',
    "people without an app": f'{BY_PAT}people = {{ tenant = "mhhs.example" }}\n',
}


def test_what_is_wrong_is_said_with_its_remedy(tmp_path: Path, golden: Golden) -> None:
    for name, mode in (("none.pem", 0o600), ("open.pem", 0o644)):
        (tmp_path / name).write_text("-----BEGIN NOTHING-----")
        (tmp_path / name).chmod(mode)
    another = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for name, pem in (
        ("other.pem", key_of(another) + pem_of(KEY)),
        ("curve.pem", pem_of(ec.generate_private_key(P256))),
    ):
        (tmp_path / name).touch(0o600)
        (tmp_path / name).write_text(pem)
    told = []
    for case, sign_in in WRONG.items():
        with pytest.raises(ConfigurationError) as refused:
            loaded(tmp_path, sign_in)
        told.append(f"{case}\n    " + str(refused.value).replace(f"{tmp_path}/", "").replace("\n", "\n    ") + "\n")
    golden("\n".join(told), "configuration/credential.txt")


def test_no_credential_is_ever_shown(tmp_path: Path) -> None:
    a_certificate(tmp_path)
    shown = repr(loaded(tmp_path, f'kind = "certificate"\n{APP}certificate_file = "cert.pem"\n'))
    shown += repr(loaded(tmp_path, f'kind = "client_secret"\n{APP}secret_variable = "SHUNTER_SECRET"\n'))
    shown += repr(Pat(Secret(f"a-{MARK}")))
    assert f"a-secret-{MARK}" not in shown
    assert f"a-{MARK}" not in shown
    assert "PRIVATE KEY" not in shown
