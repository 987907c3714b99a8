"""Failures of a server: what is wrong with it, or with the way to it, and what a person can do about it."""

from __future__ import annotations

import re
import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError

from adapters.redaction import redacted
from adapters.store.failures import StoreAway, StoreError, StoreLost

Words = tuple[str, str]

_AGAIN = "The next run tries again."
_AWAY: Words = ("the server cannot be reached", f"See whether it runs, and what is between. {_AGAIN}")
_LOST: Words = ("the connection to the server was lost", _AGAIN)
_NOT_READY: Words = ("the server is starting or stopping", _AGAIN)
_REFUSED: Words = (
    "the server refuses to let Shunter in",
    "Compare the user in store.url, and the password where store.password_file or _variable says, with the server's.",
)
_NO_DATABASE: Words = ("the server has no such database", "Create it, owned by that user, or correct store.url.")
_CROWDED: Words = ("the server takes no more connections", f"See who holds them, or allow more. {_AGAIN}")
_READ_ONLY: Words = (
    "the server takes no writes",
    "A standby never does: name the server that does in store.url. One that is short of space does again once freed.",
)
_FULL: Words = ("the server's disk is full", "Free some space there: the next run goes on from where this one stopped.")
_TLS: Words = (
    "the server does not prove that it is the one that is meant",
    "Let it have a certificate for the name in store.url, by an authority that store.ca_file names or that is public.",
)
_UNKNOWN_NAME: Words = (
    "the server's name is not known",
    f"Correct store.url, or see why names are not found. {_AGAIN}",
)
_BUSY: Words = ("another process keeps it busy", "The next run tries again; see which process holds its locks.")
_NO_RIGHT: Words = ("its user may not do that", "Make that user the owner of the database: Shunter makes its tables.")
_DAMAGED: Words = (
    "it is damaged",
    "Restore it from a copy, or create it empty: all is read anew from Azure DevOps, but for the record of reasons.",
)
_GONE: Words = ("its tables were deleted while Shunter used them", "The next run makes them anew, and fills them.")

# https://www.postgresql.org/docs/current/errcodes-appendix.html: by the whole code, else by its first two letters
_BY_CODE: dict[str, Words] = {
    "08": _LOST,
    "25P03": ("the server ended a transaction that stood still", _AGAIN),
    "25P04": ("the server ended a transaction that took too long", _AGAIN),
    "25006": _READ_ONLY,
    "28": _REFUSED,
    "3D000": _NO_DATABASE,
    "3F000": _GONE,
    "40": ("another process got in the way", _AGAIN),
    "42P01": _GONE,
    "42501": _NO_RIGHT,
    "53": ("the server is short of something", f"See what it lacks. {_AGAIN}"),
    "53100": _FULL,
    "53300": _CROWDED,
    "55P03": _BUSY,
    "57014": ("the server did not finish in time", _AGAIN),
    "57P01": _LOST,
    "57P02": _LOST,
    "57P03": _NOT_READY,
    "57P04": _NO_DATABASE,
    "57P05": _LOST,
    "58": ("the server's disk failed", "Look at its disk and log, then let the next run try again."),
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
_KINDS: dict[Words, type[StoreError]] = {
    _GONE: StoreLost,
    _READ_ONLY: StoreLost,  # the name may lead to another server by now
    **dict.fromkeys((_AWAY, _LOST, _NOT_READY, _NO_DATABASE), StoreAway),
}

# While a connection is made there is no code, only the server's words and those of its client library.
_BY_WORDS: tuple[tuple[str, Words], ...] = (
    (r"certificate|SSL|TLS|root\.crt", _TLS),
    (r"database .* does not exist", _NO_DATABASE),
    (r"database .* is not currently accepting|too many|connection slots", _CROWDED),
    (r"password|role .* (does not exist|is not permitted)|pg_hba|authentication", _REFUSED),
    (r"starting up|shutting down|recovery|not yet accepting", _NOT_READY),
    (r"translate host name|name or service|resolve|nodename", _UNKNOWN_NAME),
    (r"closed the connection|server closed|connection is lost|connection is closed|terminating|EOF", _LOST),
)


def explained_by_server(where: str, error: DBAPIError | sqlite3.Error | psycopg.Error) -> StoreError | None:
    """None where it can only be a mistake of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, psycopg.Error):
        return None
    found = _by_code(cause.sqlstate) if cause.sqlstate else _by_words(cause)
    if found is None:
        return None
    kind = _KINDS.get(found, StoreError)
    return kind(where, f"{found[0]} ({_said(cause)})", found[1])


def _by_code(code: str) -> Words | None:
    return _BY_CODE.get(code) or _BY_CODE.get(code[:2])


def _by_words(error: psycopg.Error) -> Words | None:
    if not isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return None
    for pattern, found in _BY_WORDS:
        if re.search(pattern, str(error), re.IGNORECASE):
            return found
    return _AWAY


def _said(error: psycopg.Error) -> str:
    """Its first line: what follows are hints for whoever sits at the server."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return redacted(lines[0].strip().rstrip("."))
