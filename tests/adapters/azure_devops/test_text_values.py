"""The text of a field of several lines, whether it holds HTML or Markdown."""

import pytest

from adapters.azure_devops.text_values import plain


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        pytest.param("<p>a</p><p>b</p>", "a\nb", id="paragraphs"),
        pytest.param("<div>a<br/>b<hr />c</div>", "a\nb\nc", id="breaks"),
        pytest.param("<tr><td>a</td><td>b</td></tr>", "a b", id="cells"),
        pytest.param("<p>1 &lt; 2 &amp;amp; 3</p>", "1 < 2 &amp; 3", id="entities"),
        pytest.param("<a title='x>y' href=\"a<b\">see</a><img src=x>", "see", id="attributes with signs in them"),
        pytest.param("a<script>if (x<y) z()</script><style>p{}</style>b", "ab", id="a script and a style"),
        pytest.param("a<!-- b -->c", "ac", id="a comment"),
        pytest.param("if a<b then wait", "if a<b then wait", id="Markdown: less than"),
        pytest.param("back in <5 min", "back in <5 min", id="Markdown: less than a number"),
        pytest.param("see <https://x.example/1>", "see <https://x.example/1>", id="Markdown: an address"),
        pytest.param("3: **met**\n\n- one\n- two", "3: **met**\n- one\n- two", id="Markdown: signs as written"),
        pytest.param("3: met<br>4: <b>not met</b>", "3: met\n4: not met", id="Markdown with HTML in it"),
        pytest.param("cut off <b", "cut off <b", id="a tag that never closes"),
    ],
)
def test_it_is_what_a_person_has_written(markup: str, text: str) -> None:
    assert plain(markup) == text


@pytest.mark.parametrize("piece", ["<", '<x "', "<x '", "<a b='\"'", "<!--"])
def test_two_hundred_thousand_signs_take_no_time_to_speak_of(piece: str) -> None:
    assert len(plain(piece * (200_000 // len(piece)))) <= 200_000
