"""The token comes from a file that others cannot read, or from the environment, and is never shown."""

import os
from pathlib import Path

import pytest

from adapters.configuration.configuration import Configuration
from adapters.configuration.load import load
from adapters.configuration.problem import ConfigurationError
from adapters.configuration.secret_source import others_can_read
from adapters.credentials import Pat
from tests.adapters.configuration.a_file import TOKEN, changed, problems_of

FROM_VARIABLE = 'token_variable = "SHUNTER_TOKEN"'
OLD_PAT = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst"
NEW_PAT = "A1b2C3d4E5f6G7h8I9j0" * 3 + "JQQJ99BKACAAAAAA" + "AZDO" + "1a2B"
BEARER = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiI0OTliODRhYyJ9.c2lnbmF0dXJl"


def with_file(folder: Path, content: str, mode: int = 0o600) -> Path:
    token = folder / "token"
    token.write_text(content)
    token.chmod(mode)
    config = folder / "config.toml"
    config.write_text(changed((FROM_VARIABLE, 'token_file = "token"')))
    return config


def token_in(configuration: Configuration) -> str:
    assert isinstance(configuration.sign_in.credential, Pat)
    return configuration.sign_in.credential.token.reveal()


def refusal(config: Path, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(ConfigurationError) as refused:
        load(config, environ or {})
    return str(refused.value).replace(f"{config.parent}/", "")


def test_the_token_is_read_from_the_environment(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(changed())
    assert token_in(load(config, {"SHUNTER_TOKEN": TOKEN})) == TOKEN


def test_the_token_is_read_from_a_file_beside_the_configuration(tmp_path: Path) -> None:
    assert token_in(load(with_file(tmp_path, f"{TOKEN}\n"), {})) == TOKEN


def test_what_its_file_holds_later_is_read_when_asked_for(tmp_path: Path) -> None:
    credential = load(with_file(tmp_path, TOKEN), {}).sign_in.credential
    assert isinstance(credential, Pat)
    assert credential.token.renew() is False
    (tmp_path / "token").write_text("another\n")
    assert (credential.token.renew(), credential.token.reveal()) == (True, "another")


@pytest.mark.parametrize(("content", "mode"), [("", 0o600), ("two words", 0o600), ("another", 0o644)])
def test_what_cannot_be_used_does_not_take_its_place(content: str, mode: int, tmp_path: Path) -> None:
    credential = load(with_file(tmp_path, TOKEN), {}).sign_in.credential
    assert isinstance(credential, Pat)
    (tmp_path / "token").write_text(content)
    (tmp_path / "token").chmod(mode)
    assert (credential.token.renew(), credential.token.reveal()) == (False, TOKEN)
    (tmp_path / "token").unlink()
    assert (credential.token.renew(), credential.token.reveal()) == (False, TOKEN)


def test_a_configuration_never_shows_its_token(tmp_path: Path) -> None:
    configuration = load(with_file(tmp_path, TOKEN), {})
    assert TOKEN not in f"{configuration!r} {configuration}"


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o666, 0o601], ids=oct)
def test_a_file_that_others_can_reach_is_refused_and_so_is_its_token(mode: int, tmp_path: Path) -> None:
    said = "sign_in.token_file: others can read token; run `chmod 600 token`"
    assert refusal(with_file(tmp_path, TOKEN, mode)) == said


