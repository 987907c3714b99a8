"""Queries: values cannot leave the quotes they are put in."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.azure_devops import wiql
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.ranges import LAST_ID
from bot.defect import Kind
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.world import World, render


def test_a_query_is_of_one_project_and_the_types_that_are_named() -> None:
    assert wiql.items_between(7, LAST_ID, ["Bug", "Tester's Note"]) == (
        "SELECT [System.Id] FROM workitems WHERE [System.TeamProject] = @project AND "
        "[System.WorkItemType] IN ('Bug', 'Tester''s Note') AND [System.Id] > 7 ORDER BY [System.Id]"
    )


def test_a_part_of_all_items_ends_where_it_is_told() -> None:
    assert "[System.Id] > 7 AND [System.Id] <= 90 ORDER BY" in wiql.items_between(7, 90, ["Bug"])


def test_some_items_are_asked_for_by_their_ids() -> None:
    assert "[System.Id] IN (3, 5)" in wiql.items_among([3, 5], ["Bug"])


@pytest.mark.parametrize("value", ["a\nb", "a\x00", "\x1b[0m", "a\u202eb", "x" * 257])
def test_what_cannot_stand_in_a_query_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="cannot stand in a query"):
        wiql.items_between(0, LAST_ID, [value])


def test_a_query_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="Azure DevOps takes 32,000"):
        wiql.items_between(0, LAST_ID, [f"{number:0>200}" for number in range(200)])


def test_only_numbers_are_ids() -> None:
    with pytest.raises(ValueError, match="Unknown format code 'd'"):
        wiql.items_among(["1) OR (1=1"], ["Bug"])  # type: ignore[list-item]


@pytest.mark.parametrize("name", ["", "a b", "System.Id] = 1 OR [System.Id", "Custom.Grün", "1.2", "S." * 80])
def test_only_a_reference_name_is_a_field(name: str) -> None:
    with pytest.raises(ValueError, match="no reference name"):
        wiql.empty(name)


def test_a_query_for_people_has_columns_and_an_order_and_the_id_in_both() -> None:
    condition = wiql.any_of([wiql.empty("Custom.Party"), wiql.none_of("Custom.Party", ["DCC", "O'Neill"])])

    assert wiql.to_keep(condition, ["System.Title", "System.Id"], ["Custom.Party"]) == (
        "SELECT [System.Id], [System.Title] FROM workitems WHERE [System.TeamProject] = @project AND "
        "([Custom.Party] = '' OR [Custom.Party] NOT IN ('DCC', 'O''Neill')) ORDER BY [Custom.Party], [System.Id]"
    )


ASKED = "SELECT [System.Id] FROM workitems WHERE [System.State] IN ('New', 'O''Neill') ORDER BY [System.Id]"


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        pytest.param(ASKED.replace("SELECT", "select").replace("workitems", "WorkItems"), True, id="other capitals"),
        pytest.param(ASKED.replace(" ", "\r\n  "), True, id="other blanks"),
        pytest.param(ASKED.replace(", ", ","), True, id="fewer blanks"),
        pytest.param(ASKED + " asc", True, id="the order that is meant anyway"),
        pytest.param(ASKED.replace("System.Id", "system.id"), True, id="a field in small letters"),
        pytest.param(ASKED + " desc", False, id="the other way round"),
        pytest.param(ASKED.replace("'New'", "'new '"), False, id="another value"),
        pytest.param(ASKED.replace("'New'", "'New, x'"), False, id="a value with a comma"),
        pytest.param(ASKED.replace("IN", "NOT IN"), False, id="the contrary"),
        pytest.param(ASKED.replace("[System.Id] FROM", "[System.Id], [System.Title] FROM"), False, id="a column more"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_query_is_known_again_however_it_is_written(other: str, is_same: bool) -> None:
    assert wiql.is_same(ASKED, other) == is_same


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("Bug' OR [System.Id] > 0 OR 'a'='", id="a wider condition"),
        pytest.param("Bug') OR ([System.Id] > 0", id="a closing bracket"),
        pytest.param("') ASOF '2000-01-01", id="another time"),
        pytest.param("Bug' ORDER BY [System.Id] --", id="an end of its own"),
        pytest.param("@Me", id="a macro"),
        pytest.param("@Today - 1", id="a macro that reckons"),
        pytest.param("[System.Title]", id="a field"),
        pytest.param("Bug''", id="quotes already doubled"),
        pytest.param("Bug\\'", id="a quote that is escaped otherwise"),
    ],
)
def test_a_value_that_would_be_more_than_one_finds_nothing(world: World, value: str) -> None:
    world.defects(1, 2)
    spelling = replace(MHHS, types={**MHHS.types, Kind.DEFECT: (value,)})
    boards = Boards(world.gateway, spelling, render)

    assert [row for rows in boards.everything() for row in rows] == []
    assert world.azure.journal[-1].operation == "wiql", "the server has understood it as one query"
    assert world.azure.journal[-1].status == 200


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=256))
def test_whatever_the_value_it_is_one_literal_that_reads_back(value: str) -> None:
    literals = re.findall(r"'((?:[^']|'')*)'", wiql.items_between(0, LAST_ID, [value]))

    assert [literal.replace("''", "'") for literal in literals] == [value]


def test_a_query_that_is_too_long_is_not_sent(world: World) -> None:
    spelling = replace(MHHS, types={**MHHS.types, Kind.DEFECT: tuple(f"{n:0>200}" for n in range(200))})

    with pytest.raises(ValueError, match="Azure DevOps takes 32,000"):
        Boards(world.gateway, spelling, render).everything()

    assert world.asked() == {}
