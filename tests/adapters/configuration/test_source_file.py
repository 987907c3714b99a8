"""Files that cannot be read as a configuration, each with one clear problem."""

import os
from pathlib import Path

import pytest

from adapters.configuration.load import load
from adapters.configuration.problem import ConfigurationError
from tests.adapters.configuration.a_file import ENVIRON, RIGHT


def refusal(file: Path) -> str:
    with pytest.raises(ConfigurationError) as refused:
        load(file, ENVIRON)
    assert len(refused.value.problems) == 1
    return str(refused.value).replace(f"{file.parent}/", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(
            b'[programme]\nname = "MHHS\n',
            "config.toml is not TOML: Illegal character '\\n' (at line 2, column 13); correct it there",
            id="text without its closing quote",
        ),
        pytest.param(
            b"[programme\n",
            "config.toml is not TOML: Expected ']' at the end of a table declaration (at line 1, column 11);"
            " correct it there",
            id="table without its closing bracket",
        ),
        pytest.param(
            b"[programme]\n[programme]\n",
            "config.toml is not TOML: Cannot declare ('programme',) twice (at line 2, column 11); correct it there",
            id="one table twice",
        ),
        pytest.param(
            b"start = 2026-02-30\n",
            "config.toml is not TOML: Invalid date or datetime (at line 1, column 9); correct it there",
            id="a date that does not exist",
        ),
        pytest.param(
            b"n = " + b"9" * 5000, "config.toml holds a number that is too long; correct it", id="a huge number"
        ),
        pytest.param(b"n = " + b"[" * 50_000, "config.toml is nested too deeply; correct it", id="deep nesting"),
        pytest.param(
            b"\xef\xbb\xbf" + RIGHT.encode(),
            'config.toml begins with a byte order mark; save it as "UTF-8", without BOM',
            id="UTF-8 with a byte order mark",
        ),
        pytest.param(
            RIGHT.encode("utf-16"),
            'config.toml begins with a byte order mark; save it as "UTF-8", without BOM',
            id="UTF-16",
        ),
        pytest.param(
            b'[programme]\nname = "\xe9"\n', "config.toml is not UTF-8 (at line 2); save it as UTF-8", id="Latin-1"
        ),
        pytest.param(
            b"#" * 1_000_001,
            "config.toml is larger than a megabyte; name the configuration file",
            id="a file of another sort",
        ),
    ],
)
def test_a_file_that_is_no_toml_is_refused_with_the_line(content: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(content)
    assert refusal(file) == said


def test_a_missing_file_is_refused_with_how_to_make_one(tmp_path: Path) -> None:
    said = "config.toml does not exist; `shunter init` writes one to begin with"
    assert refusal(tmp_path / "config.toml") == said


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    assert refusal(tmp_path / "config.toml") == "config.toml is a folder; name the configuration file itself"


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "config.toml")
    assert refusal(tmp_path / "config.toml") == "config.toml is not a file; name the configuration file itself"


def test_a_file_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = "config.toml cannot be read: Not a directory; let the user that Shunter runs as read it"
    assert refusal(tmp_path / "file" / "config.toml") == said


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    said = "cannot be read: embedded null byte; let the user that Shunter runs as read it"
    assert refusal(tmp_path / "config\0.toml") == f"config\0.toml {said}"
