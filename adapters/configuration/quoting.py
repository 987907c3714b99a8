"""Quoting: how a text of the configuration is shown in a message, whatever it holds."""

from __future__ import annotations

from adapters.configuration.secret import HIDDEN, looks_like_a_secret

LONGEST = 60


def quoted(text: str) -> str:
    """`text` between quotes: what cannot be seen is spelled out, a token is hidden, a long text is cut."""
    if looks_like_a_secret(text):
        return f'"{HIDDEN}"'
    visible = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:LONGEST])
    return f'"{visible}{"…" if len(text) > LONGEST else ""}"'
