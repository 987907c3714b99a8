"""The file: reading it and parsing its TOML, with one clear problem for each way in which that fails."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path

from adapters.configuration.problem import ConfigurationError, Problem
from adapters.configuration.secret import HIDDEN, looks_like_a_secret

LARGEST = 1_000_000
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_table(path: Path) -> Mapping[str, object]:
    text = _text(path, _content(path))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(f"{path} is not TOML: {error}", "correct it there") from None
    except ValueError:
        raise _refused(f"{path} holds a number that is too long", "correct it") from None
    except RecursionError:
        raise _refused(f"{path} is nested too deeply", "correct it") from None


def _content(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            what = "a folder" if path.is_dir() else "not a file"
            raise _refused(f"{path} is {what}", "name the configuration file itself")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        shown = HIDDEN if looks_like_a_secret(path.name) else path
        raise _refused(f"{shown} does not exist", "`shunter init` writes one to begin with") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise _refused(f"{path} cannot be read: {why}", "let the user that Shunter runs as read it") from None
    if len(content) > LARGEST:
        raise _refused(f"{path} is larger than a megabyte", "name the configuration file")
    return content


def _text(path: Path, content: bytes) -> str:
    if content.startswith(_BYTE_ORDER_MARKS):
        raise _refused(f"{path} begins with a byte order mark", 'save it as "UTF-8", without BOM')
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(f"{path} is not UTF-8 (at line {line})", "save it as UTF-8") from None


def _refused(what: str, remedy: str) -> ConfigurationError:
    return ConfigurationError([Problem((), what, remedy)])
