"""Text values: making text fit for fields of one line, and plain text out of HTML."""

from __future__ import annotations

import html
import re
import unicodedata

import nh3

LINE_LIMIT = 255
_BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLOCK_END = re.compile(r"<\s*(?:br|hr|/\s*(?:p|div|li|tr|h[1-6]|pre|table))\b[^>]*>", re.IGNORECASE)
_CELL_END = re.compile(r"<\s*/\s*t[dh]\b[^>]*>", re.IGNORECASE)
_NO_TAG = re.compile(r"""<(?!/?[a-z][a-z0-9-]*(?:\s(?:"[^"]{0,200}"|'[^']{0,200}'|[^<>"'])*+)?/?>|!)""", re.IGNORECASE)
"""A sign that opens no tag: in a field that holds Markdown it stands for itself."""
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\s*\n\s*")


def one_line(text: str) -> str:
    """Without control characters and marks that turn the direction of writing; every run of blanks is one."""
    kept = _BIDI.sub("", text)
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") else c for c in kept)
    return " ".join(kept.split())


def title(text: str) -> str:
    """One line of at most 255 characters, as a title has to be."""
    line = one_line(text)
    return line if len(line) <= LINE_LIMIT else line[: LINE_LIMIT - 1] + "…"


def only_tags(markup: str) -> str:
    """With every sign escaped that opens no tag: nothing behind it is lost as part of one."""
    return _NO_TAG.sub("&lt;", markup)


def plain(markup: str) -> str:
    """The text of HTML, or of Markdown as it was written; a line for each block. Scripts and styles leave nothing."""
    spaced = _CELL_END.sub(" ", _BLOCK_END.sub("\n", only_tags(markup)))
    text = html.unescape(nh3.clean(spaced, tags=set()))
    return _EMPTY_LINES.sub("\n", _BLANKS.sub(" ", text)).strip()
