"""The history of one work item, as steps."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import unquote

import pytest

from adapters.azure_devops.answers import Unreadable
from adapters.sandbox.faults import body_replaced
from adapters.sandbox.organisation import Limits
from bot.candidate_list import ListState
from bot.change import Edit, Field
from bot.defect import Kind, State
from bot.history import Step
from bot.rfc import RfcState
from bot.written import Written
from tests.adapters.azure_devops.test_reading_everything import swollen
from tests.adapters.azure_devops.world import BOT, MANAGER, START, TESTER, World, an_azure

HOUR = timedelta(hours=1)


def test_a_history_that_is_too_much_for_one_answer_is_read_in_parts(world: World) -> None:
    id = world.azure.person(TESTER).create("Bug", {"System.Title": "Broken"})
    for number in range(8):
        world.azure.person(TESTER).edit(id, {"System.Title": f"Broken {number}"})
    large = {f"top={top}" for top in (200, 100, 50, 25, 12, 6)}
    world.azure.faults.add(lambda call: any(top in unquote(call.query_string) for top in large), swollen, times=10)

    assert [step.rev for step in world.boards.history(id, Kind.DEFECT)] == list(range(1, 10))
    assert world.asked() == {"updates": 9}


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


def test_who_wrote_what_counts_by_its_author_goes_with_each_step(world: World) -> None:
    """Other fields, and those that a revision left as they were, are not told."""
    bot, dev = world.azure.person(BOT), world.azure.person(MANAGER)
    id = bot.create("Request for Change", {"System.Title": "RFC", "Custom.Waiver": "later"})
    dev.edit(id, {"Custom.Outcome": " failed ", "Custom.Delivered": "<p>123<br>456</p>", "Custom.Downtime": "none"})
    dev.edit(id, {"Custom.Outcome": None, "Custom.DeployedAt": "2026-12-07T10:00:00Z", "System.State": "Deployed"})

    first, second, third = world.boards.history(id, Kind.RFC)

    assert first.wrote == {Field.WAIVER: "later"}
    assert second.wrote == {Field.OUTCOME: "failed", Field.DELIVERED: "123\n456"}
    assert third.wrote == {Field.OUTCOME: "", Field.DEPLOYED_AT: "2026-12-07T10:00:00+00:00"}


def test_a_step_tells_which_version_and_which_rfc_it_wrote(world: World) -> None:
    world.defect(1, {"System.State": "Active"})
    tess, bot = world.azure.person(TESTER), world.azure.person(BOT)
    tess.edit(1, {"System.State": "Resolved", "Custom.FixVersion": "5.2.16.0"})
    bot.edit(1, {"System.State": "Ready for Retest", "Custom.DeliveredBy": 804})
    tess.edit(1, {"System.State": "Active"})
    bot.edit(1, {"Custom.DeliveredBy": None})

    steps = world.boards.history(1, Kind.DEFECT)

    assert [(step.state, step.wrote) for step in steps[-4:]] == [
        (State.RESOLVED, {Field.VERSION: "5.2.16.0"}),
        (State.READY_FOR_RETEST, {Field.DELIVERED_BY: "804"}),
        (State.OPEN, {}),
        (None, {Field.DELIVERED_BY: ""}),
    ]


def test_a_step_of_a_list_tells_its_window_and_the_fixes_to_which_it_was_linked(world: World) -> None:
    world.defects(1, 2)
    bot = world.azure.person(BOT)
    window = START + timedelta(days=4)
    fields = {"System.Title": "List", "Custom.WindowStart": window}
    id = bot.create("Candidate List", fields, [("System.LinkTypes.Related", 1), ("System.LinkTypes.Related", 2)])
    world.azure.person(MANAGER).unlink(id, "System.LinkTypes.Related", 2)
    bot.edit(id, {"Custom.Edition": 1})

    steps = world.boards.history(id, Kind.LIST)

    assert [(step.wrote, step.linked) for step in steps] == [
        ({Field.WINDOW_START: window.isoformat()}, frozenset({1, 2})),
        ({}, frozenset({1})),
    ]


def test_what_its_author_links_right_after_a_revision_belongs_to_it_and_what_others_do_does_not(world: World) -> None:
    world.defects(1, 2, 3)
    bot, manager = world.azure.person(BOT), world.azure.person(MANAGER)
    id = bot.create("Request for Change", {"System.Title": "RFC"}, [("System.LinkTypes.Related", 1)])
    manager.link(id, "System.LinkTypes.Related", 2)
    bot.link(id, "System.LinkTypes.Related", 3)
    bot.edit(id, {"Custom.Edition": 1})

    assert [step.linked for step in world.boards.history(id, Kind.RFC)] == [{1, 3}, {1, 2, 3}]


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


def test_each_revision_tells_what_it_changed_in_meanings_and_under_which_mark(world: World) -> None:
    world.defects(1)
    bot, tess = world.azure.person(BOT), world.azure.person(TESTER)
    bot.edit(
        1,
        {
            "System.State": "Ready for Retest",
            "System.AssignedTo": TESTER,
            "Custom.DeliveredBy": 900,
            "System.History": "<p>She said: Shunter, run r0, rule agree.</p><p>Shunter, run r1, rule retest.</p>",
        },
    )
    tess.edit(1, {"Custom.PlannedFor": datetime(2026, 12, 14, tzinfo=UTC), "System.Tags": "Hold", "System.Title": "x"})

    first, second, third = world.boards.revisions(1, Kind.DEFECT)

    assert (first.rev, first.mark) == (1, None)
    assert (second.rev, second.by, second.mark) == (2, BOT, Written("r1", "retest", ""))
    assert set(second.edits) >= {
        Edit(Field.ASSIGNED_TO, None, TESTER),
        Edit(Field.DELIVERED_BY, None, 900),
        Edit(Field.REMARK, None, "(text)"),
    }
    assert (third.by, third.mark) == (TESTER, None)
    assert set(third.edits) >= {
        Edit(Field.PLANNED_FOR, None, date(2026, 12, 14)),
        Edit(Field.TAGS, None, "Hold"),
    }
    assert Field.REMARK not in third.fields


def test_the_mark_of_a_list_or_rfc_stands_until_the_next_one(world: World) -> None:
    bot, dev = world.azure.person(BOT), world.azure.person(MANAGER)
    mark = Written("r1", "raise", "sealed")
    id = bot.create("Request for Change", {"System.Title": "RFC", "Custom.Written": str(mark)})
    dev.edit(id, {"System.State": "Approved", "Custom.Edition": 2})
    bot.edit(id, {"Custom.Written": str(replace(mark, run="r2")), "Custom.DeployedAt": START})
    bot.edit(id, {"Custom.Written": "anything else"})

    revisions = world.boards.revisions(id, Kind.RFC)

    assert [(r.by, r.mark.run if r.mark else "") for r in revisions] == [
        (BOT, "r1"), (MANAGER, "r1"), (BOT, "r2"), (BOT, ""),
    ]  # fmt: skip
    assert set(revisions[1].edits) == {
        Edit(Field.STATE, RfcState.RAISED, RfcState.APPROVED),
        Edit(Field.EDITION, None, 2),
    }
    assert revisions[2].edits == (Edit(Field.DEPLOYED_AT, None, START),)


def test_every_revision_of_one_author_since_an_instant_is_found_over_all_pages() -> None:
    world = World(an_azure(Limits(feed_page=2)))
    world.defects(1, 2, 3)
    world.azure.clock.advance(HOUR)
    for id in (1, 2, 3):
        world.azure.person(BOT).edit(id, {"System.Tags": "Hold"})
        world.azure.person(TESTER).edit(id, {"System.Tags": "cycle 3"})
    world.boards.signed_in_as()

    assert [(row.id, row.rev) for row in world.boards.revisions_by(BOT, START + HOUR)] == [(1, 2), (2, 2), (3, 2)]
    assert list(world.boards.revisions_by(BOT, START + 2 * HOUR)) == []
