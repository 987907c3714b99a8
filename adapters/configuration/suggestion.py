"""Suggestions: the word that somebody probably meant, among those that exist."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from adapters.configuration.quoting import quoted

MOST_SHOWN = 20


def suggestion(word: str, known: Collection[str]) -> str:
    """`write "SIT-B"` where one of `known` is near, else what there is to choose from."""
    near = nearest(word, known)
    if near is not None:
        return f"write {quoted(near)}"
    if not known:
        return "take it out"
    shown = ", ".join(quoted(name) for name in list(known)[:MOST_SHOWN])
    return f"write one of {shown}{', ...' if len(known) > MOST_SHOWN else ''}"


def nearest(word: str, known: Collection[str]) -> str | None:
    spelled = {_bare(name): name for name in known}
    found = get_close_matches(_bare(word), spelled, n=1)
    return spelled[found[0]] if found else None


def _bare(word: str) -> str:
    return " ".join(word.casefold().split())
