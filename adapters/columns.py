"""Columns of a terminal: text measured, padded, cut and wrapped by the cells that it takes there."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells, set_cell_size

WIDTH = 100


def padded(text: str, width: int) -> str:
    """At least `width` cells; never cut, for what must stay whole, such as an id."""
    return text + " " * (width - cell_len(text))


def fitted(text: str, width: int) -> str:
    """Exactly `width` cells, the last of them blank, with an ellipsis where the text is longer."""
    if cell_len(text) < width:
        return padded(text, width)
    return padded(set_cell_size(text, width - 2).rstrip() + "…", width)


def wrapped(text: str, indent: int) -> str:
    """Lines that end before `WIDTH`, all but the first indented; a word that is longer than a line is broken."""
    lines: list[str] = []
    for word in text.split():
        for piece in chop_cells(word, WIDTH - indent):
            if lines and cell_len(f"{lines[-1]} {piece}") <= WIDTH - indent:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return ("\n" + " " * indent).join(lines)
