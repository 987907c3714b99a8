"""A person types a code into a browser once, and is themselves at the command line until they sign out."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from adapters.azure_devops.answers import SignedOut
from adapters.credentials import DeviceCode
from adapters.entra.device_code import forget, person_sign_in
from tests.adapters.azure_devops.world import MANAGER
from tests.adapters.entra.conftest import CLIENT_ID, Entra
from tests.identity.client import PUBLIC, Client


class Browser:
    """Types every code that the person is told; `agrees` False: the person says no."""

    def __init__(self, entra: Entra, *, agrees: bool = True) -> None:
        self.entra, self.agrees = entra, agrees
        self.told: list[str] = []

    def __call__(self, words: str) -> None:
        self.told.append(words)
        code = re.search(r"code ([A-Z-]+),", words)
        assert code is not None
        self.entra.service.types(code[1], account=MANAGER, agrees=self.agrees)


@pytest.fixture
def credential(entra: Entra, tmp_path: Path) -> DeviceCode:
    entra.service.knows(Client(CLIENT_ID, PUBLIC))
    return DeviceCode(entra.application, tmp_path / "people" / "tokens.json")


def test_the_person_is_told_where_to_type_which_code_and_is_themselves_then(
    entra: Entra, credential: DeviceCode
) -> None:
    browser = Browser(entra)
    assert entra.boards(person_sign_in(credential, browser, ca_file=entra.ca_file)).signed_in_as() == MANAGER
    (told,) = browser.told
    told = re.sub(r"[A-Z]{4}-[A-Z]{4}", "CODE", told)
    assert told == "Open https://login.example/device in a browser and type the code CODE, to sign in as yourself."


def test_the_next_command_asks_nothing_until_they_sign_out(entra: Entra, credential: DeviceCode) -> None:
    browser = Browser(entra)
    for _ in range(2):
        entra.boards(person_sign_in(credential, browser, ca_file=entra.ca_file)).signed_in_as()
    assert len(browser.told) == 1
    assert forget(credential)
    assert not forget(credential)
    entra.boards(person_sign_in(credential, browser, ca_file=entra.ca_file)).signed_in_as()
    assert len(browser.told) == 2


def test_a_token_that_has_ended_is_renewed_without_asking(entra: Entra, credential: DeviceCode) -> None:
    browser = Browser(entra)
    entra.service.lifetime = 60  # less than the five minutes before its end in which a token is not used any more
    for _ in range(2):
        entra.boards(person_sign_in(credential, browser, ca_file=entra.ca_file)).signed_in_as()
    assert len(browser.told) == 1
    assert len(entra.service.issued) >= 2


def test_what_is_kept_is_for_nobody_else_to_read(entra: Entra, credential: DeviceCode) -> None:
    entra.boards(person_sign_in(credential, Browser(entra), ca_file=entra.ca_file)).signed_in_as()
    assert stat.S_IMODE(credential.cache_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(credential.cache_file.parent.stat().st_mode) == 0o700
    assert [file.name for file in credential.cache_file.parent.iterdir()] == ["tokens.json"]


@pytest.mark.parametrize(
    "kept", ["{ half a file", "[]", "null", '{"AccessToken": []}', '{"AccessToken": {"one": 1}}', "[" * 100_000, "\0"]
)
def test_what_is_kept_and_cannot_be_read_any_more_is_begun_anew(
    entra: Entra, credential: DeviceCode, kept: str
) -> None:
    credential.cache_file.parent.mkdir()
    credential.cache_file.write_text(kept)
    browser = Browser(entra)
    assert entra.boards(person_sign_in(credential, browser, ca_file=entra.ca_file)).signed_in_as() == MANAGER
    assert len(browser.told) == 1


def test_a_token_that_is_revoked_is_replaced_without_asking(entra: Entra, credential: DeviceCode) -> None:
    browser = Browser(entra)
    boards = entra.boards(person_sign_in(credential, browser, ca_file=entra.ca_file))
    boards.signed_in_as()
    entra.service.azure.tokens.expire(entra.service.issued[-1])
    boards.closely([1])
    assert len(browser.told) == 1
    assert len(entra.service.issued) == 2


def test_who_may_not_renew_any_more_types_a_code_again(entra: Entra, credential: DeviceCode) -> None:
    browser = Browser(entra)
    boards = entra.boards(person_sign_in(credential, browser, ca_file=entra.ca_file))
    boards.signed_in_as()
    entra.service.azure.tokens.expire(entra.service.issued[-1])
    entra.service.refreshable.clear()
    boards.closely([1])
    assert len(browser.told) == 2


def test_who_says_no_in_the_browser_is_not_signed_in(entra: Entra, credential: DeviceCode) -> None:
    sign_in = person_sign_in(credential, Browser(entra, agrees=False), ca_file=entra.ca_file)
    with pytest.raises(SignedOut, match="signing in at Entra ID: access_denied"):
        sign_in.header()
