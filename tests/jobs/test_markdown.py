"""Fields that a person has turned to Markdown: they are read as they were written, and written as they can be read."""

from __future__ import annotations

from markdown_it import MarkdownIt

from adapters.sandbox.mhhs_seeds.people import SIT_DEFECT_MANAGER, SIT_RELEASE_MANAGER
from bot.answers import read_answers
from tests.jobs.play import Play, text

BODY, POINTS, ANSWERS = "System.Description", "Custom.ControlPoints", "Custom.Answers"


def is_one_page(markup: str) -> bool:
    """Whether Markdown shows it as the HTML that it is."""
    shown: str = MarkdownIt("commonmark").render(markup)
    return shown.strip() == markup.strip() != ""


def test_a_list_that_holds_markdown_is_rewritten_once_and_shows_the_same_page(play: Play) -> None:
    play.proposed()
    listed = play.cast.the_list("SIT-A", "DCC").id
    play.azure.person(SIT_DEFECT_MANAGER).write_markdown(listed, BODY, "# Mine\n\n- wait <b")
    play.at(3, 10)
    play.cast.hold(789, "no data")

    play.look()
    play.look()

    assert play.news() == ["list DCC SIT-A rewritten", "list DCC SIT-B rewritten"]
    assert "Left out" in text(play.azure.item(listed), BODY)
    assert is_one_page(text(play.azure.item(listed), BODY))


def test_answers_in_markdown_are_read_to_their_end(play: Play) -> None:
    play.raised()
    rfc = play.cast.the_rfc("SIT-A", "DCC").id
    manager = play.azure.person(SIT_RELEASE_MANAGER)
    manager.write_markdown(rfc, POINTS, "*mine*")
    manager.write_markdown(rfc, ANSWERS, "- 3: met, way back takes <5 min\n\n- 4: not met, if a<b\n- 5: met")
    play.at(3, 12)

    facts = play.look().facts

    assert facts is not None
    found = read_answers(facts.rfcs[rfc].answers)
    assert [str(found[number]) for number in "345"] == ["3: met, way back takes <5 min", "4: not met, if a<b", "5: met"]
    assert play.news() == ["RFC DCC SIT-A control points"]
    assert "way back takes &lt;5 min" in text(play.azure.item(rfc), POINTS)
    assert is_one_page(text(play.azure.item(rfc), POINTS))
