"""How a query reads once it is kept: the service writes its words in small letters, and leaves names and values alone.

So have the examples beside the Swagger; what else it may write otherwise, nothing tells.
"""

from __future__ import annotations

import re

from adapters.sandbox.wiql.tokens import PATTERN, TokenKind

SOURCE = "WorkItems"


def as_kept(wiql: str) -> str:
    return PATTERN.sub(_written, wiql)


def _written(token: re.Match[str]) -> str:
    if token.lastgroup != TokenKind.WORD.value:
        return token[0]
    return SOURCE if token[0].casefold() == SOURCE.casefold() else token[0].lower()
