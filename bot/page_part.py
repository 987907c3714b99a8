"""Our part of a page: it stands between two lines of its own, and whatever people wrote around it is kept."""

from __future__ import annotations

import re

BEGIN = "<!-- Shunter writes from here on; what stands above this line is yours -->"
END = "<!-- Shunter writes up to here; what stands below this line is yours -->"


def with_part(text: str, part: str) -> str:
    """The page with our part as it shall be; unchanged where that says so already, however its lines end.

    Where the two lines are not there as a pair, nobody can tell what is ours: it is written anew, at the end.
    """
    ours = f"{BEGIN}\n\n{part.strip()}\n\n{END}"
    found = _span(text)
    if found is None:
        return f"{_ended(text)}{ours}\n"
    start, end = found
    return text if _lines(text[start:end]) == _lines(ours) else text[:start] + ours + text[end:]


def _span(text: str) -> tuple[int, int] | None:
    """The last pair: what somebody copied stands before it."""
    ends = [match.span() for match in _marker(END).finditer(text)]
    if not ends:
        return None
    last, end = ends[-1]
    begins = [match.start() for match in _marker(BEGIN).finditer(text, 0, last)]
    return (begins[-1], end) if begins else None


def _marker(line: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(line)}(?=[ \t]*\r?$)", re.MULTILINE)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


def _ended(text: str) -> str:
    if not text.strip():
        return text
    return f"{text}\n" if text.endswith("\n") else f"{text}\n\n"
