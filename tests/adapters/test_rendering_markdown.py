"""Release notes for a wiki: whole texts, and that a text of somebody's stays text whatever Markdown it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markdown_it import MarkdownIt
from markdown_it.token import Token

from adapters.readable import readable
from adapters.rendering import Rendering, markdown_environment
from bot.environment_page import EnvironmentPage
from bot.page_part import BEGIN, END
from bot.release_note import NoteGroup, NoteLine, ReleaseNote
from bot.rollout_report import RolloutReport
from tests.adapters.sample_documents import NOTE, PAGE, REMARK, REPORT, filled_with, page_of
from tests.adapters.test_rendering import HOSTILE, WEB_URL, seen
from tests.golden_text import Golden

PROVISIONAL = replace(
    NOTE,
    title="Provisional: DCC 5.2.16.0 to SIT-A: 4 defects fixed, 1 change request",
    reason="Provisional: it may change until the SIT Defect Manager has agreed list 77, by Fri 04-Dec-2026 09:00 GMT.",
    edition=0,
    seal="",
    known_issues=(),
    changes=(),
)
MARKDOWN = [
    *HOSTILE,
    pytest.param("# heading", id="a heading"),
    pytest.param("| a | b |", id="cells"),
    pytest.param("\\| a \\\\| b", id="cells behind backslashes"),
    pytest.param("- one 1. two * three + four", id="lists"),
    pytest.param("> quoted", id="a quotation"),
    pytest.param("```\ncode\n```", id="a fence"),
    pytest.param("`code` ``more``", id="code"),
    pytest.param("**bold** __bold__ *it* _it_ ~~gone~~", id="emphasis"),
    pytest.param("[text](https://evil 'title') [ref] [^1] [text][ref]", id="links"),
    pytest.param("[123]: https://evil", id="what a reference leads to"),
    pytest.param("![pixel](https://evil/p.png =1x1)", id="an image"),
    pytest.param("https://evil.example www.evil.example <https://evil> terry@example.org", id="addresses"),
    pytest.param("::: mermaid [[_TOC_]] [[_TOSP_]] $x^2$ $$y$$", id="parts of a wiki page"),
    pytest.param(":smile: &copy; &#35;123", id="signs by name"),
    pytest.param("--- === ***", id="lines"),
    pytest.param("trailing \\", id="a backslash at the end"),
    pytest.param(BEGIN, id="the beginning of our part of a page"),
    pytest.param(END, id="the end of it"),
    pytest.param("two  \nlines", id="a line break"),
]


@pytest.fixture(scope="module")
def rendering() -> Rendering:
    return Rendering(WEB_URL)


def tokens(markdown: str) -> Iterator[Token]:
    """As a wiki reads it: tables, and HTML let through."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for block in parser.parse(markdown):
        yield block
        yield from block.children or ()


def shape(markdown: str) -> list[str]:
    """Everything but text: headings, cells, links with where they lead, line breaks."""
    kept = (t for t in tokens(markdown) if t.type not in ("text", "text_special", "inline") and not _is_break(t))
    return [f"{t.type} {t.tag} {t.attrs.get('href', '')}" for t in kept]


def _is_break(token: Token) -> bool:
    return token.type == "html_inline" and token.content == "<br>"


def cells(markdown: str) -> list[str]:
    """The text of each cell of a table, and of each heading and paragraph."""
    inline = (t for t in tokens(markdown) if t.type == "inline")
    return [seen("".join(c.content for c in t.children or () if c.type in ("text", "text_special"))) for t in inline]


def note_with(title: str) -> ReleaseNote:
    lines = (NoteLine(1, "2 - High", title, "5.2.16.0", "SIT-A"), NoteLine(2, "2 - High", "x", "5.2.16.0", "SIT-A"))
    return replace(NOTE, groups=(NoteGroup("Retest in SIT-A", lines),))


