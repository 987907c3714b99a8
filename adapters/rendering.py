"""Rendering: documents laid out by templates, as HTML for work items, text for a terminal, Markdown for a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import tzinfo
from functools import cache
from typing import assert_never
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from rich.cells import cell_len

from adapters.columns import fitted, padded, wrapped
from adapters.readable import readable, readable_lines
from bot.change import Document
from bot.control_points import ControlPoints
from bot.dates import short, spoken_day
from bot.environment_page import EnvironmentPage
from bot.list_page import ListPage
from bot.rehearsal import Rehearsal
from bot.release_note import ReleaseNote
from bot.remark import Remark
from bot.rollout_report import RolloutReport

CELL = 24
"""How many characters of a severity, a state or another short text stand in a table."""
_WORD_JOINER = "\u2060"
# Azure DevOps makes links of #123, AB#123 and !45, and tells whoever stands behind an @: none of them is asked for.
_REFERENCE = re.compile(r"(?<=[#!])(?=\d)|(?<=@)(?=<)|(?<=(?<!\w)@)(?=\w)|(?<=data-vss)(?=-)", re.IGNORECASE)

# A backslash keeps a sign as it is anywhere in Markdown. Entities are for what HTML and tables would see before that.
_ESCAPED = str.maketrans(
    {sign: f"\\{sign}" for sign in "\\`*_{}[]()#+-.!~@$:=^"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&vert;"}
)


class Rendering:
    """Called with a document it answers HTML. `web_url` is the project's: ids lead to its work items.

    Each template is compiled once in a process.
    """

    def __init__(self, web_url: str) -> None:
        self._html = html_environment(web_url)
        self._text = text_environment()
        self._markdown = markdown_environment(web_url)

    def __call__(self, document: Document | RolloutReport) -> str:
        match document:
            case ListPage():
                return self._html.get_template("candidate_list.html").render(page=document)
            case ReleaseNote():
                return self._html.get_template("release_note.html").render(note=document)
            case ControlPoints():
                return self._html.get_template("control_points.html").render(control_points=document)
            case RolloutReport():
                return self._html.get_template("rollout_report.html").render(report=document)
            case Remark():
                return self._html.get_template("remark.html").render(remark=document)
            case _:
                assert_never(document)

    def plain(self, document: ListPage | ReleaseNote | RolloutReport) -> str:
        """For a terminal of 100 columns."""
        match document:
            case ListPage():
                return self._text.get_template("candidate_list.txt").render(page=document)
            case ReleaseNote():
                return self._text.get_template("release_note.txt").render(note=document)
            case RolloutReport():
                return self._text.get_template("rollout_report.txt").render(report=document)
            case _:
                assert_never(document)

    def markdown(self, document: ReleaseNote | RolloutReport | EnvironmentPage) -> str:
        """For a page of a wiki, or a part of one."""
        match document:
            case EnvironmentPage():
                return self._markdown.get_template("environment_page.md").render(page=document)
            case ReleaseNote():
                return self._markdown.get_template("release_note.md").render(note=document)
            case RolloutReport():
                return self._markdown.get_template("rollout_report.md").render(report=document)
            case _:
                assert_never(document)

    def pages_above(self) -> str:
        """For the page above those of the environments."""
        return self._markdown.get_template("pages_above.md").render()

    def rehearsal(self, found: Rehearsal, zone: tzinfo) -> str:
        """In Markdown, for a paper."""
        return self._markdown.get_template("rehearsal.md").render(found=found, zone=zone)


@cache
def html_environment(web_url: str) -> Environment:
    """Whatever its templates print is escaped, and on one line unless a filter laid it out."""

    def link(id: int) -> Markup:
        return Markup('<a href="{}/_workitems/edit/{}">{}</a>').format(web_url.rstrip("/"), id, id)

    def linked(sentence: str, ids: Iterable[int]) -> Markup:
        """The sentence, with those of `ids` that it speaks of as links."""
        pieces = _mention(ids).split(readable(sentence))
        return Markup().join(link(int(p)) if odd % 2 else escape(unlinked(p)) for odd, p in enumerate(pieces))

    found = Environment(
        loader=PackageLoader("templates", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: value if isinstance(value, Markup) else unlinked(readable(str(value))),
    )
    found.filters |= {
        "link": link,
        "linked": linked,
        "paragraphs": paragraphs,
        "short": lambda text: readable(text, CELL),
        "unmentioned": unmentioned,
    }
    return found


@cache
def markdown_environment(web_url: str) -> Environment:
    """Whatever its templates print is text: nothing in it can start a link, a table, a heading or a mention."""
    address = quote(web_url.rstrip("/"), safe=":/%~")
    found = Environment(
        loader=PackageLoader("templates", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: value if isinstance(value, Markup) else _markdown(readable(str(value))),
    )
    found.filters |= {
        "link": lambda id: Markup(f"[{int(id)}]({address}/_workitems/edit/{int(id)})"),  # noqa: S704 - a number
        "paragraphs": lambda text: Markup("<br>").join(_markdown(line) for line in readable_lines(text)),
        "short": lambda text: _markdown(readable(text, CELL)),
        "day": lambda instant, zone: _markdown(spoken_day(instant.astimezone(zone).date())),
        "when": lambda instant, zone: _markdown(short(instant, zone)),
    }
    return found


def _markdown(line: str) -> Markup:
    return Markup(unlinked(line).translate(_ESCAPED))  # noqa: S704 - it has just been escaped, for Markdown and HTML


class LaidOut(str):
    """Text that a filter has set in columns or lines, and that therefore stays as it is."""

    __slots__ = ()


@cache
def text_environment() -> Environment:
    """Nothing is escaped: it is for a terminal alone."""
    found = Environment(
        loader=PackageLoader("templates", ""),
        autoescape=False,  # noqa: S701 - no browser ever sees it
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: value if isinstance(value, LaidOut) else readable(str(value)),
    )
    found.filters |= {
        "fitted": lambda text, width: LaidOut(fitted(readable(text), width)),
        "padded": lambda value, width: LaidOut(padded(readable(str(value)), width)),
        "underlined": lambda text, line: LaidOut(f"{readable(text)}\n{line * cell_len(readable(text))}"),
        "wrapped": lambda text, indent: LaidOut(wrapped(readable(text), indent)),
        "paragraphs": lambda text, indent: LaidOut(
            ("\n" + " " * indent).join(wrapped(line, indent) for line in readable_lines(text))
        ),
    }
    return found


def paragraphs(text: str) -> Markup:
    return Markup("<br>").join(unlinked(line) for line in readable_lines(text))


def unlinked(text: str) -> str:
    """The same to the eye, with a word joiner wherever Azure DevOps would see a reference or a mention."""
    return _REFERENCE.sub(_WORD_JOINER, text)


def unmentioned(remark: Remark) -> tuple[int, ...]:
    """The work items that a remark is about, and that none of its sentences names."""
    text = " ".join(readable(sentence) for sentence in remark.sentences)
    return tuple(id for id in remark.about if not _mention((id,)).search(text))


def _mention(ids: Iterable[int]) -> re.Pattern[str]:
    """An id where it stands by itself: not as part of a release number, a time or a word."""
    any_id = "|".join(str(id) for id in ids) or "(?!)"
    return re.compile(rf"(?<![\w.:/-])({any_id})(?![\w:/-]|\.\d)")
