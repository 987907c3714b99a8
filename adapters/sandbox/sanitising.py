"""What the server does to HTML that is saved: other bytes come back than were sent.

The service does not publish its list of allowed elements; the usual one here is assumed, and on the strict side.
"""

from __future__ import annotations

from typing import assert_never

import nh3

from adapters.sandbox.doubts import Html

TEXT = {"p", "br", "div", "span", "b", "strong", "i", "em", "u", "s", "a", "img", "hr"}
BLOCKS = {"h1", "h2", "h3", "h4", "h5", "h6", "pre", "code", "blockquote", "ul", "ol", "li"}
TABLES = {"table", "thead", "tbody", "tr", "td", "th"}
ATTRIBUTES = {"a": {"href", "data-vss-mention"}, "img": {"src", "alt"}, "*": {"style"}}


def sanitised(html: str, kept: Html = Html.USUAL) -> str:
    """The text of a `<style>` block leaks into the field, as it does in the service."""
    match kept:
        case Html.ALL:
            return html
        case Html.TEXT:
            return nh3.clean(html, tags=set(), clean_content_tags={"script"})
        case Html.USUAL:
            return _usual(html)
        case _:
            assert_never(kept)


def _usual(html: str) -> str:
    return nh3.clean(
        html,
        tags=TEXT | BLOCKS | TABLES,
        attributes=ATTRIBUTES,
        clean_content_tags={"script"},
        strip_comments=True,
        url_schemes={"http", "https", "mailto"},
    )