@pytest.mark.parametrize(
    ("mode", "owner", "is_open"),
    [
        pytest.param(0o600, 1000, False, id="the service's own file"),
        pytest.param(0o640, 1000, True, id="the service's own file, open to a group"),
        pytest.param(0o440, 0, False, id="handed over by root to the service's group"),
        pytest.param(0o444, 0, True, id="root's, open to all"),
    ],
)
def test_a_token_may_be_handed_over_by_root_as_systemd_and_kubernetes_do(mode: int, owner: int, is_open: bool) -> None:
    assert others_can_read(mode, owner=owner, reader=1000) is is_open


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(
            "", "what token holds is not one word of plain characters; put the token there, alone", id="empty"
        ),
        pytest.param(
            "one two", "what token holds is not one word of plain characters; put the token there, alone", id="two"
        ),
        pytest.param("x" * 16_385, "token is larger than 16 KiB; name the file that holds the token alone", id="large"),
        pytest.param(
            "tök€n", "what token holds is not one word of plain characters; put the token there, alone", id="letters"
        ),
    ],
)
def test_a_file_that_does_not_hold_a_token_is_refused(content: str, said: str, tmp_path: Path) -> None:
    assert refusal(with_file(tmp_path, content)) == f"sign_in.token_file: {said}"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    config = with_file(tmp_path, TOKEN)
    (tmp_path / "token").unlink()
    said = "sign_in.token_file: token does not exist; write the token there, and nothing else"
    assert refusal(config) == said


def test_a_folder_or_a_pipe_holds_no_token(tmp_path: Path) -> None:
    config = with_file(tmp_path, TOKEN)
    (tmp_path / "token").unlink()
    os.mkfifo(tmp_path / "token", 0o600)
    assert refusal(config) == "sign_in.token_file: token is not a file; name the file that holds the token"
    (tmp_path / "token").unlink()
    (tmp_path / "token").mkdir()
    assert refusal(config) == "sign_in.token_file: token is a folder; name the file that holds the token"


def test_a_variable_that_is_not_set_is_named(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(changed())
    assert refusal(config) == (
        "sign_in.token_variable: the environment has no SHUNTER_TOKEN; set SHUNTER_TOKEN where Shunter is started"
    )
    assert refusal(config, {"SHUNTER_TOKEN": " "}) == (
        "sign_in.token_variable: what SHUNTER_TOKEN holds is not one word of plain characters;"
        " put the token there, alone"
    )


def test_a_token_has_exactly_one_source(tmp_path: Path) -> None:
    assert problems_of(changed((FROM_VARIABLE, "")), tmp_path) == (
        "sign_in.token_file: is missing, and so is token_variable; name one: the file or the variable with the token"
    )
    assert problems_of(changed((FROM_VARIABLE, FROM_VARIABLE + '\ntoken_file = "token"')), tmp_path) == (
        "sign_in.token_file: stands beside token_variable; name one: the file or the variable with the token"
    )


@pytest.mark.parametrize(
    ("key", "file"),
    [
        *((key, "token_file") for key in ("pat", "token", "password", "api_key")),
        ("client_secret", "secret_file"),
    ],
)
def test_a_setting_that_looks_like_a_secret_is_refused_without_showing_it(key: str, file: str, tmp_path: Path) -> None:
    said = problems_of(changed((FROM_VARIABLE, f'{FROM_VARIABLE}\n{key} = "hunter2"')), tmp_path)
    assert said == (
        f"sign_in.{key}: looks like a secret, which must not stand in this file; take it out, have it replaced by"
        f" a new one, and name the file that holds that as sign_in.{file}"
    )


@pytest.mark.parametrize("token", [OLD_PAT, NEW_PAT, BEARER], ids=["old token", "new token", "bearer token"])
@pytest.mark.parametrize(
    "place",
    ['name = "MHHS"', 'project = "MHHS"', FROM_VARIABLE, 'mode = "observe"', 'account = "shunter@mhhs.example"'],
)
def test_a_token_anywhere_in_the_file_is_refused_and_not_shown(token: str, place: str, tmp_path: Path) -> None:
    key = place.split(" = ", maxsplit=1)[0]
    said = problems_of(changed((place, f'{key} = "{token}"')), tmp_path)
    assert f"{key}: " in said
    assert token not in said


def test_a_token_in_the_address_is_not_shown(tmp_path: Path) -> None:
    said = problems_of(changed(("https://", "https://shunter:hunter2@")), tmp_path)
    assert said == (
        "connection.organisation_url: holds a user name or a password;"
        " write it as https://dev.azure.com/name; the token goes where sign_in says"
    )
