"""The source of a secret: a file that only Shunter can read, or an environment variable; never the configuration."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from adapters.configuration.problem import Problem
from adapters.configuration.secret import HIDDEN, Secret, looks_like_a_secret

LARGEST = 16_384
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,99}")
_WORD = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a setting says of where a secret is kept: `file` or `variable`, the other empty. `what` names the secret.

    `is_text`: it may have several lines. `table`: in which table of the configuration that setting stands.
    """

    what: str
    file: str = ""
    variable: str = ""
    is_text: bool = False
    table: str = "sign_in"


def read_secret(kept: Kept, folder: Path, environ: Mapping[str, str]) -> Secret | Problem:
    """A relative file is looked for from `folder`, where the configuration stands."""
    what = kept.what
    if bool(kept.file) == bool(kept.variable):
        wrong = f"stands beside {what}_variable" if kept.file else f"is missing, and so is {what}_variable"
        return Problem((kept.table, f"{what}_file"), wrong, f"name one: the file or the variable with the {what}")
    if kept.file:
        return _from_file(folder / kept.file, kept)
    return _from_variable(kept, environ)


def read_text_file(what: str, file: str, folder: Path) -> Secret | Problem:
    """A secret of several lines, which no variable can hold well."""
    if not file:
        return Problem(("sign_in", f"{what}_file"), "is missing", f"name the file with the {what}")
    return _from_file(folder / file, Kept(what, file, is_text=True))


def _from_variable(kept: Kept, environ: Mapping[str, str]) -> Secret | Problem:
    path, name = (kept.table, f"{kept.what}_variable"), kept.variable
    if not _VARIABLE.fullmatch(name):
        return Problem(path, "is not the name of a variable", 'write a name such as "SHUNTER_TOKEN"')
    if name not in environ:
        return Problem(path, f"the environment has no {name}", f"set {name} where Shunter is started")
    return _secret(path, f"what {name} holds", environ[name], kept)


def _from_file(file: Path, kept: Kept) -> Secret | Problem:
    path, what = (kept.table, f"{kept.what}_file"), kept.what
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as opened:
            state = os.fstat(opened.fileno())
            if not stat.S_ISREG(state.st_mode):
                return Problem(path, f"{file} is not a file", f"name the file that holds the {what}")
            if os.name != "nt" and others_can_read(state.st_mode, owner=state.st_uid, reader=os.geteuid()):
                return Problem(path, f"others can read {file}", f"run `chmod 600 {file}`")
            content = opened.read(LARGEST + 1)
    except IsADirectoryError:
        return Problem(path, f"{file} is a folder", f"name the file that holds the {what}")
    except (OSError, ValueError) as error:
        if looks_like_a_secret(file.name):
            # Somebody gave the secret in its file's stead.
            return Problem(path, f"is {HIDDEN}, which is no file", f"name the file that holds the {what}")
        if isinstance(error, FileNotFoundError):
            return Problem(path, f"{file} does not exist", f"write the {what} there, and nothing else")
        why = getattr(error, "strerror", None) or "its name is not one"
        return Problem(path, f"{file} cannot be read: {why}", "let the user that Shunter runs as read it")
    if len(content) > LARGEST:
        return Problem(
            path, f"{file} is larger than {LARGEST // 1024} KiB", f"name the file that holds the {what} alone"
        )
    found = _secret(path, f"what {file} holds", content.decode(errors="replace"), kept)
    return Secret(found.reveal(), lambda: _anew(file, kept)) if isinstance(found, Secret) else found


def _anew(file: Path, kept: Kept) -> str | None:
    found = _from_file(file, kept)
    return found.reveal() if isinstance(found, Secret) else None


def others_can_read(mode: int, *, owner: int, reader: int) -> bool:
    """Whether a file of this mode is open to more users than the one that reads it; users are numbers, root is 0."""
    # systemd and Kubernetes hand a secret over as a file of root's that the service's own group may read.
    is_handed_over = owner == 0 and reader != 0
    return bool(mode & (stat.S_IRWXO if is_handed_over else stat.S_IRWXO | stat.S_IRWXG))


def _secret(path: tuple[str, ...], where: str, text: str, kept: Kept) -> Secret | Problem:
    secret = text.strip()
    if not kept.is_text and not _WORD.fullmatch(secret):
        return Problem(path, f"{where} is not one word of plain characters", f"put the {kept.what} there, alone")
    return Secret(secret)
