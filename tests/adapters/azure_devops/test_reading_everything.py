"""Reading everything: complete, in as few requests as there can be."""

import pytest

from adapters.azure_devops.answers import Unreadable
from adapters.sandbox.faults import body_replaced
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


def test_several_links_are_read_closely_with_long_texts_and_people(world: World) -> None:
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

    with pytest.raises(Unreadable, match="the same page came again"):
        list(world.boards.everything())
