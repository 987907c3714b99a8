"""The token's source: a file that only Shunter can read, or an environment variable; never the configuration."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from adapters.configuration.problem import Problem
from adapters.configuration.secret import Secret
from adapters.configuration.settings import SignInSettings

LARGEST = 16_384
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,99}")
_TOKEN = re.compile(r"[!-~]+")


def read_token(sign_in: SignInSettings, folder: Path, environ: Mapping[str, str]) -> Secret | Problem:
    """A relative `token_file` is looked for from `folder`, where the configuration stands."""
    if bool(sign_in.token_file) == bool(sign_in.token_variable):
        what = "stands beside token_variable" if sign_in.token_file else "is missing, and so is token_variable"
        return Problem(("sign_in", "token_file"), what, "name one: the file or the variable with the token")
    if sign_in.token_file:
        return _from_file(folder / sign_in.token_file)
    return _from_variable(sign_in.token_variable, environ)


def _from_variable(name: str, environ: Mapping[str, str]) -> Secret | Problem:
    path = ("sign_in", "token_variable")
    if not _VARIABLE.fullmatch(name):
        return Problem(path, "is not the name of a variable", 'write a name such as "SHUNTER_TOKEN"')
    if name not in environ:
        return Problem(path, f"the environment has no {name}", f"set {name} where Shunter is started")
    return _token(path, f"what {name} holds", environ[name])


def _from_file(file: Path) -> Secret | Problem:
    path = ("sign_in", "token_file")
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as opened:
            state = os.fstat(opened.fileno())
            if not stat.S_ISREG(state.st_mode):
                return Problem(path, f"{file} is not a file", "name the file that holds the token")
            if os.name != "nt" and others_can_read(state.st_mode, owner=state.st_uid, reader=os.geteuid()):
                return Problem(path, f"others can read {file}", f"run `chmod 600 {file}`")
            content = opened.read(LARGEST)
    except IsADirectoryError:
        return Problem(path, f"{file} is a folder", "name the file that holds the token")
    except FileNotFoundError:
        return Problem(path, f"{file} does not exist", "write the token there, and nothing else")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is not one"
        return Problem(path, f"{file} cannot be read: {why}", "let the user that Shunter runs as read it")
    return _token(path, f"what {file} holds", content.decode(errors="replace"))


def others_can_read(mode: int, *, owner: int, reader: int) -> bool:
    """Whether a file of this mode is open to more users than the one that reads it; users are numbers, root is 0."""
    # systemd and Kubernetes hand a secret over as a file of root's that the service's own group may read.
    is_handed_over = owner == 0 and reader != 0
    return bool(mode & (stat.S_IRWXO if is_handed_over else stat.S_IRWXO | stat.S_IRWXG))


def _token(path: tuple[str, ...], what: str, text: str) -> Secret | Problem:
    token = text.strip()
    if not _TOKEN.fullmatch(token):
        return Problem(path, f"{what} is not one word of plain characters", "put the token there, alone")
    return Secret(token)