@pytest.mark.parametrize(
    ("document", "name"),
    [
        pytest.param(NOTE, "release_note.md", id="confirmed"),
        pytest.param(PROVISIONAL, "release_note_provisional.md", id="provisional"),
        pytest.param(REPORT, "rollout_report.md", id="rollout report"),
        pytest.param(PAGE, "environment_page.md", id="page of an environment"),
    ],
)
def test_a_document_reads_on_a_wiki_page(
    document: ReleaseNote | RolloutReport | EnvironmentPage, name: str, rendering: Rendering, golden: Golden
) -> None:
    golden(rendering.markdown(document), f"rendering/{name}")


def test_ids_lead_to_their_work_items_and_nothing_else_is_a_link(rendering: Rendering) -> None:
    links = [t.attrs["href"] for t in tokens(rendering.markdown(NOTE)) if t.type == "link_open"]

    assert links == [f"{WEB_URL}/_workitems/edit/{id}" for id in (123, 456, 789, 246, 880, 901, 77)]


@pytest.mark.parametrize("title", MARKDOWN)
def test_a_title_is_read_as_it_was_typed(title: str, rendering: Rendering) -> None:
    markdown = rendering.markdown(note_with(title))

    assert shape(markdown) == shape(rendering.markdown(note_with("x")))
    assert readable(title) in [cell.strip() for cell in cells(markdown)]


@pytest.mark.parametrize("text", MARKDOWN)
def test_no_text_in_any_place_becomes_more_than_text(text: str, rendering: Rendering) -> None:
    (_, note, _, _, report), (_, harmless, _, _, plain) = filled_with(text), filled_with("x")

    assert shape(rendering.markdown(note)) == shape(rendering.markdown(harmless))
    assert shape(rendering.markdown(report)) == shape(rendering.markdown(plain))
    assert shape(rendering.markdown(page_of(text))) == shape(rendering.markdown(page_of("x")))


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1))
def test_no_text_at_all_changes_the_shape(text: str) -> None:
    rendering = Rendering(WEB_URL)
    (_, note, *_), (_, harmless, *_) = filled_with(text), filled_with("x")

    assert shape(rendering.markdown(note)) == shape(rendering.markdown(harmless))
    assert seen(readable(text)) in [cell.strip() for cell in cells(rendering.markdown(note))]


@pytest.mark.parametrize(
    "text",
    ["see #123", "see !45", "see AB#1", "thanks @<3b5f0c3a-4c0e-4fa9-a6e5-5a5d7f0c1c11>", "thanks @Terry"],
    ids=["a work item", "a pull request", "a work item from GitHub", "a mention by id", "a mention by name"],
)
def test_nobody_is_mentioned_and_nothing_linked_by_a_title(text: str, rendering: Rendering) -> None:
    markdown = rendering.markdown(note_with(text))
    shown = "".join(t.content for t in tokens(markdown) if t.type in ("text", "text_special"))

    for page in (markdown, shown):
        assert not re.search(r"[#!]\d|@<|(?<!\w)@\w|data-vss-mention", page)


def test_lines_of_a_long_text_stay_lines_of_one_cell(rendering: Rendering) -> None:
    markdown = rendering.markdown(replace(NOTE, way_back="| first\n# second\n\n- third", instructions="none"))

    assert "| first# second- third" in cells(markdown)
    assert len([t for t in tokens(markdown) if _is_break(t)]) == 2


def test_an_address_of_the_project_cannot_end_its_link() -> None:
    markdown = Rendering("https://x/(a) [b]|<c>").markdown(NOTE)

    links = [t.attrs["href"] for t in tokens(markdown) if t.type == "link_open"]
    assert len(links) == 7
    assert set(links) >= {"https://x/%28a%29%20%5Bb%5D%7C%3Cc%3E/_workitems/edit/123"}


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="no attribute 'title'"):
        markdown_environment(WEB_URL).get_template("release_note.md").render(note=REMARK)
