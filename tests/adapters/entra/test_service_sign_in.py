"""The service signs in by every way that Entra ID knows for it, and goes on when a token ends in mid-run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID
from joserfc import jwk, jwt

from adapters.azure_devops.answers import SignedOut, Unreachable
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.outcomes import Applied
from adapters.azure_devops.pace import Pace
from adapters.configuration.secret import Secret
from adapters.credentials import Certificate, ClientSecret, EntraCredential, Federation, ManagedIdentity
from adapters.entra.service_sign_in import service_sign_in
from adapters.sandbox import signed_out
from adapters.sandbox.answer import Answer
from adapters.sandbox.faults import CarryOut
from adapters.sandbox.tokens import MARK
from adapters.sandbox.transport import InProcess
from bot.change import Field
from bot.defect import State
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.world import BOT, START, TESTER, URL, a_change, render
from tests.adapters.entra.conftest import CLIENT_ID, Entra
from tests.canaries import CANARIES
from tests.identity.assertion import PLATFORM_SUBJECT
from tests.identity.client import ASSERTION, SECRET, Client

A_SECRET = f"correct-horse-{MARK}-staple"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CANARIES.plant(
    KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode().splitlines()[2]  # of its middle
)
ANOTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PLATFORM = "https://cluster.example"


def key_of(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def pem_of(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    """The key and a certificate for it, as a file holds them."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shunter")])
    today = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(today).not_valid_after(today + timedelta(days=90))
    return key_of(key) + made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def public(key: rsa.RSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def by_secret(entra: Entra, secret: str = A_SECRET) -> EntraCredential:
    entra.service.knows(Client(CLIENT_ID, SECRET, BOT, secret=A_SECRET))
    return ClientSecret(entra.application, Secret(secret))


def by_certificate(entra: Entra, key: rsa.RSAPrivateKey = KEY) -> EntraCredential:
    entra.service.knows(Client(CLIENT_ID, ASSERTION, BOT, public_key=public(KEY)))
    return Certificate(entra.application, Secret(pem_of(key)), datetime.now(UTC) + timedelta(days=90))


def by_the_platform(entra: Entra) -> EntraCredential:
    entra.service.knows(Client(CLIENT_ID, ASSERTION, BOT, public_key=public(KEY), issuer=PLATFORM))
    file = Path(entra.ca_file).with_name("platform-token")
    the_platform_writes(file)
    return Federation(entra.application, file)


def the_platform_writes(file: Path) -> None:
    ends = int((datetime.now(UTC) + timedelta(minutes=10)).timestamp())
    claims = {"iss": PLATFORM, "sub": PLATFORM_SUBJECT, "aud": "api://AzureADTokenExchange", "exp": ends}
    key = jwk.import_key(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), "RSA")
    file.write_text(jwt.encode({"alg": "RS256"}, claims, key))


EVERY_WAY = pytest.mark.parametrize("way", [by_secret, by_certificate, by_the_platform])


@EVERY_WAY
def test_it_signs_in_as_the_account_of_its_registration(entra: Entra, way) -> None:  # type: ignore[no-untyped-def]
    boards = entra.boards(service_sign_in(way(entra), ca_file=entra.ca_file))
    assert boards.signed_in_as() == BOT


