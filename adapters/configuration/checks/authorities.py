"""Authorities: a file of certificates that can be read as such."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

from adapters.configuration.problem import Path as SettingPath
from adapters.configuration.problem import Problem


def check_authorities(path: SettingPath, ca_file: str, folder: Path) -> Iterator[Problem]:
    if not ca_file:
        return
    file = folder / ca_file
    try:
        ssl.create_default_context(cafile=str(file))
    except FileNotFoundError:
        yield Problem(path, f"{file} does not exist", "put the certificates of your authority there, as PEM")
    except OSError as error:
        why = "it holds no certificate as PEM" if isinstance(error, ssl.SSLError) else error.strerror
        yield Problem(path, f"{file} cannot be used: {why}", "put the certificates of your authority there, as PEM")
