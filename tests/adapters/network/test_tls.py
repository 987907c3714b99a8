"""Who cannot prove to be the server is told nothing, and the words say what somebody can do about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from ssl import SSLContext, TLSVersion

import pytest

from adapters.azure_devops.answers import Unreachable
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.sign_in import by_pat
from adapters.configuration.secret import Secret
from adapters.credentials import Application, ClientSecret
from adapters.entra.service_sign_in import service_sign_in
from adapters.sandbox.serve import served
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.world import BOT, World, render
from tests.adapters.network.tls import HERE, Authority, secure_server

UNTRUSTED = "nobody who is trusted here vouches for its certificate"
REFUSED = [
    pytest.param(Authority.signed_by_itself, UNTRUSTED, id="signed by itself"),
    pytest.param(Authority.for_another_host, "its certificate is for another host: is the address right?", id="host"),
    pytest.param(Authority.expired, "its certificate has expired: whoever runs it renews it", id="expired"),
    pytest.param(Authority.not_yet, "its certificate is not valid yet: is the clock here right?", id="not yet"),
    pytest.param(lambda a: a.only(TLSVersion.TLSv1), "it speaks only versions of TLS before 1.2", id="TLS 1.0"),
    pytest.param(lambda a: a.only(TLSVersion.TLSv1_1), "it speaks only versions of TLS before 1.2", id="TLS 1.1"),
]


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def boards_at(port: int, world: World, ca_file: object = "") -> Boards:
    url = f"https://{HERE}:{port}/mhhs"
    sign_in = by_pat(lambda: world.token)
    return Boards(Gateway(url, sign_in, world.clock.pace(), ca_file=str(ca_file)), MHHS, render)


def an_app_at(port: int) -> ClientSecret:
    return ClientSecret(Application("mhhs.example", "an-app", f"https://{HERE}:{port}"), Secret("x"))


@pytest.mark.parametrize("version", [TLSVersion.TLSv1_2, TLSVersion.TLSv1_3])
def test_a_server_that_a_trusted_authority_vouches_for_is_spoken_to(
    world: World, authority: Authority, version: TLSVersion
) -> None:
    with secure_server(world.azure, authority.only(version)) as port:
        assert boards_at(port, world, authority.file).signed_in_as() == BOT


@pytest.mark.parametrize(("shown", "words"), REFUSED)
def test_a_server_that_cannot_be_trusted_is_told_nothing(
    world: World, authority: Authority, shown: Callable[[Authority], SSLContext], words: str
) -> None:
    with secure_server(world.azure, shown(authority)) as port, pytest.raises(Unreachable) as refused:
        boards_at(port, world, authority.file).signed_in_as()

    assert f"GET ConnectionData: no answer ({words}" in str(refused.value)
    assert refused.value.may_have_arrived is False
    assert world.azure.journal == []


@pytest.mark.parametrize(("shown", "words"), REFUSED)
def test_nor_is_a_sign_in_service(
    world: World, authority: Authority, shown: Callable[[Authority], SSLContext], words: str
) -> None:
    with secure_server(world.azure, shown(authority)) as port, pytest.raises(Unreachable) as refused:
        service_sign_in(an_app_at(port), ca_file=str(authority.file)).header()

    assert f"signing in at Entra ID: no answer ({words}" in str(refused.value)
    assert world.azure.journal == []


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_an_authority_that_only_the_environment_names_is_not_trusted(
    world: World, authority: Authority, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(authority.file))
    with secure_server(world.azure, authority.good()) as port:
        with pytest.raises(Unreachable, match=UNTRUSTED):
            boards_at(port, world).signed_in_as()
        with pytest.raises(Unreachable, match=UNTRUSTED):
            service_sign_in(an_app_at(port)).header()


def test_an_authority_that_the_environment_names_does_not_stand_in_for_the_configured_one(
    world: World, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(Authority(tmp_path / "other").file))
    with secure_server(world.azure, authority.good()) as port:
        assert boards_at(port, world, authority.file).signed_in_as() == BOT


def test_a_server_that_speaks_no_tls_is_told_nothing(world: World, authority: Authority) -> None:
    with served(world.azure) as url, pytest.raises(Unreachable) as refused:
        boards_at(int(url.rpartition(":")[2].partition("/")[0]), world, authority.file).signed_in_as()

    assert "it does not speak TLS there: is the address right?" in str(refused.value)
    assert refused.value.may_have_arrived is False
    assert world.azure.journal == []


def test_an_authority_whose_file_is_gone_is_named(world: World, authority: Authority) -> None:
    with secure_server(world.azure, authority.good()) as port:
        authority.file.unlink()
        with pytest.raises(Unreachable, match=rf"no answer \(.*{authority.file}\)"):
            boards_at(port, world, authority.file).signed_in_as()
