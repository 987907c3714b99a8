"""Whatever goes wrong, and however much is logged: no token is shown, stored or sent where it does not belong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adapters.sandbox import faults
from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import Fault
from adapters.sandbox.mhhs_seeds.people import SIT_DEFECT_MANAGER
from adapters.sandbox.problem import Problem
from adapters.sandbox.serve import served
from jobs.virtual_environment import without_secrets
from tests.canaries import CANARIES
from tests.jobs.accidents import ALWAYS
from tests.jobs.command_line import Said, Shunter, configured_for, ran
from tests.jobs.small_world import IN_SIT_A


@pytest.fixture
def shunter(azure: Azure, tmp_path: Path) -> Iterator[Shunter]:
    with served(azure) as url:
        yield configured_for(azure, url, tmp_path)


def nowhere(shunter: Shunter, said: Said, caplog: pytest.LogCaptureFixture) -> None:
    """What was printed and logged, and what lies on the disk: the suite looks there too, for every test."""
    for text in (said.data, said.talk, caplog.text):
        assert shunter.token not in text
    CANARIES.look_into(shunter.config.parent)
    assert CANARIES.taken() == []


def quoted_back(token: str) -> Fault:
    """A server, or something before it, that repeats what it was asked with."""
    return faults.refused(Problem(400, "X", f"bad header Authorization: Basic {token} from https://me:{token}@proxy"))


def quoted_in_a_page(token: str) -> Fault:
    return faults.body_replaced(f"<h1>{token}</h1>".encode(), "text/html")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        pytest.param(lambda _: faults.unauthorised(), 4, id="401"),
        pytest.param(lambda _: faults.sign_in_page(), 4, id="203"),
        pytest.param(lambda _: faults.redirected(), 4, id="302"),
        pytest.param(lambda _: faults.body_replaced(b"null"), 1, id="null"),
        pytest.param(lambda _: faults.throttled(86400), 1, id="429"),
        pytest.param(quoted_back, 1, id="quoted back"),
        pytest.param(quoted_in_a_page, 4, id="quoted in a page"),
    ],
)
def test_a_server_that_fails_makes_nobody_show_the_token(
    shunter: Shunter, fault: Callable[[str], Fault], code: int, caplog: pytest.LogCaptureFixture
) -> None:
    shunter.azure.faults.add("connection", fault(shunter.token), times=ALWAYS)

    for command in (("doctor",), ("plan",), ("run", "--once")):
        said = shunter(*command)
        assert said.code == code
        nowhere(shunter, said, caplog)


def test_a_configuration_that_is_wrong_shows_no_token(shunter: Shunter, caplog: pytest.LogCaptureFixture) -> None:
    shunter.edit('token_variable = "SHUNTER_TOKEN"', 'token_variable = "SHUNTER_TOKEN"\nnonsense = 1')
    shunter.edit('project = "MHHS"', f'project = "{shunter.token}"')
    said = shunter("run", "--once")

    assert said.code == 2
    assert shunter.token not in said.talk
    assert "sign_in.nonsense: is not a setting" in said.talk
    assert "connection.project: looks like a token, which must not stand in this file" in said.talk
    shunter.config.unlink()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("hold", str(IN_SIT_A[0]), "--why", "x", "--token-file", "TOKEN"), id="in its file's stead"),
        pytest.param(("run", "--token", "TOKEN"), id="as an option that is none"),
        pytest.param(("doctor", "--config", "TOKEN"), id="as a configuration"),
    ],
)
def test_a_token_among_the_words_of_a_command_is_not_repeated(shunter: Shunter, words: tuple[str, ...]) -> None:
    typed = [shunter.token if word == "TOKEN" else word for word in words]
    config = () if "--config" in typed else ("--config", str(shunter.config))
    said = ran(*typed, *config, environment=shunter.environment())

    assert said.code == 2
    assert shunter.token not in said.talk


def test_the_tools_that_set_the_program_up_are_told_no_secret() -> None:
    environ = {
        "PATH": "/bin",
        "PIP_INDEX_URL": "https://me:pw@pypi.example",
        "SHUNTER_TOKEN": "a",
        "SHUNTER_SECRET": "b",
        "AZURE_DEVOPS_PAT": "c",
        "AZURE_DEVOPS_EXT_PAT": "d",
        "SYSTEM_ACCESSTOKEN": "e",
        "CLIENT_SECRET": "f",
        "TOKENIZER": "g",
    }

    assert set(without_secrets(environ)) == {"PATH", "PIP_INDEX_URL", "TOKENIZER"}


def test_three_runs_with_everything_logged_log_neither_tokens_nor_what_was_said(
    shunter: Shunter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    titles = [str(item.fields["System.Title"]) for item in shunter.azure.items("Bug")]
    for _ in range(3):
        nowhere(shunter, shunter("run", "--once"), caplog)
    said = ran(
        *("hold", str(IN_SIT_A[0]), "--why", "The data is not ready.", "--config", str(shunter.config)),
        environment=shunter.environment() | {"SHUNTER_PERSON_TOKEN": shunter.azure.token_for(SIT_DEFECT_MANAGER)},
    )
    nowhere(shunter, said, caplog)

    assert "/_apis/wit/" in caplog.text, "nothing was logged at all"
    assert [title for title in titles if title in caplog.text] == []
    assert "The data is not ready" not in caplog.text


def test_the_environment_does_not_make_the_sdk_print_what_it_asks_for(
    shunter: Shunter, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("azure_devops_python_print_urls", "true")
    monkeypatch.setenv("vsts_python_print_urls", "true")

    assert shunter("plan", "-o", "json").json["actions"]
    assert "_apis" not in capfd.readouterr().out


NO_IDS = (
    *("1/../../$batch", "1?bypassRules=true", "01", "-1", "+1", "0", "1e3", "1_0", "0x1", "\uff11", "2147483648"),
    *("true", "", " 1", "1\n"),
)


@pytest.mark.parametrize("command", [("why",), ("note",), ("report",), ("hold", "--why", "x"), ("agree",)])
def test_what_is_no_id_is_asked_of_nobody(shunter: Shunter, command: tuple[str, ...]) -> None:
    for id in NO_IDS:
        said = ran(*command, "--config", str(shunter.config), "--", id, environment=shunter.environment())
        assert (id, said.code) == (id, 2)
        assert "is not the id of a work item: write a whole number from 1 to 2,147,483,647" in said.talk

    assert shunter.azure.journal == []
