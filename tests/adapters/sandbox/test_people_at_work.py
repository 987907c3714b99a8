"""What people do by hand, the world before a story, and what a test looks at afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.problem import Problem
from tests.adapters.sandbox.client import Client, field
from tests.adapters.sandbox.conftest import BOT, DEV, START, TIM

LAST_WEEK = START - timedelta(days=7)


def test_a_person_changes_items_under_their_own_name(azure: Azure, dev: Actor) -> None:
    id = dev.create("Bug", {"System.Title": "Meter read lost", "Custom.PlannedFor": START})
    azure.person(TIM).tag(id, "Hold", "known-issue")
    azure.person(TIM).untag(id, "hold")
    dev.comment(id, "<p>ours</p>")

    item = azure.item(id)
    assert [revision.by.sign_in for revision in item.history] == [DEV, TIM, TIM, DEV]
    assert item.tags == ("known-issue",)
    assert item.comments[0].text == "<p>ours</p>"
    assert item.fields["Custom.PlannedFor"] == START


def test_people_keep_the_rules_too(azure: Azure, dev: Actor) -> None:
    id = dev.create("Bug", {"System.Title": "Meter read lost"})

    with pytest.raises(Problem, match="list of supported values"):
        dev.set_state(id, "Deployed")
    with pytest.raises(ValueError, match="nobody signs in as 'x@y'"):
        azure.person("x@y")

    assert azure.item(id).rev == 1


def test_each_revision_is_later_than_the_one_before(azure: Azure, dev: Actor) -> None:
    id = dev.create("Bug", {"System.Title": "Meter read lost"})
    dev.set_state(id, "Active")
    dev.set_state(id, "Resolved")

    times = [revision.at for revision in azure.item(id).history]
    assert times == sorted(set(times))
    assert times[-1] - START < timedelta(seconds=1)


def test_an_item_can_be_there_before_the_story(azure: Azure, dev: Actor) -> None:
    azure.put(4711, "Bug", {"System.Title": "Old", "System.State": "Ready for Retest"}, by=TIM, at=LAST_WEEK)

    item = azure.item(4711)
    assert (item.rev, item.state, item.latest.by.sign_in, item.latest.at) == (1, "Ready for Retest", TIM, LAST_WEEK)
    assert item.fields["Microsoft.VSTS.Common.ResolvedDate"] == LAST_WEEK
    assert dev.create("Bug", {"System.Title": "New"}) == 4712


def test_the_world_before_the_story_keeps_the_rules_of_fields(azure: Azure) -> None:
    with pytest.raises(ValueError, match="has no state 'Deployed'; it has: New, Active"):
        azure.put(1, "Bug", {"System.Title": "x", "System.State": "Deployed"}, by=TIM, at=LAST_WEEK)
    with pytest.raises(Problem, match="Error for field Title"):
        azure.put(1, "Bug", {}, by=TIM, at=LAST_WEEK)
    with pytest.raises(ValueError, match=r"has no field Custom\.Seal"):
        azure.put(1, "Bug", {"System.Title": "x", "Custom.Seal": "y"}, by=TIM, at=LAST_WEEK)
    azure.put(1, "Bug", {"System.Title": "x"}, by=TIM, at=LAST_WEEK)
    with pytest.raises(ValueError, match="there already"):
        azure.put(1, "Bug", {"System.Title": "x"}, by=TIM, at=LAST_WEEK)


def test_a_test_sees_all_that_was_written_since_it_looked(azure: Azure, client: Client, dev: Actor) -> None:
    one, two = (dev.create("Bug", {"System.Title": "x"}) for _ in range(2))
    mark = azure.mark()
    client.patch(one, field("System.State", "Resolved"))
    dev.link(one, "System.LinkTypes.Related", two)

    (written,) = azure.revisions_since(mark)
    (linked,) = azure.links_since(mark)
    assert (written.id, written.rev, written.by.sign_in) == (one, 2, BOT)
    assert (linked.source, linked.target, linked.by.sign_in, linked.is_active) == (one, two, DEV, True)


def test_the_journal_tells_what_was_asked_and_how_much_was_sent(azure: Azure, client: Client) -> None:
    answer = client.wiql("[System.Id] > 0", top_=5)

    (exchange,) = azure.journal
    assert (exchange.operation, exchange.method, exchange.status) == ("wiql", "POST", 200)
    assert (exchange.path, exchange.query) == ("/acme/MHHS/_apis/wit/wiql", "%24top=5")
    assert exchange.bytes_out == len(answer.content)
    assert exchange.sign_in == BOT
    assert exchange.at == START


def test_items_are_found_by_type(azure: Azure, dev: Actor) -> None:
    dev.create("Bug", {"System.Title": "x"})
    change = dev.create("Change Request", {"System.Title": "x"})

    assert [item.id for item in azure.items("Change Request")] == [change]
    assert len(azure.items()) == 2


def test_a_clock_without_a_zone_is_refused(azure: Azure) -> None:
    with pytest.raises(ValueError, match="with its zone"):
        azure.clock.set(datetime(2026, 12, 7, tzinfo=UTC).replace(tzinfo=None))


@pytest.mark.parametrize("is_destroyed", [True, False], ids=["destroyed", "moved away"])
def test_what_is_gone_nobody_sees_and_no_feed_tells_of(
    azure: Azure, client: Client, dev: Actor, *, is_destroyed: bool
) -> None:
    kept, gone = (dev.create("Bug", {"System.Title": title}) for title in ("kept", "gone"))
    dev.link(kept, "System.LinkTypes.Related", gone)
    before = client.feed(includeLatestOnly="true", includeDeleted="true")
    if is_destroyed:
        dev.destroy(gone)
    else:
        dev.move_away(gone)

    after = client.feed(continuationToken=before["continuationToken"], includeDeleted="true")
    asked = {"ids": [kept, gone], "errorPolicy": "omit", "$expand": "relations"}
    found = client.post("/MHHS/_apis/wit/workitemsbatch", asked).json()["value"]

    assert after["values"] == []
    assert client.found("[System.Id] > 0") == [kept]
    assert sorted(item["id"] if item else 0 for item in found) == [0, kept]
    (item,) = filter(None, found)
    assert len(item.get("relations", [])) == (0 if is_destroyed else 1)
    assert client.patch(gone, field("System.Title", "x")).status_code == 404
    with pytest.raises(Problem, match="TF401232"):
        dev.restore(gone)


def test_a_type_may_change_and_the_state_with_it(azure: Azure, client: Client, dev: Actor) -> None:
    id = dev.create("Bug", {"System.Title": "x", "Custom.FoundIn": "SIT-A", "Custom.FixVersion": "5.2.16.0"})
    before = client.feed()["continuationToken"]

    dev.change_type(id, "Change Request")

    item = azure.item(id)
    assert (item.type.name, item.state, item.rev) == ("Change Request", "New", 2)
    assert (item.fields["Custom.FixVersion"], "Custom.FoundIn" in item.fields) == ("5.2.16.0", False)
    assert [row["id"] for row in client.feed(continuationToken=before, types="Change Request")["values"]] == [id]
    assert client.feed(continuationToken=before, types="Bug")["values"] == []
