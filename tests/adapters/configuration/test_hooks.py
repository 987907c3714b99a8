"""Service hooks are listened to where the file says so, with a password that nobody guesses, kept outside of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.configuration.configuration import Hooks
from adapters.configuration.load import load
from adapters.configuration.problem import ConfigurationError
from adapters.configuration.secret import Secret
from adapters.credentials import Pat
from tests.adapters.configuration.a_file import ENVIRON, LAST_LINE, changed
from tests.golden_text import Golden

GIVEN = {**ENVIRON, "HOOKS": "a-password-of-hooks", "FORMER": "the-one-before-that", "SHORT": "fifteen-letters"}
GIVEN["LONG"] = "x" * 257
BY_VARIABLE = 'password_variable = "HOOKS"\n'
FORMER = 'former_password_variable = "FORMER"\n'


def hooks_of(folder: Path, table: str) -> Hooks | None:
    file = folder / "config.toml"
    file.write_text(changed((LAST_LINE, f"{LAST_LINE}{table}")))
    return load(file, GIVEN).hooks


def revealed(hooks: Hooks | None) -> list[str]:
    assert hooks is not None
    return [password.reveal() for password in hooks.passwords]


def test_without_the_table_nothing_listens(tmp_path: Path) -> None:
    assert hooks_of(tmp_path, "") is None


def test_by_default_only_this_machine_is_listened_to(tmp_path: Path) -> None:
    hooks = hooks_of(tmp_path, f"[hooks]\n{BY_VARIABLE}")

    assert hooks is not None
    assert (hooks.address, hooks.port, revealed(hooks)) == ("127.0.0.1", 8420, ["a-password-of-hooks"])


def test_two_passwords_hold_while_one_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "password").touch(0o600)
    (tmp_path / "password").write_text("from-a-file-of-its-own\n")
    hooks = hooks_of(tmp_path, f'[hooks]\naddress = "::1"\nport = 9000\npassword_file = "password"\n{FORMER}')

    assert revealed(hooks) == ["from-a-file-of-its-own", "the-one-before-that"]


def test_no_password_is_ever_shown(tmp_path: Path) -> None:
    shown = repr(hooks_of(tmp_path, f"[hooks]\n{BY_VARIABLE}{FORMER}"))

    assert "***" in shown
    assert ("a-password" in shown, "the-one-before" in shown) == (False, False)


def test_a_person_at_the_command_line_needs_no_password_of_hooks(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(changed((LAST_LINE, f'{LAST_LINE}[hooks]\npassword_variable = "NOT_THERE"\n')))

    assert load(file, ENVIRON, lambda *_: (Pat(Secret("their-own")), [])).hooks is None


WRONG = {
    "no password": "[hooks]\n",
    "a password that is not there": '[hooks]\npassword_variable = "NOWHERE"\n',
    "both places for it": f'[hooks]\n{BY_VARIABLE}password_file = "password"\n',
    "a password in the file itself": f'[hooks]\n{BY_VARIABLE}password = "hunter2"\n',
    "a file that others can read": '[hooks]\npassword_file = "open"\n',
    "a short one": '[hooks]\npassword_variable = "SHORT"\n',
    "a long one": '[hooks]\npassword_variable = "LONG"\n',
    "the same twice": f'[hooks]\n{BY_VARIABLE}former_password_variable = "HOOKS"\n',
    "a short former one": f'[hooks]\n{BY_VARIABLE}former_password_variable = "SHORT"\n',
    "a former one alone": f"[hooks]\n{FORMER}",
    "a name for an address": f'[hooks]\n{BY_VARIABLE}address = "localhost"\n',
    "an address with a port": f'[hooks]\n{BY_VARIABLE}address = "127.0.0.1:80"\n',
    "an address with a zone": f'[hooks]\n{BY_VARIABLE}address = "fe80::1%eth0"\n',
    "no port": f"[hooks]\n{BY_VARIABLE}port = 0\n",
    "a port too high": f"[hooks]\n{BY_VARIABLE}port = 65536\n",
    "a port in quotes": f'[hooks]\n{BY_VARIABLE}port = "8420"\n',
    "several tables": f"[[hooks]]\n{BY_VARIABLE}",
}


def test_what_is_wrong_is_said_with_its_remedy(tmp_path: Path, golden: Golden) -> None:
    (tmp_path / "open").write_text("a-password-of-hooks")
    (tmp_path / "open").chmod(0o644)
    told = []
    for case, table in WRONG.items():
        with pytest.raises(ConfigurationError) as refused:
            hooks_of(tmp_path, table)
        told.append(f"{case}\n    " + str(refused.value).replace(f"{tmp_path}/", "").replace("\n", "\n    ") + "\n")
    golden("\n".join(told), "configuration/hooks.txt")
