"""Readable text: what somebody typed, made fit to be shown anywhere without harm or surprise."""

from __future__ import annotations

import re
import unicodedata

LINE = 400
"""How many characters of a text stand on a page; a longer one ends in an ellipsis, and its work item has the rest."""
PARAGRAPH = 1000
PARAGRAPHS = 20
"""A text of several lines shows this many of them, each of at most `PARAGRAPH` characters."""
MARKS = 4
"""Accents and joiners that one letter may carry: enough for every script, too few to paint over the line above."""
EMPTY = "–"

_EXCERPT = 8
_REPLACEMENT = "\ufffd"
_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_JOINERS = "\u200c\u200d"


def readable(text: str, limit: int = LINE) -> str:
    """`text` on one line of at most `limit` characters; a dash where nothing is left to see.

    What controls a terminal or cannot be stored becomes U+FFFD; what reverses or hides text goes. Emoji and all
    scripts stay as they are. Applied again it changes nothing.
    """
    return _cut(text, limit) or EMPTY


def readable_lines(text: str) -> tuple[str, ...]:
    """The same for a text of several lines; blank ones are dropped."""
    longest = text[: PARAGRAPH * PARAGRAPHS * _EXCERPT]
    lines = [line for typed in _LINE_END.split(longest) if (line := _cut(typed, PARAGRAPH))]
    if len(lines) > PARAGRAPHS:
        lines[PARAGRAPHS - 1 :] = ["…"]
    return tuple(lines) or (EMPTY,)


def printable(text: str) -> str:
    """With its lines and spaces, without what controls a terminal, cannot be stored, reverses or hides."""
    return _INVISIBLE.sub("", _UNPRINTABLE.sub(_REPLACEMENT, text))


def _cut(text: str, limit: int) -> str:
    excerpt = text[: limit * _EXCERPT]  # a title of a million accents is not worth cleaning whole
    line = _clean(excerpt)
    if len(line) <= limit and len(excerpt) == len(text):
        return line
    return line[: limit - 1].rstrip() + "…"


def _clean(text: str) -> str:
    return _with_few_marks(" ".join(printable(text).split()))


def _with_few_marks(text: str) -> str:
    if text.isascii():
        return text
    kept, run = [], 0
    for character in text:
        run = run + 1 if _is_mark(character) else 0
        if run <= MARKS:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) in ("Mn", "Me")
