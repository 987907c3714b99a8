"""Reading everything: complete, in as few requests as there can be."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from adapters.azure_devops.answers import Declined, TooLarge, Unreadable
from adapters.azure_devops.ranges import LAST_ID
from adapters.azure_devops.vetting import BODY_LIMIT
from adapters.sandbox.answer import Answer
from adapters.sandbox.call import Call
from adapters.sandbox.faults import CarryOut, body_replaced, refused
from adapters.sandbox.organisation import Limits
from adapters.sandbox.problem import Problem
from tests.adapters.azure_devops.world import START, World, an_azure


@pytest.mark.parametrize(
    ("number", "queries", "reads"), [(0, 1, 0), (1, 1, 1), (199, 1, 1), (200, 1, 1), (201, 1, 2), (500, 1, 3)]
)
def test_a_full_read_takes_one_query_and_a_read_for_each_200(
    world: World, number: int, queries: int, reads: int
) -> None:
    world.defects(*range(1, number + 1))

    found = [row.id for rows in world.boards.everything() for row in rows]

    asked = world.asked()
    assert sorted(found) == list(range(1, number + 1))
    assert (asked.get("wiql", 0), asked.get("workitemsbatch", 0)) == (queries, reads)


@pytest.mark.parametrize(("number", "queries"), [(9, 1), (10, 2), (11, 2), (20, 3)])
def test_a_query_that_may_have_been_cut_is_continued_from_its_last_id(number: int, queries: int) -> None:
    world = World(an_azure(), query_page=10)
    world.defects(*range(1, number + 1))

    found = [row.id for rows in world.boards.everything() for row in rows]

    assert sorted(found) == list(range(1, number + 1))
    assert world.asked()["wiql"] == queries


def test_a_full_read_brings_short_fields_only_and_nobody(world: World) -> None:
    world.defect(7, {"Custom.FoundIn": "SIT-A", "Custom.Workaround": "<p>wait</p>", "Custom.RetestBy": "Tess Hall"})

    ((row,),) = world.boards.everything()

    assert row.fields == {
        "System.Title": "Defect 7",
        "System.State": "Resolved",
        "System.CommentCount": 0,
        "System.ChangedDate": "2026-11-30T09:00:00Z",
        "Microsoft.VSTS.Common.Priority": 2,
        "Microsoft.VSTS.Common.Severity": "3 - Medium",
        "Custom.FoundIn": "SIT-A",
    }
    assert (row.type, row.rev, row.relations) == ("Bug", 1, None)


def test_the_time_of_a_full_read_is_that_of_its_first_query(world: World) -> None:
    rows = world.boards.everything()

    assert world.boards.as_of() == START
    assert list(rows) == []


def test_before_a_full_read_there_is_no_time_to_start_from(world: World) -> None:
    with pytest.raises(Unreadable, match="not everything has been asked for yet"):
        world.boards.as_of()


def test_what_is_deleted_between_query_and_read_is_not_there(world: World) -> None:
    world.defects(1, 2)
    rows = world.boards.everything()
    world.azure.person("dev.patel@si.example").delete(2)

    assert [row.id for some in rows for row in some] == [1]
    assert world.asked() == {"wiql": 2, "workitemsbatch": 1}


def test_an_item_that_a_read_leaves_out_without_being_deleted_spoils_the_read(world: World) -> None:
    world.defects(1)
    world.azure.faults.add("workitemsbatch", body_replaced(b'{"count":1,"value":[null]}'))

    with pytest.raises(Unreadable, match="1 work items did not come, among them 1"):
        list(world.boards.everything())


@pytest.mark.parametrize("are_null", [True, False], ids=["null", "absent"])
def test_several_links_are_read_closely_with_long_texts_and_people(world: World, *, are_null: bool) -> None:
    """What is not there is null in the answer, or absent from it."""
    world.azure.organisation.doubts.missing_items_are_null = are_null
    world.defects(1, 2)
    world.defect(3, {"Custom.Workaround": "<p>wait</p>", "Custom.RetestBy": "Tess Hall"})
    world.azure.person("dev.patel@si.example").link(3, "System.LinkTypes.Related", 1, "see there")

    rows = {row.id: row for row in world.boards.closely([3, 2, 3, 99])}

    (relation,) = rows[3].relations or ()
    assert (relation.rel, relation.target, relation.comment) == ("System.LinkTypes.Related", 1, "see there")
    assert rows[3].fields["Custom.Workaround"] == "<p>wait</p>"
    assert rows[3].fields["Custom.RetestBy"] == "Tess Hall <tess.hall@st.example>"
    assert rows[2].relations == ()
    assert sorted(rows) == [2, 3]
    assert world.asked() == {"workitemsbatch": 1}


def test_nothing_is_asked_when_nothing_is_to_be_read_closely(world: World) -> None:
    assert world.boards.closely([]) == ()
    assert world.asked() == {}


def test_a_query_that_does_not_move_on_is_not_followed() -> None:
    world = World(an_azure(), query_page=1)
    world.defects(1)
    page = b'{"asOf":"2026-11-30T09:00:00Z","workItems":[{"id":1}]}'
    world.azure.faults.add("wiql", body_replaced(page), times=2)

    with pytest.raises(Unreadable, match="its ids do not go on from 1 in their order"):
        list(world.boards.everything())


TOO_LONG = Problem(400, "QueryTimeoutException", "VS402335: The query exceeded the timeout of 30 seconds.")
TOO_MANY = Problem(400, "SizeLimitExceeded", "VS402337: The number of work items exceeds the size limit of 20000.")


def asked_range(call: Call) -> tuple[int, int] | None:
    """Above which id a query asks, and up to which."""
    text = call.body.decode()
    last, end = (re.search(rf"\[System\.Id\] {sign} (\d+)", text) for sign in (">", "<="))
    return (int(last[1]), int(end[1]) if end else LAST_ID) if last else None


def looks_at_more_than(limit: int, ids: Sequence[int]) -> Callable[[Call], bool]:
    """Whether a query asks for a range with more items than that in it."""

    def asks(call: Call) -> bool:
        asked = asked_range(call)
        return asked is not None and sum(asked[0] < id <= asked[1] for id in ids) > limit

    return asks


def is_wide(call: Call) -> bool:
    asked = asked_range(call)
    return asked is not None and asked[1] - asked[0] > 200


@pytest.mark.parametrize("problem", [pytest.param(TOO_LONG, id="30 s"), pytest.param(TOO_MANY, id="20,000")])
@pytest.mark.parametrize("limit", [7, 12, 17])
def test_what_is_too_much_for_one_query_is_asked_for_in_parts(problem: Problem, limit: int) -> None:
    world = World(an_azure(), query_page=5)
    ids = [*range(1, 8), 190, 2_999, *range(5_000, 5_007), 40_000, 3_000_000]
    world.defects(*ids)
    world.azure.faults.add(looks_at_more_than(limit, ids), refused(problem), times=1_000)

    found = [row.id for rows in world.boards.everything() for row in rows]

    assert sorted(found) == ids
    assert 400 in {exchange.status for exchange in world.azure.journal}
    assert world.asked()["wiql"] < 50


def test_a_limit_that_no_top_lifts_is_kept_by_narrower_queries() -> None:
    world = World(an_azure(Limits(wiql_results=20)), query_page=19)
    world.azure.organisation.doubts.a_top_lifts_the_limit_of_a_query = False
    ids = range(1, 3_000, 50)
    world.defects(*ids)

    assert sorted(row.id for rows in world.boards.everything() for row in rows) == list(ids)


def test_where_even_the_narrowest_query_is_too_much_it_says_so_in_the_words_of_the_server(world: World) -> None:
    world.defects(1)
    world.azure.faults.add("wiql", refused(TOO_LONG), times=1_000)

    with pytest.raises(Declined, match="VS402335: The query exceeded"):
        world.boards.everything()
    assert world.asked()["wiql"] < 10


def test_a_server_that_refuses_every_wide_query_is_not_asked_a_million_narrow_ones(world: World) -> None:
    world.defects(1)
    world.azure.faults.add(is_wide, refused(TOO_LONG), times=10_000)

    with pytest.raises(Declined, match="VS402335"):
        list(world.boards.everything())
    assert world.asked()["wiql"] < 300


def test_ids_out_of_order_are_not_taken_for_all_there_are(world: World) -> None:
    page = b'{"asOf":"2026-11-30T09:00:00Z","workItems":[{"id":2},{"id":1}]}'
    world.azure.faults.add("wiql", body_replaced(page))

    with pytest.raises(Unreadable, match="in their order"):
        world.boards.everything()


def test_another_refusal_of_a_query_is_not_answered_by_smaller_ones(world: World) -> None:
    world.azure.faults.add("wiql", refused(Problem(400, "SyntaxException", "TF51006: no.")), times=1_000)

    with pytest.raises(Declined):
        world.boards.everything()
    assert world.asked() == {"wiql": 1}


def many_at_once(most: int) -> Callable[[Call], bool]:
    return lambda call: call.operation == "workitemsbatch" and len(json.loads(call.body)["ids"]) > most


def swollen(carry_out: CarryOut) -> Answer:
    """The same answer, and more blanks in it than anybody takes."""
    answer = carry_out()
    return replace(answer, body=answer.body + b" " * BODY_LIMIT)


def test_items_whose_texts_are_too_much_for_one_answer_are_read_in_halves(world: World) -> None:
    world.defects(*range(1, 8))
    world.azure.faults.add(many_at_once(2), swollen, times=10)

    assert [row.id for row in sorted(world.boards.closely(range(1, 8)), key=lambda row: row.id)] == list(range(1, 8))
    assert world.asked() == {"workitemsbatch": 7}


def test_one_item_that_is_too_much_by_itself_is_unreadable(world: World) -> None:
    world.defects(1)
    world.azure.faults.add("workitemsbatch", swollen, times=10)

    with pytest.raises(TooLarge, match="larger than"):
        world.boards.closely([1])
    assert world.asked() == {"workitemsbatch": 1}
