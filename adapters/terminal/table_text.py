"""Tables as text: short values in columns; titles and sentences beneath their row, where they have room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len, chop_cells

from adapters.columns import fitted

SENTENCES = (
    "approval", "changes", "deployment", "next_step", "open_points", "planned", "roles", "seal", "waiver", "why",
    "words",
)  # fmt: skip
"""Columns that hold sentences: each stands on lines of its own, with its name."""
NAMELESS = "words"
"""The sentence that says it all: it stands without a name."""
EXACT = ("link_type", "name", "reference_name", "work_item_type")
"""What somebody types elsewhere: it is never cut."""
TITLE = "title"
INDENT = 8
GAP = 2
WIDEST = 30


def table_lines(rows: Sequence[Mapping[str, str]], width: int) -> Iterator[str]:
    """The first line is the heading. `rows` have the same columns, in the same order."""
    names = [name for name in rows[0] if name not in SENTENCES]
    is_beneath = TITLE in names and _room(rows, [n for n in names if n != TITLE], width) < WIDEST
    columns = [name for name in names if not (is_beneath and name == TITLE)]
    narrow: list[str] = []
    while len(columns) > 2 and _needed(rows, columns) > width:
        narrow.insert(0, columns.pop())
    widths = [_width_of(name, rows) for name in columns]
    yield _line([heading(name) for name in columns], widths, width)[0]
    for row in rows:
        yield from _line([row[name] for name in columns], widths, width)
        if is_beneath:
            yield from wrapped_at(row[TITLE], width, INDENT)
        for words in _beneath(row, narrow):
            yield from wrapped_at(words, width, INDENT)


def _beneath(row: Mapping[str, str], narrow: Sequence[str]) -> Iterator[str]:
    """What had no room in columns, together; then each sentence."""
    if short := "; ".join(_named(name, row[name]) for name in narrow if row[name]):
        yield short
    for name in (n for n in row if n in SENTENCES and row[n]):
        yield row[name] if name == NAMELESS else _named(name, row[name])


def _named(name: str, value: str) -> str:
    words = heading(name)
    return f"{words if words.startswith('RFC') else words.lower()}: {value}"


def heading(name: str) -> str:
    words = name.replace("_", " ").replace("rfc", "RFC")
    return words[:1].upper() + words[1:]


def wrapped_at(text: str, width: int, indent: int) -> Iterator[str]:
    """Lines no wider than `width`, each indented; a word that is longer than a line is broken."""
    line, room = "", max(width - indent, 1)
    for piece in (piece for word in text.split() for piece in chop_cells(word, room)):
        if line and cell_len(line) + 1 + cell_len(piece) > room:
            yield " " * indent + line
            line = piece
        else:
            line = f"{line} {piece}" if line else piece
    if line:
        yield " " * indent + line


def _needed(rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> int:
    """The last column wraps between words, down to half of what a wide one takes."""
    *first, last = (_width_of(name, rows) for name in names)
    word = max((cell_len(word) for row in rows for word in row[names[-1]].split()), default=0)
    return sum(first) + min(last - GAP, max(word, WIDEST // 2))


def _room(rows: Sequence[Mapping[str, str]], names: Sequence[str], width: int) -> int:
    return width - sum(_width_of(name, rows) for name in names)


def _width_of(name: str, rows: Sequence[Mapping[str, str]]) -> int:
    longest = max(cell_len(heading(name)), *(cell_len(row[name]) for row in rows))
    return (longest if name in EXACT else min(longest, WIDEST)) + GAP


def _line(values: Sequence[str], widths: Sequence[int], width: int) -> list[str]:
    """All but the last value fill their columns; the last takes what is left of the line, and wraps."""
    *first, last = [fitted(value, w) for value, w in zip(values[:-1], widths[:-1], strict=True)] + [values[-1]]
    start = "".join(first)
    lines = list(wrapped_at(last, width, cell_len(start))) or [""]
    return [(start + lines[0].strip()).rstrip(), *lines[1:]]
