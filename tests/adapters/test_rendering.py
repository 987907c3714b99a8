"""What people read: whole texts, and that a text of somebody's can never be more than text on a page."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markdown_it import MarkdownIt
from rich.cells import cell_len

from adapters.readable import LINE, readable
from adapters.rendering import Rendering, html_environment, text_environment
from adapters.sandbox.sanitising import sanitised
from bot.change import Document
from bot.list_page import ListGroup, ListLine, ListPage
from bot.release_note import ReleaseNote
from bot.remark import Remark
from bot.rollout_report import RolloutReport
from tests.adapters.sample_documents import DEPLOYED_POINTS, LIST, NOTE, POINTS, REMARK, REPORT, filled_with
from tests.golden_text import Golden

WEB_URL = "https://dev.azure.com/mhhs/SIT"
KEPT_BY_AZURE_DEVOPS = {
    "p", "br", "div", "span", "b", "strong", "i", "em", "u", "ul", "ol", "li", "a", "table", "thead", "tbody", "tr",
    "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "code",
}  # fmt: skip

HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="a script"),
    pytest.param("<img src=x onerror=alert(1)>", id="an image that fails"),
    pytest.param('"><svg/onload=alert(1)>', id="out of an attribute"),
    pytest.param("</td></tr><tr><td>999</td><td>Fixed</td>", id="a row more"),
    pytest.param("javascript:alert(1)", id="a script as an address"),
    pytest.param("data:text/html;base64,PHNjcmlwdD4=", id="a page as an address"),
    pytest.param("[click](javascript:alert(1)) ![x](https://evil/t.png) <https://evil>", id="Markdown"),
    pytest.param("<!-- not closed", id="a comment"),
    pytest.param("<![CDATA[ not closed", id="character data"),
    pytest.param('<img src="https://evil/p?d=1">', id="a tracking pixel"),
    pytest.param("<style>*{display:none}</style><form action=//evil><iframe><base href=//evil>", id="page parts"),
    pytest.param("<meta http-equiv=refresh content='0;url=//evil'>", id="a redirection"),
    pytest.param("rev\u202eersed \u2066isolated\u2069 zero\u200bwidth", id="bidi controls"),
    pytest.param("Z" + "\u0301" * 10_000 + "algo", id="ten thousand accents"),
    pytest.param("a\x00b\x1b[2Jc\x0bd\ud800e", id="control characters"),
    pytest.param("{{7*7}} {% for x in y %} ${7*7} #{7*7} <%= 7*7 %>", id="templates"),
    pytest.param("&lt;b&gt; &amp;#60;script&#62;", id="entities"),
    pytest.param("W" * 100_000, id="one long word"),
    pytest.param("two\r\nlines", id="two lines"),
]


@pytest.fixture(scope="module")
def rendering() -> Rendering:
    return Rendering(WEB_URL)


def parsed(html: str) -> BeautifulSoup:
    """As a browser shows it after Azure DevOps has saved it."""
    return BeautifulSoup(sanitised(html), "html.parser")


def elements(html: str) -> list[str]:
    return [tag.name for tag in parsed(html).find_all(True) if tag.name != "br"]


def seen(text: str) -> str:
    """What a reader sees: without the joiners that keep Azure DevOps from making links."""
    return text.replace("\u2060", "")


def cells(html: str) -> list[list[str]]:
    rows = parsed(html).select("thead + tbody > tr")
    return [[seen(cell.get_text()) for cell in row.select("td")] for row in rows]


def list_with(title: str, count: int = 3) -> ListPage:
    lines = tuple(ListLine(id, "2 - High", title, "5.2.16.0", "SIT-A", "Resolved") for id in range(1, count + 1))
    return replace(LIST, groups=(ListGroup("Retest in SIT-A", lines),), left_out=())


def beside_a_harmless_one(text: str) -> list[tuple[Document | RolloutReport, Document | RolloutReport]]:
    return list(zip(filled_with(text), filled_with("x"), strict=True))


@pytest.mark.parametrize(
    ("document", "name"),
    [
        pytest.param(LIST, "candidate_list.html", id="candidate list"),
        pytest.param(NOTE, "release_note.html", id="release note"),
        pytest.param(POINTS, "control_points.html", id="control points"),
        pytest.param(DEPLOYED_POINTS, "control_points_deployed.html", id="control points after a deployment"),
        pytest.param(REPORT, "rollout_report.html", id="rollout report"),
        pytest.param(REMARK, "remark.html", id="remark"),
    ],
)
def test_a_document_reads_in_a_work_item(
    document: Document | RolloutReport, name: str, rendering: Rendering, golden: Golden
) -> None:
    golden(rendering(document), f"rendering/{name}")


@pytest.mark.parametrize(
    ("document", "name"),
    [
        pytest.param(LIST, "candidate_list.txt", id="candidate list"),
        pytest.param(NOTE, "release_note.txt", id="release note"),
        pytest.param(REPORT, "rollout_report.txt", id="rollout report"),
    ],
)
def test_a_document_reads_in_a_terminal(
    document: ListPage | ReleaseNote | RolloutReport, name: str, rendering: Rendering, golden: Golden
) -> None:
    golden(rendering.plain(document), f"rendering/{name}")


def test_a_list_without_anything_says_so(rendering: Rendering) -> None:
    empty = replace(LIST, groups=(), left_out=())

    for text in (parsed(rendering(empty)).get_text(), rendering.plain(empty)):
        assert "Nothing is in." in text
        assert "Nothing is left out." in text


def test_what_has_no_room_on_a_list_is_counted(rendering: Rendering) -> None:
    page = replace(LIST, groups=(), left_out=LIST.left_out * 200)

    html = rendering(page)

    assert len(cells(html)) == 300
    assert "100 more are left out" in parsed(html).get_text()


@pytest.mark.parametrize("text", [pytest.param("x", id="a word"), *HOSTILE])
def test_in_a_field_that_a_person_has_turned_to_markdown_stands_the_same_page(rendering: Rendering, text: str) -> None:
    """One block of HTML from the first tag to the last: Markdown leaves it as it is."""
    for document in filled_with(text):
        html = rendering(document)

        assert MarkdownIt("commonmark").render(html).strip() == html.strip()


@pytest.mark.parametrize("document", [LIST, NOTE, DEPLOYED_POINTS, REMARK], ids=lambda d: type(d).__name__)
def test_nothing_is_lost_when_azure_devops_cleans_it(document: Document, rendering: Rendering) -> None:
    html = rendering(document)
    raw = BeautifulSoup(html, "html.parser")

    assert {tag.name for tag in raw.find_all(True)} <= KEPT_BY_AZURE_DEVOPS
    assert [tag.name for tag in raw.find_all(True)] == [tag.name for tag in parsed(html).find_all(True)]
    assert raw.get_text() == parsed(html).get_text()


@pytest.mark.parametrize("document", [LIST, NOTE, DEPLOYED_POINTS, REMARK], ids=lambda d: type(d).__name__)
def test_colours_are_the_readers(document: Document, rendering: Rendering) -> None:
    assert not re.search(r"color|background|#[0-9a-f]{3}|rgb", rendering(document), re.IGNORECASE)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_one_cell_of_text(title: str, rendering: Rendering) -> None:
    html = rendering(list_with(title))

    assert elements(html) == elements(rendering(list_with("x")))
    assert [row[1:3] for row in cells(html)] == [[str(id), readable(title)] for id in (1, 2, 3)]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_in_any_place_becomes_more_than_text(text: str, rendering: Rendering) -> None:
    for document, plain in beside_a_harmless_one(text):
        assert elements(rendering(document)) == elements(rendering(plain))


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1))
def test_tags_never_depend_on_texts(text: str) -> None:
    rendering = Rendering(WEB_URL)
    for document, plain in beside_a_harmless_one(text):
        assert elements(rendering(document)) == elements(rendering(plain))


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1))
def test_a_title_is_read_as_it_was_typed(title: str) -> None:
    assert cells(Rendering(WEB_URL)(list_with(title, count=1)))[0][2] == readable(title)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("see #123", id="a work item"),
        pytest.param("see !45", id="a pull request"),
        pytest.param("see AB#1", id="a work item from GitHub"),
        pytest.param("thanks @<3b5f0c3a-4c0e-4fa9-a6e5-5a5d7f0c1c11>", id="a mention by id"),
        pytest.param("thanks @Terry", id="a mention by name"),
        pytest.param('<a href="#" data-vss-mention="version:2.0,3b5f0c3a">x</a>', id="a mention in HTML"),
    ],
)
def test_nobody_is_mentioned_and_nothing_linked_by_a_title(text: str, rendering: Rendering) -> None:
    html = rendering(list_with(text, count=1))
    shown = parsed(html).get_text()

    assert not re.search(r"[#!]\d|@<|(?<!\w)@\w|data-vss-mention", shown)
    assert readable(text) in seen(shown)
    assert [a["href"] for a in parsed(html).select("a")] == [f"{WEB_URL}/_workitems/edit/1"]


def test_an_address_stays_an_address(rendering: Rendering) -> None:
    assert "terry@example.org" in rendering(list_with("asked of terry@example.org"))


def test_a_remark_links_the_work_items_that_it_names_and_lists_the_others(rendering: Rendering) -> None:
    remark = Remark(("RFC 900 brought 5.2.900.0 at 09:900, not 9001.", "List 77."), about=(900, 77, 5))

    links = parsed(rendering(remark)).select("a")

    assert [link.get_text() for link in links] == ["900", "77", "5"]
    assert links[-1]["href"] == f"{WEB_URL}/_workitems/edit/5"


def test_a_web_url_cannot_leave_its_attribute() -> None:
    html = Rendering('https://x"onmouseover="alert(1)/')(Remark(("List 77.",), about=(77,)))
    link = BeautifulSoup(html, "html.parser").a

    assert isinstance(link, Tag)
    assert list(link.attrs) == ["href"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_leaves_its_column_of_a_terminal(text: str, rendering: Rendering) -> None:
    page, note, _, _, report = filled_with(text)

    for plain in (rendering.plain(page), rendering.plain(note), rendering.plain(report)):
        assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain) is None


@pytest.mark.parametrize("text", ["W" * 1000, "漢字" * 300, "Ready for Retest " * 40], ids=["word", "wide", "prose"])
def test_a_terminal_of_a_hundred_columns_is_enough(text: str, rendering: Rendering) -> None:
    lines = rendering.plain(list_with(text)).splitlines()

    assert max(cell_len(line) for line in lines) <= 100
    assert sum("5.2.16.0   SIT-A" in line for line in lines) == 3


def test_a_terminal_shows_what_was_typed_unescaped(rendering: Rendering) -> None:
    assert "<b>R&D</b> #12 {{7*7}}" in rendering.plain(list_with("<b>R&D</b> #12 {{7*7}}"))


@pytest.mark.parametrize("name", ["candidate_list.html", "candidate_list.txt"])
def test_a_value_that_is_missing_is_an_error_that_names_template_and_value(name: str) -> None:
    environment = text_environment() if name.endswith(".txt") else html_environment(WEB_URL)

    with pytest.raises(UndefinedError, match="no attribute 'heading'") as error:
        environment.get_template(name).render(page=REMARK)

    places = [(Path(str(entry.path)).name, entry.lineno + 1) for entry in error.traceback]
    assert (name, 2 if name.endswith(".html") else 1) in places


def test_a_long_text_ends_in_an_ellipsis_and_the_id_is_shown(rendering: Rendering) -> None:
    (row,) = cells(rendering(list_with("word " * 10_000, count=1)))

    assert row[1] == "1"
    assert row[2].endswith("…")
    assert len(row[2]) <= LINE
