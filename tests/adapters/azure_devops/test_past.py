"""The past: work items as they stood at any instant, read from the two feeds."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from adapters.azure_devops.answers import Unreadable
from adapters.azure_devops.past import Past
from adapters.azure_devops.past_links import PastLinks
from adapters.azure_devops.reading_the_past import read_past
from adapters.azure_devops.rows import DatedLink, LinkRow, Relation
from adapters.sandbox.faults import body_replaced
from adapters.sandbox.organisation import Limits
from bot.defect import Kind, State
from bot.rfc import RfcState
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.world import MANAGER, START, TESTER, World, an_azure

HOUR = timedelta(hours=1)
RELATED, DUPLICATE = "System.LinkTypes.Related", "System.LinkTypes.Duplicate-Reverse"


def the_past(world: World, since: datetime = START) -> Past:
    return read_past(world.boards.work_items, MHHS, since)


def later(world: World, hours: float = 1) -> datetime:
    """The hours pass; the time that it is then."""
    world.azure.clock.advance(hours * HOUR)
    return world.azure.clock.now()


def an_rfc(world: World, *fixes: int) -> int:
    fields = {"System.Title": "DCC 5.2.16.0", "Custom.ReleaseNumber": "5.2.16.0"}
    return world.azure.person(MANAGER).create("Request for Change", fields, [(RELATED, id) for id in fixes])


def test_an_item_is_shown_as_it_stood(world: World) -> None:
    world.defects(1)
    resolved = later(world)
    world.azure.person(MANAGER).edit(1, {"System.State": "Active", "Custom.FixVersion": "5.2.16.0"})
    later(world)
    world.azure.person(MANAGER).tag(1, "Hold")

    past = the_past(world)

    before, after = past.as_of(resolved - HOUR / 2).defects[1], past.as_of(resolved).defects[1]
    assert (before.state, before.version_text, before.is_held) == (State.RESOLVED, "", False)
    assert (after.state, after.version_text, after.is_held) == (State.OPEN, "5.2.16.0", False)
    assert past.as_of(resolved + HOUR).defects[1].is_held
    assert past.defect_as_of(1, resolved) == after


def test_what_was_not_there_yet_or_not_any_more_is_not_shown(world: World) -> None:
    world.defects(1)
    deleted = later(world)
    world.azure.person(MANAGER).delete(1)

    past = the_past(world)

    assert [1 in past.as_of(at).defects for at in (START - HOUR, START, deleted)] == [False, True, False]
    assert past.defect_as_of(1, deleted) is None
    assert past.defect_as_of(2, deleted) is None


def test_a_history_is_that_of_the_updates(world: World) -> None:
    world.defects(1)
    rfc = an_rfc(world, 1)
    for state, text in (("Approved", "Custom.Seal"), ("Deployed", "Custom.Answers"), ("Closed", "Custom.Delivered")):
        later(world)
        world.azure.person(MANAGER).edit(rfc, {"System.State": state, text: f"<p>{state} 1</p>"})
    world.azure.person(TESTER).comment(rfc, "thanks")

    past = the_past(world)

    assert past.histories[rfc] == world.boards.history(rfc, Kind.RFC)
    assert past.histories[1] == world.boards.history(1, Kind.DEFECT)


def test_a_long_text_that_a_rule_reads_is_there(world: World) -> None:
    rfc = an_rfc(world)
    world.azure.person(MANAGER).edit(rfc, {"Custom.Delivered": "<p>1 and 2</p>"})

    assert the_past(world).as_of(START + HOUR).rfcs[rfc].delivered == frozenset({1, 2})


def test_what_is_linked_to_an_rfc_after_its_deployment_was_not_deployed_with_it(world: World) -> None:
    world.defects(1, 2, 3)
    rfc = an_rfc(world, 1)
    linked = later(world)
    world.azure.person(MANAGER).link(rfc, RELATED, 2)
    deployed = later(world)
    world.azure.person(MANAGER).set_state(rfc, "Deployed")
    end = later(world)
    world.azure.person(MANAGER).link(rfc, RELATED, 3)
    world.azure.person(MANAGER).unlink(rfc, RELATED, 1)

    past = the_past(world)

    shown = [sorted(past.as_of(at).rfcs[rfc].fixes) for at in (linked - HOUR / 2, linked, deployed, end)]
    assert shown == [[1], [1, 2], [1, 2], [1, 2]]
    assert past.as_of(deployed).rfcs[rfc].state is RfcState.DEPLOYED


def test_dependencies_and_duplicates_are_those_of_then(world: World) -> None:
    world.defects(1, 2)
    linked = later(world)
    world.azure.person(MANAGER).link(1, DUPLICATE, 2)
    gone = later(world)
    world.azure.person(MANAGER).unlink(1, DUPLICATE, 2)

    past = the_past(world)

    shown = [past.as_of(at).defects[1].duplicate_of for at in (linked - HOUR / 2, linked, gone)]
    assert shown == [frozenset(), {2}, frozenset()]


def test_a_link_of_which_only_the_end_is_told_stood_until_then() -> None:
    gone = DatedLink(START, LinkRow(1, 2, RELATED, is_active=False))
    links = PastLinks([gone])

    assert [links.of(id, START - HOUR) for id in (1, 2)] == [(Relation(RELATED, 2),), (Relation(RELATED, 1),)]
    assert links.of(1, START) == ()


def test_of_a_defect_no_more_is_kept_than_is_looked_at(world: World) -> None:
    world.defects(1)
    for number in range(5):
        later(world)
        world.azure.person(TESTER).comment(1, f"note {number}")

    past = the_past(world, START + 2.5 * HOUR)

    assert [step.rev for step in past.histories[1]] == [3, 4, 5, 6]
    assert past.as_of(START + 2.5 * HOUR).defects[1].rev == 3


def test_a_long_past_is_read_page_by_page_and_nothing_twice() -> None:
    world = World(an_azure(Limits(feed_page=3)))
    world.azure.organisation.empty_page_before_last = True
    world.defects(*range(1, 9))
    for id in range(1, 9):
        world.azure.person(MANAGER).set_state(id, "Active")
    world.asked()

    past = the_past(world)

    assert [(id, [step.rev for step in steps]) for id, steps in sorted(past.histories.items())] == [
        (id, [1, 2]) for id in range(1, 9)
    ]
    assert world.asked() == {"revisions feed": 7, "links feed": 1}


UNDATED = {"id": 1, "rev": 1, "fields": {"System.WorkItemType": "Bug"}}


@pytest.mark.parametrize(
    ("rows", "is_last"),
    [
        pytest.param([], False, id="a feed that does not move on"),
        pytest.param([UNDATED], True, id="a revision without a date"),
    ],
)
def test_a_past_that_cannot_be_read_whole_is_not_read(world: World, rows: list[object], is_last: bool) -> None:
    answer = json.dumps({"values": rows, "continuationToken": "1;1;1", "isLastBatch": is_last}).encode()
    world.azure.faults.add(lambda call: call.operation == "revisions feed", body_replaced(answer), times=9)

    with pytest.raises(Unreadable):
        the_past(world)
