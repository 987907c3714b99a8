"""Queries that are kept: read in one request, made and changed, and refused in words."""

import pytest

from adapters.azure_devops.outcomes import Refused, Unknown
from adapters.azure_devops.queries import Kept, KeptQuery, Queries
from adapters.sandbox.faults import no_answer
from adapters.sandbox.permissions import Right
from tests.adapters.azure_devops.world import BOT, World

ONE, OTHER = ("select [System.Id] from WorkItems where [System.State] = 'New'", "select [System.Id] from WorkItems")


@pytest.fixture
def queries(world: World) -> Queries:
    return Queries(world.gateway, "MHHS")


def kept(answer: object) -> KeptQuery:
    assert isinstance(answer, Kept), answer
    return answer.query


def test_a_query_is_made_in_the_folder_and_changed(queries: Queries, world: World) -> None:
    assert queries.in_folder() is None
    queries.make_folder()
    made = kept(queries.make("RFCs to approve, now & then", ONE))
    queries.change(made, OTHER)
    world.asked()

    assert queries.in_folder() == {"rfcs to approve, now & then": KeptQuery(made.id, made.name, OTHER)}
    assert world.asked() == {"query": 1}


def test_an_empty_folder_is_not_a_missing_one(queries: Queries) -> None:
    queries.make_folder()

    assert queries.in_folder() == {}


def test_who_may_not_contribute_is_refused(queries: Queries, world: World) -> None:
    queries.make_folder()
    made = kept(queries.make("A", ONE))
    world.azure.permissions.take(BOT, Right.CONTRIBUTE_QUERIES)

    for answer in (queries.make("B", ONE), queries.change(made, OTHER)):
        assert isinstance(answer, Refused)
        assert "Contribute" in answer.why


def test_an_answer_that_is_lost_leaves_it_open_whether_it_was_done(queries: Queries, world: World) -> None:
    world.azure.faults.add("create query", no_answer(applied=True))

    assert isinstance(queries.make_folder(), Unknown)
    assert queries.in_folder() == {}
