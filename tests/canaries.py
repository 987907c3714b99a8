"""Canaries: every secret of the tests can be recognised, and nothing that a test leaves behind may hold one."""

from __future__ import annotations

import sqlite3
from base64 import b64encode
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from adapters.sandbox.answer import Answer
from adapters.sandbox.call import Call
from adapters.sandbox.tokens import MARK

KEPT_ON_PURPOSE = (
    "token",
    "platform-token",
    "secret",
    "*.pem",
    "netrc",
    "tokens.json",
    "*-????????-????-????-????-????????????.json",
)
"""Files whose very purpose is to hold a secret: given to Shunter, or kept by it for one person to stay signed in."""


def forms_of(secret: str) -> tuple[bytes, ...]:
    """As it is, and as it would stand within base64, wherever it begins there; also in capitals, hexadecimal, UTF-16.

    The secrets are letters and digits: in JSON and in addresses they look as they are.
    """
    plain = secret.encode()
    return (plain, plain.upper(), plain.hex().encode(), secret.encode("utf-16-le"), *_within_base64(plain))


def _within_base64(plain: bytes) -> Iterator[bytes]:
    for before in range(3):
        encoded = b64encode(bytes(before) + plain + bytes(-(before + len(plain)) % 3))
        first, last = -(-before * 8 // 6), (before + len(plain)) * 8 // 6
        yield encoded[first:last]


class Canaries:
    """`leaks` are told once, in words that do not repeat the secret."""

    def __init__(self) -> None:
        self._forms = list(forms_of(MARK))
        self._leaks: list[str] = []

    def plant(self, secret: str) -> str:
        """Another secret to look for, which cannot carry the mark."""
        self._forms += forms_of(secret)
        return secret

    def look(self, where: str, what: str | bytes) -> None:
        data = what.encode(errors="replace") if isinstance(what, str) else what
        if any(form in data for form in self._forms):
            self._leaks.append(f"a secret stands in {where}")

    def look_into(self, folder: Path) -> None:
        """In every file, and in its name: databases with what lies beside them, caches, configurations, reports."""
        for file in folder.rglob("*"):
            self.look(f"the name of {file}", file.name)
            if file.is_file() and not any(fnmatch(file.name, kept) for kept in KEPT_ON_PURPOSE):
                self.look(str(file), file.read_bytes())

    def look_at_request(self, call: Call, _answer: Answer | None) -> None:
        """Who asks is said in one header; nowhere else in a request is a secret, and so in no journal."""
        others = [f"{name}: {value}" for name, value in call.headers.items() if name != "authorization"]
        self.look(f"{call.method} {call.operation}", "\n".join([call.path, call.query_string, *others]))
        self.look(f"the body of {call.method} {call.operation}", call.body)

    def look_into_memory(self, connection: object, _record: object) -> None:
        """A database that is in no file, before it is gone."""
        if isinstance(connection, sqlite3.Connection) and not connection.execute("PRAGMA database_list").fetchone()[2]:
            self.look("a database in memory", connection.serialize())

    def taken(self) -> list[str]:
        leaks, self._leaks = self._leaks, []
        return leaks


CANARIES = Canaries()
