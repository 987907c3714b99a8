"""Layouts: the forms in which a release note can be printed."""

from __future__ import annotations

from enum import StrEnum


class Layout(StrEnum):
    """A terminal, a page of a wiki, or a field of a work item."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
