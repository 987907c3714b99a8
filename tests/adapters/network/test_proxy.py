"""Where a proxy is configured, everything goes through it, encrypted; where none is, nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.azure_devops.answers import Unreachable
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.outcomes import Refused
from adapters.azure_devops.sign_in import SignIn, by_pat
from adapters.configuration.secret import Secret
from adapters.credentials import Application, ClientSecret, ManagedIdentity
from adapters.entra.service_sign_in import service_sign_in
from adapters.sandbox.serve import served
from bot.change import Field
from bot.defect import State
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.world import BOT, World, a_change, render
from tests.adapters.network.connect_proxy import Proxy, connect_proxy
from tests.adapters.network.tls import Authority, secure_server
from tests.identity.client import SECRET, Client
from tests.identity.identity_service import LOGIN, TENANT, Service, identity_service

ADO = "ado.example"
"""Nothing has this name: only a proxy can say where it is."""
APP = "5e9f0a52-7a0c-4f0e-9c47-2f5a0f6e9d11"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def proxy(world: World, authority: Authority) -> Iterator[Proxy]:
    with secure_server(world.azure, authority.good(ADO)) as port, connect_proxy({ADO: port}) as proxy:
        yield proxy


def through(proxy: str, authority: Authority, world: World, sign_in: SignIn | None = None) -> Boards:
    sign_in = sign_in or by_pat(lambda: world.token)
    ca_file = str(authority.file)
    gateway = Gateway(f"https://{ADO}/mhhs", sign_in, world.clock.pace(), ca_file=ca_file, proxy=proxy)
    return Boards(gateway, MHHS, render)


def test_azure_devops_is_reached_through_it_and_it_reads_nothing(
    world: World, authority: Authority, proxy: Proxy
) -> None:
    world.defects(1)
    boards = through(proxy.url, authority, world)

    assert (boards.signed_in_as(), [row.id for row in boards.closely([1])]) == (BOT, [1])
    assert set(proxy.asked) == {f"{ADO}:443"}
    assert "uthorization" not in "".join(proxy.told)


@pytest.fixture
def login(world: World, tmp_path: Path) -> Iterator[tuple[Service, str]]:
    with identity_service(world.azure, tmp_path) as (service, ca_file):
        service.knows(Client(APP, SECRET, BOT, secret="a-secret-of-the-app"))
        yield service, ca_file


def test_the_sign_in_service_is_reached_through_it_too(login: tuple[Service, str]) -> None:
    service, ca_file = login
    port = int(service.url.rpartition(":")[2])
    with connect_proxy({LOGIN: port}) as proxy:
        service.url = f"https://{LOGIN}"
        credential = ClientSecret(Application(TENANT, APP, service.url), Secret("a-secret-of-the-app"))

        assert service_sign_in(credential, ca_file=ca_file, proxy=proxy.url).header() == f"Bearer {service.issued[-1]}"
        assert set(proxy.asked) == {f"{LOGIN}:443"}
        assert "a-secret-of-the-app" not in "".join([*proxy.told, *proxy.asked])


def test_what_azure_gives_the_machine_is_asked_for_without_it(
    login: tuple[Service, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    service, ca_file = login
    service.machine_account = BOT
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", service.url)
    with connect_proxy({}) as proxy:
        service_sign_in(ManagedIdentity(), ca_file=ca_file, proxy=proxy.url).header()

        assert proxy.asked == []


def test_a_server_on_this_machine_is_spoken_to_without_it(world: World, proxy: Proxy) -> None:
    with served(world.azure) as url:
        gateway = Gateway(url, by_pat(lambda: world.token), world.clock.pace(), proxy=proxy.url)

        assert Boards(gateway, MHHS, render).signed_in_as() == BOT
        assert proxy.asked == []


@pytest.mark.parametrize("variable", ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
def test_a_proxy_that_only_the_environment_names_is_not_used(
    world: World, authority: Authority, proxy: Proxy, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, proxy.url)
    with pytest.raises(Unreachable, match="the name of its machine is not known here"):
        through("", authority, world).signed_in_as()

    application = Application(TENANT, APP, f"https://{ADO}")
    with pytest.raises(Unreachable, match="the name of its machine is not known here"):
        service_sign_in(ClientSecret(application, Secret("x"))).header()
    assert proxy.asked == []


def test_what_the_environment_would_leave_out_goes_through_it_all_the_same(
    world: World, authority: Authority, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "*")

    assert through(proxy.url, authority, world).signed_in_as() == BOT
    assert proxy.asked


@pytest.mark.parametrize("status", [403, 407, 502])
def test_a_proxy_that_says_no_has_passed_nothing_on(
    world: World, authority: Authority, proxy: Proxy, status: int
) -> None:
    world.defects(1)
    boards = through(proxy.url, authority, world)
    proxy.refuses = status

    with pytest.raises(Unreachable, match=rf"no answer \(connection.proxy: Tunnel connection failed: {status}"):
        boards.signed_in_as()
    (outcome,) = boards.update([a_change(1, 1, {Field.STATE: State.READY_FOR_RETEST})])
    assert isinstance(outcome, Refused)
    assert world.azure.journal == []


def test_a_proxy_that_is_not_there_is_named(world: World, authority: Authority) -> None:
    with pytest.raises(Unreachable, match=r"no answer \(connection.proxy: ") as refused:
        through("http://127.0.0.1:9", authority, world).signed_in_as()

    assert refused.value.may_have_arrived is False
