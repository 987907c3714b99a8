"""The text of a query, cut into tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from adapters.sandbox.problem import Problem


class TokenKind(Enum):
    SPACE = "space"
    FIELD = "field"
    TEXT = "text"
    NUMBER = "number"
    MACRO = "macro"
    SYMBOL = "symbol"
    WORD = "word"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is what it means: a field without brackets, a text without quotes, a word in capitals."""

    kind: TokenKind
    text: str
    written: str


PATTERN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<field>\[[^\[\]]+\](?:\.\[[^\[\]]+\])?)
  | (?P<text>'(?:[^']|'')*'|"(?:[^"]|"")*")
  | (?P<number>\d+(?:\.\d+)?)
  | (?P<macro>@\w+)
  | (?P<symbol><>|<=|>=|[=<>(),+*-])
  | (?P<word>[A-Za-z_]\w*)
    """,
    re.VERBOSE,
)


def tokens(query: str) -> list[Token]:
    """Ends with an END token."""
    found: list[Token] = []
    at = 0
    while at < len(query):
        match = PATTERN.match(query, at)
        if match is None:
            raise syntax_error("The query has a character that cannot stand there.", query[at : at + 20])
        at = match.end()
        kind = TokenKind(match.lastgroup)
        if kind is not TokenKind.SPACE:
            found.append(Token(kind, _meaning(kind, match[0]), match[0]))
    return [*found, Token(TokenKind.END, "", "the end of the query")]


def syntax_error(what: str, cause: str) -> Problem:
    return Problem(400, "SyntaxException", f"TF51006: {what} The error is caused by «{cause}».")


def _meaning(kind: TokenKind, written: str) -> str:
    if kind is TokenKind.FIELD:
        return written[1:-1]
    if kind is TokenKind.TEXT:
        quote = written[0]
        return written[1:-1].replace(quote * 2, quote)
    return written.upper() if kind is TokenKind.WORD else written.lower()
