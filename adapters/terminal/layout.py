"""Layouts: the forms in which a document can be printed."""

from __future__ import annotations

from enum import StrEnum


class Layout(StrEnum):
    """Of a release note: a terminal, a page of a wiki, or a field of a work item."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


class PaperLayout(StrEnum):
    """Of a report: a terminal, or a paper that goes round."""

    TABLE = "table"
    MARKDOWN = "markdown"
