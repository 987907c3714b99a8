"""The store's place: a file or a server, as its settings name it, or every problem that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from adapters.configuration.checks.authorities import check_authorities
from adapters.configuration.plain_url import Trouble, host_troubles
from adapters.configuration.problem import Problem
from adapters.configuration.secret import Secret
from adapters.configuration.secret_source import Kept, read_secret
from adapters.configuration.settings import StoreSettings
from adapters.store.server import Server

FILE = "shunter.db"
PORT = 5432
_SAMPLE = "postgresql://shunter@db.company.com/shunter"
_OF_A_SERVER = ("password_file", "password_variable", "ca_file")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,63}")
_SOCKET = re.compile(r"host=(/[A-Za-z0-9_./-]+)")


def own_folder(environ: Mapping[str, str], folder: Path) -> Path:
    """systemd names the folder that a service may write to in STATE_DIRECTORY: several with colons between them."""
    given = environ.get("STATE_DIRECTORY", "").split(":")[0]
    return Path(given) if given else folder


def read_place(
    store: StoreSettings, folder: Path, environ: Mapping[str, str], *, is_service: bool
) -> tuple[Path | Server, list[Problem]]:
    """Relative files are looked for from `folder`. A person may not be let in: what they cannot read of what a server
    asks for is no problem of theirs."""
    if not store.url:
        file = folder / store.file if store.file else own_folder(environ, folder) / FILE
        return file, [*_unused(store, _OF_A_SERVER, "a file")]
    found = _server(store.url)
    if not isinstance(found, Server):
        return Path(), [Problem(("store", "url"), *found)]
    unread = list(check_authorities(("store", "ca_file"), store.ca_file, folder))
    password = _password(store, folder, environ)
    if isinstance(password, Problem):
        unread, password = [*unread, password], None
    problems = [*_beside(store, found), *(unread if is_service else ())]
    ca_file = str(folder / store.ca_file) if store.ca_file else ""
    return replace(found, password=password, ca_file=ca_file), problems


def _beside(store: StoreSettings, server: Server) -> Iterator[Problem]:
    if store.file:
        yield Problem(("store", "file"), "stands beside store.url", "keep one of the two")
    yield from _unused(store, ("backups",), "a server, whose own tools make copies (pg_dump)")
    if server.is_socket:
        yield from _unused(store, ("ca_file",), "a socket of this machine")


def _unused(store: StoreSettings, names: tuple[str, ...], what: str) -> Iterator[Problem]:
    for name in names:
        if store.gives(name):
            yield Problem(("store", name), f"is not used by {what}", "take it out, or name the store's place otherwise")


def _password(store: StoreSettings, folder: Path, environ: Mapping[str, str]) -> Secret | Problem | None:
    if not (store.password_file or store.password_variable):
        return None
    return read_secret(Kept("password", store.password_file, store.password_variable, table="store"), folder, environ)


def _server(url: str) -> Server | Trouble:
    address, _, query = url.partition("?")
    socket = _SOCKET.fullmatch(query)
    try:
        parts = urlsplit(address)
        host, port, user, database = parts.hostname or "", parts.port, parts.username or "", parts.path[1:]
    except ValueError:
        return "is not an address", f"write it as {_SAMPLE}"
    if parts.password is not None:
        remedy = f"write it as {_SAMPLE}, and name the file that holds the password as store.password_file"
        return "holds a password, which must not stand in this file", remedy
    if parts.scheme != "postgresql":
        return "does not begin with postgresql://", f"write it as {_SAMPLE}"
    if (query and (not socket or host)) or "#" in url or port == 0:
        remedy = f"write it as {_SAMPLE}, or as postgresql://shunter@/shunter?host=/run/postgresql for a socket"
        return "has something in it that is not of an address", remedy
    for what, name in (("user", user), ("database", database)):
        if not _NAME.fullmatch(name):
            return f"does not name a {what} by letters, digits and _ . -", f"write it as {_SAMPLE}"
    trouble = None if socket else next(host_troubles(host), None)
    return trouble or Server(socket[1] if socket else host, port or PORT, user, database)
