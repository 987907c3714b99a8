"""The history of one work item, as steps."""

import json
from datetime import timedelta

import pytest

from adapters.azure_devops.answers import Unreadable
from adapters.sandbox.faults import body_replaced
from adapters.sandbox.organisation import Limits
from bot.candidate_list import ListState
from bot.defect import Kind, State
from bot.history import Step
from tests.adapters.azure_devops.world import BOT, MANAGER, START, TESTER, World, an_azure

HOUR = timedelta(hours=1)


def test_each_revision_is_a_step_and_a_change_of_links_is_none(world: World) -> None:
    world.defects(2)
    tess, dev = world.azure.person(TESTER), world.azure.person(MANAGER)
    id = tess.create("Bug", {"System.Title": "Broken"})
    world.azure.clock.advance(HOUR)
    dev.set_state(id, "Resolved")
    dev.link(id, "System.LinkTypes.Related", 2)
    world.azure.clock.advance(HOUR)
    tess.comment(id, "seen")

    assert world.boards.history(id, Kind.DEFECT) == (
        Step(1, START, TESTER, State.OPEN),
        Step(2, START + HOUR, MANAGER, State.RESOLVED),
        Step(3, START + 2 * HOUR, TESTER),
    )
    assert world.asked() == {"updates": 1}


def test_the_seal_in_force_goes_with_each_step(world: World) -> None:
    bot, dev = world.azure.person(BOT), world.azure.person(MANAGER)
    id = bot.create("Candidate List", {"System.Title": "List"})
    bot.edit(id, {"Custom.Seal": "abc"})
    dev.set_state(id, "Agreed")
    bot.edit(id, {"Custom.Seal": None})

    steps = world.boards.history(id, Kind.LIST)

    assert [(step.by, step.state, step.seal) for step in steps] == [
        (BOT, ListState.PROPOSED, ""),
        (BOT, None, "abc"),
        (MANAGER, ListState.AGREED, "abc"),
        (BOT, None, ""),
    ]


def test_the_answers_in_force_go_with_each_step_as_plain_lines(world: World) -> None:
    bot, dev = world.azure.person(BOT), world.azure.person(MANAGER)
    id = bot.create("Request for Change", {"System.Title": "RFC"})
    dev.edit(id, {"Custom.Answers": "<div>3: met, &lt; 5 ms<br></div><div>Test:&nbsp;<b>ready</b></div>"})
    bot.edit(id, {"Custom.Seal": "abc"})
    dev.edit(id, {"Custom.Answers": None})

    steps = world.boards.history(id, Kind.RFC)

    said = "3: met, < 5 ms\nTest: ready"
    assert [(step.by, step.answers) for step in steps] == [(BOT, ""), (MANAGER, said), (BOT, said), (MANAGER, "")]


def test_a_long_history_is_read_to_its_end() -> None:
    world = World(an_azure(Limits(page=3)))
    world.defects(1)
    for number in range(7):
        world.azure.person(TESTER).comment(1, f"note {number}")

    assert [step.rev for step in world.boards.history(1, Kind.DEFECT)] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert world.asked() == {"updates": 3}


def test_a_state_that_nobody_configured_is_another(world: World) -> None:
    world.azure.put(1, "Change Request", {"System.Title": "C", "System.State": "New"}, by=TESTER, at=START)
    update = {
        "id": 2, "rev": 2, "revisedBy": {"uniqueName": "Tess.Hall@st.example"},
        "revisedDate": "9999-01-01T00:00:00Z",
        "fields": {"System.State": {"newValue": "Parked"}, "System.ChangedDate": {"newValue": "2026-11-30T10:00:00Z"}},
    }  # fmt: skip
    world.azure.faults.add("updates", body_replaced(json.dumps({"count": 1, "value": [update]}).encode()))

    assert world.boards.history(1, Kind.CHANGE_REQUEST) == (Step(2, START + HOUR, TESTER, State.OTHER),)


def test_a_step_without_its_date_begins_where_the_one_before_ended(world: World) -> None:
    world.defects(1)
    updates = [
        {"id": 1, "rev": 1, "revisedBy": {"uniqueName": "a@x"}, "revisedDate": "2026-11-30T10:00:00Z",
         "fields": {"System.ChangedDate": {"newValue": "2026-11-30T09:00:00Z"}}},
        {"id": 2, "rev": 2, "revisedBy": {"uniqueName": "b@x"}, "revisedDate": "9999-01-01T00:00:00Z",
         "fields": {"System.Title": {"newValue": "t"}}},
    ]  # fmt: skip
    world.azure.faults.add("updates", body_replaced(json.dumps({"count": 2, "value": updates}).encode()))

    assert [step.at for step in world.boards.history(1, Kind.DEFECT)] == [START, START + HOUR]


def test_a_first_step_without_any_date_is_unreadable(world: World) -> None:
    world.defects(1)
    update = {"id": 1, "rev": 1, "revisedBy": {"uniqueName": "a@x"}, "revisedDate": "9999-01-01", "fields": {}}
    world.azure.faults.add("updates", body_replaced(json.dumps({"count": 1, "value": [update]}).encode()))

    with pytest.raises(Unreadable, match="GET updates of work item 1: the answer"):
        world.boards.history(1, Kind.DEFECT)


def test_a_history_whose_first_page_comes_again_is_unreadable(world: World) -> None:
    world.defects(1)
    update = {"id": 1, "rev": 1, "revisedBy": {"uniqueName": "a@x"}, "revisedDate": "2026-11-30T10:00:00Z"}
    same = body_replaced(json.dumps({"count": 1, "value": [update]}).encode())
    world.azure.faults.add("updates", same, times=2)

    with pytest.raises(Unreadable, match="the same page came again"):
        world.boards.history(1, Kind.DEFECT)


def test_a_change_of_links_that_shows_fields_too_is_no_step_of_its_own(world: World) -> None:
    world.defects(1)
    changed = {"System.ChangedDate": {"newValue": "2026-11-30T09:00:00Z"}}
    made = {"rev": 1, "revisedBy": {"uniqueName": "a@x"}, "fields": changed}
    updates = [
        {**made, "id": 1, "revisedDate": "2026-11-30T10:00:00Z"},
        {**made, "id": 2, "revisedDate": "9999-01-01T00:00:00Z"},
    ]
    world.azure.faults.add("updates", body_replaced(json.dumps({"count": 2, "value": updates}).encode()))

    assert world.boards.history(1, Kind.DEFECT) == (Step(1, START, "a@x"),)