def test_a_machine_in_azure_has_an_identity_of_its_own(entra: Entra, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", entra.service.url)
    entra.service.machine_account = BOT
    for identity in (ManagedIdentity(), ManagedIdentity(CLIENT_ID)):
        assert entra.boards(service_sign_in(identity, ca_file=entra.ca_file)).signed_in_as() == BOT


def test_one_token_serves_until_it_is_about_to_end(entra: Entra) -> None:
    boards = entra.boards(service_sign_in(by_secret(entra), ca_file=entra.ca_file))
    with time_machine.travel(datetime.now(UTC), tick=False) as time:
        boards.signed_in_as()
        boards.closely([1])
        assert len(entra.service.issued) == 1
        time.shift(timedelta(minutes=54))
        boards.closely([1])
        assert len(entra.service.issued) == 1
        time.shift(timedelta(minutes=2))
        boards.closely([1])
        assert len(entra.service.issued) == 2


@EVERY_WAY
def test_a_token_that_is_revoked_in_mid_run_is_replaced_and_reading_goes_on(entra: Entra, way) -> None:  # type: ignore[no-untyped-def]
    azure = entra.service.azure
    azure.put(1, "Bug", {"System.Title": "One", "System.State": "Resolved"}, by=TESTER, at=START)
    boards = entra.boards(service_sign_in(way(entra), ca_file=entra.ca_file))
    boards.signed_in_as()
    azure.tokens.expire(entra.service.issued[-1])
    assert [row.id for row in boards.closely([1])] == [1]
    assert len(entra.service.issued) == 2


def test_a_write_that_met_a_revoked_token_is_done_once(entra: Entra) -> None:
    azure = entra.service.azure
    azure.put(1, "Bug", {"System.Title": "One", "System.State": "Resolved"}, by=TESTER, at=START)
    boards = entra.boards(service_sign_in(by_secret(entra), ca_file=entra.ca_file))
    boards.signed_in_as()
    azure.tokens.expire(entra.service.issued[-1])
    (outcome,) = boards.update([a_change(1, 1, {Field.STATE: State.READY_FOR_RETEST})])
    assert isinstance(outcome, Applied)
    assert [revision.rev for revision in azure.item(1).history] == [1, 2]


def test_a_batch_that_met_a_revoked_token_is_done_once(entra: Entra) -> None:
    azure = entra.service.azure
    for id in (1, 2):
        azure.put(id, "Bug", {"System.Title": "One", "System.State": "Resolved"}, by=TESTER, at=START)
    boards = entra.boards(service_sign_in(by_secret(entra), ca_file=entra.ca_file))
    boards.signed_in_as()
    azure.tokens.expire(entra.service.issued[-1])
    outcomes = boards.update([a_change(id, 1, {Field.STATE: State.READY_FOR_RETEST}) for id in (1, 2)])
    assert [type(outcome) for outcome in outcomes] == [Applied, Applied]
    assert [revision.rev for id in (1, 2) for revision in azure.item(id).history] == [1, 2, 1, 2]
    assert [e.status for e in azure.journal if e.operation == "batch"] == [401, 200]


@pytest.mark.parametrize("step", [timedelta(hours=-2), timedelta(days=-400), timedelta(days=3650)], ids=str)
def test_a_clock_that_is_set_anew_loses_no_sign_in(entra: Entra, step: timedelta) -> None:
    azure = entra.service.azure
    boards = entra.boards(service_sign_in(by_secret(entra), ca_file=entra.ca_file))
    with time_machine.travel(datetime.now(UTC), tick=False) as time:
        boards.signed_in_as()
        azure.tokens.expire(entra.service.issued[-1])
        time.shift(step)
        assert boards.closely([1]) == ()
    assert len(entra.service.issued) == 2


def test_a_token_that_ends_at_the_very_moment_of_a_request_is_replaced(entra: Entra) -> None:
    azure = entra.service.azure
    boards = entra.boards(service_sign_in(by_secret(entra), ca_file=entra.ca_file))
    boards.signed_in_as()

    def it_ends(carry_out: CarryOut) -> Answer:
        azure.tokens.expire(entra.service.issued[-1])
        return signed_out.answer("POST")

    azure.faults.add("workitemsbatch", it_ends)
    assert boards.closely([1]) == ()
    assert len(entra.service.issued) == 2


def test_a_token_that_would_end_while_a_request_waits_for_its_turn_is_asked_for_afterwards(entra: Entra) -> None:
    sign_in = service_sign_in(by_secret(entra), ca_file=entra.ca_file)
    with time_machine.travel(datetime.now(UTC), tick=False) as time:

        def wait(seconds: float) -> bool:
            time.shift(timedelta(seconds=seconds))
            return False

        pace = Pace(monotonic=lambda: datetime.now(UTC).timestamp(), wait=wait)
        transport = InProcess(entra.service.azure)
        boards = Boards(Gateway(URL, sign_in, pace, transport=transport), MHHS, render)
        entra.service.lifetime = 500
        boards.signed_in_as()
        pace.heed({"Retry-After": "250"}, is_throttled=False)
        boards.closely([1])
    assert len(entra.service.issued) == 2
    assert {e.status for e in entra.service.azure.journal} == {200}


def test_the_platform_renews_its_token_in_the_file_and_the_new_one_is_used(entra: Entra) -> None:
    credential = by_the_platform(entra)
    assert isinstance(credential, Federation)
    sign_in = service_sign_in(credential, ca_file=entra.ca_file)
    entra.boards(sign_in).signed_in_as()
    credential.token_file.write_text("an old one")
    the_platform_writes(credential.token_file)
    assert sign_in.renew is not None
    sign_in.renew()
    assert entra.boards(sign_in).signed_in_as() == BOT


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("a wrong secret", "signing in at Entra ID: invalid_client"),
        ("another key", "signing in at Entra ID: invalid_client: The assertion is not signed as registered."),
        ("an unknown client", "signing in at Entra ID: invalid_client"),
        ("no platform token", "cannot be read: No such file or directory"),
    ],
)
def test_what_is_refused_is_told_in_the_words_of_the_service_and_without_the_secret(
    entra: Entra, case: str, words: str
) -> None:
    match case:
        case "a wrong secret":
            credential = by_secret(entra, "wrong-horse")
        case "another key":
            credential = by_certificate(entra, ANOTHER_KEY)
        case "an unknown client":
            credential = by_secret(entra)
            entra.service.clients.clear()
        case _:
            credential = by_the_platform(entra)
            assert isinstance(credential, Federation)
            credential.token_file.unlink()
    with pytest.raises(SignedOut) as refused:
        service_sign_in(credential, ca_file=entra.ca_file).header()
    assert words in str(refused.value)
    assert "horse" not in f"{refused.value!r} {refused.value} {credential!r}"
    assert "PRIVATE" not in f"{refused.value!r} {refused.value} {credential!r}"


def test_a_service_that_is_down_is_no_lost_sign_in(entra: Entra) -> None:
    entra.service.is_down = True
    with pytest.raises(Unreachable, match="signing in at Entra ID: no "):
        service_sign_in(by_secret(entra), ca_file=entra.ca_file).header()


def test_a_tenant_that_does_not_exist_is_asked_about(entra: Entra) -> None:
    by_secret(entra)
    elsewhere = ClientSecret(replace(entra.application, tenant="nowhere.example"), Secret(A_SECRET))
    with pytest.raises(SignedOut, match=r"are sign_in\.tenant and sign_in\.authority right\?"):
        service_sign_in(elsewhere, ca_file=entra.ca_file).header()


def test_a_service_that_nobody_vouches_for_is_not_told_the_secret(entra: Entra) -> None:
    with pytest.raises(Unreachable, match=r"nobody who is trusted here vouches for its certificate"):
        service_sign_in(by_secret(entra)).header()
    assert entra.service.issued == []
