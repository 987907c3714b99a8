"""Service hooks: who is told what, and the ways in which telling goes wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.hooks.subscription import PROBATION, Status
from adapters.sandbox.problem import Problem
from tests.adapters.sandbox.conftest import DEV
from tests.adapters.sandbox.endpoint import Endpoint, listening

UPDATED = "workitem.updated"
STAGE = "ms.vss-pipelines.stage-state-changed-event"
RUN: dict[str, Any] = {"pipeline": "dcc-release", "build": "5.2.16.0"}


@pytest.fixture
def id(dev: Actor) -> int:
    return dev.create("Bug", {"System.Title": "Meter read lost"})


def test_an_update_is_told_with_its_old_and_new_values(azure: Azure, id: int, dev: Actor, endpoint: Endpoint) -> None:
    azure.hooks.subscribe(UPDATED, endpoint.url, version="5.1-preview.3")
    dev.set_state(id, "Resolved")

    azure.hooks.deliver()

    (post,) = endpoint.posts
    resource = post["resource"]
    assert (resource["id"], resource["workItemId"], resource["rev"]) == (2, id, 2)
    assert resource["fields"]["System.State"] == {"oldValue": "New", "newValue": "Resolved"}
    assert resource["fields"]["Microsoft.VSTS.Common.ResolvedBy"]["newValue"]["uniqueName"] == DEV
    assert resource["revision"]["fields"]["System.State"] == "Resolved"
    assert (post["notificationId"], post["publisherId"]) == (1, "tfs")
    assert set(post["resourceContainers"]) == {"collection", "account", "project"}
    assert set(resource) == {
        "id", "workItemId", "rev", "revisedBy", "revisedDate", "fields", "_links", "url", "revision",
    }  # fmt: skip


def test_a_title_is_text_in_the_message_whatever_it_holds(azure: Azure, dev: Actor, endpoint: Endpoint) -> None:
    azure.hooks.subscribe("workitem.created", endpoint.url)
    dev.create("Bug", {"System.Title": "<b>x</b>"})

    azure.hooks.deliver()

    message = endpoint.posts[0]["message"]
    assert ("<b>x</b>" in message["text"], "&lt;b&gt;x&lt;/b&gt;" in message["html"]) == (True, True)


def test_in_the_oldest_version_people_are_text(azure: Azure, id: int, dev: Actor, endpoint: Endpoint) -> None:
    azure.hooks.subscribe(UPDATED, endpoint.url)
    dev.set_state(id, "Resolved")

    azure.hooks.deliver()

    assert endpoint.posts[0]["resource"]["revision"]["fields"]["System.ChangedBy"] == f"Dev Patel <{DEV}>"
    assert endpoint.posts[0]["resource"]["revisedBy"]["uniqueName"] == DEV


def test_a_post_is_signed_in_and_carries_the_headers_of_its_subscription(
    azure: Azure, id: int, dev: Actor, endpoint: Endpoint
) -> None:
    azure.hooks.subscribe(UPDATED, endpoint.url, user="ado", password="secret", headers="X-Programme: MHHS")
    dev.tag(id, "Hold")

    azure.hooks.deliver()

    assert endpoint.signed_in_as == ["ado:secret"]
    assert endpoint.headers[0]["x-programme"] == "MHHS"
    assert endpoint.headers[0]["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        pytest.param({}, 2, id="all"),
        pytest.param({"workItemType": "Bug"}, 1, id="of a type"),
        pytest.param({"changedFields": "System.State"}, 1, id="of a field"),
        pytest.param({"areaPath": "MHHS"}, 2, id="below an area"),
        pytest.param({"areaPath": "MHHS\\Other"}, 0, id="below another area"),
        pytest.param({"tag": "Hold"}, 1, id="with a tag"),
    ],
)
def test_a_subscription_is_narrowed_down(
    azure: Azure, id: int, dev: Actor, endpoint: Endpoint, filters: dict[str, str], told: int
) -> None:
    change = dev.create("Change Request", {"System.Title": "x"})
    azure.hooks.subscribe(UPDATED, endpoint.url, **filters)

    dev.tag(id, "Hold")
    dev.set_state(change, "Approved")

    assert len(azure.hooks.deliver()) == told


def test_each_kind_of_change_has_its_event_and_a_comment_two(
    azure: Azure, id: int, dev: Actor, endpoint: Endpoint
) -> None:
    for kind in ("created", "updated", "commented", "deleted", "restored"):
        azure.hooks.subscribe(f"workitem.{kind}", endpoint.url)

    dev.comment(dev.create("Bug", {"System.Title": "x"}), "confirm 5.2.16.0")
    dev.link(id, "System.LinkTypes.Related", 2)
    dev.unlink(id, "System.LinkTypes.Related", 2)
    dev.delete(id)
    dev.restore(id)
    azure.hooks.deliver()

    assert endpoint.told[:3] == ["workitem.created", UPDATED, "workitem.commented"]
    assert endpoint.told[3:7] == [UPDATED] * 4
    assert endpoint.told[7:] == ["workitem.deleted", "workitem.restored"]
    assert "fields" not in endpoint.posts[3]["resource"]


def test_nobody_is_told_of_what_was_before_they_subscribed(azure: Azure, id: int, endpoint: Endpoint) -> None:
    azure.hooks.subscribe("workitem.created", endpoint.url)

    assert azure.hooks.deliver() == ()


def test_a_stage_that_ended_is_told_with_its_run(azure: Azure, endpoint: Endpoint) -> None:
    azure.hooks.subscribe(STAGE, endpoint.url, stageNameId="SIT-A", stageStateId="Completed")
    run = azure.pipelines.deploys(environment="SIT-A", **RUN)
    azure.pipelines.deploys(environment="SIT-B", **RUN)

    azure.hooks.deliver()

    (post,) = endpoint.posts
    assert (post["resource"]["stage"]["name"], post["resource"]["stage"]["result"]) == ("SIT-A", "succeeded")
    assert (post["resource"]["run"]["id"], post["resource"]["run"]["name"]) == (run, "5.2.16.0")
    assert post["resource"]["pipeline"]["name"] == "dcc-release"


def test_runs_builds_and_releases_are_told(azure: Azure, endpoint: Endpoint) -> None:
    azure.hooks.subscribe("ms.vss-pipelines.run-state-changed-event", endpoint.url, runResultId="Failed")
    azure.hooks.subscribe("build.complete", endpoint.url)
    azure.hooks.subscribe("ms.vss-release.deployment-completed-event", endpoint.url, releaseEnvironmentStatus="4")
    azure.pipelines.builds("5.2.16.0", pipeline="dcc", result="failed")
    azure.releases.deploys(environment="SIT-A", definition="dcc", release="Release-1")
    azure.releases.deploys(environment="SIT-A", definition="dcc", release="Release-2", status="failed")

    azure.hooks.deliver()

    by_type: dict[str, Any] = {post["eventType"]: post["resource"] for post in endpoint.posts}
    assert len(endpoint.posts) == 3
    assert by_type["ms.vss-pipelines.run-state-changed-event"]["run"]["result"] == "failed"
    assert by_type["build.complete"]["buildNumber"] == "5.2.16.0"
    assert by_type["ms.vss-release.deployment-completed-event"]["environment"]["release"]["name"] == "Release-1"


def test_events_come_twice_in_the_wrong_order_and_late(
    azure: Azure, id: int, dev: Actor, endpoint: Endpoint, clock: SettableClock
) -> None:
    azure.hooks.subscribe(UPDATED, endpoint.url)
    azure.hooks.delay(timedelta(minutes=5))
    dev.set_state(id, "Active")
    dev.set_state(id, "Resolved")

    assert azure.hooks.deliver() == ()
    clock.advance(timedelta(minutes=6))
    azure.hooks.deliver(twice=True, newest_first=True)

    assert [post["resource"]["rev"] for post in endpoint.posts] == [3, 3, 2, 2]
    assert endpoint.posts[0]["id"] == endpoint.posts[1]["id"]
    assert azure.hooks.deliver() == ()


def test_events_may_never_come(azure: Azure, id: int, dev: Actor, endpoint: Endpoint) -> None:
    azure.hooks.subscribe(UPDATED, endpoint.url)
    dev.set_state(id, "Resolved")

    assert azure.hooks.lose() == 1
    assert azure.hooks.deliver() == ()


@pytest.mark.parametrize("status", [408, 502, 503, 504])
def test_a_passing_trouble_is_tried_again_after_one_two_four_seconds(
    azure: Azure, id: int, dev: Actor, endpoint: Endpoint, clock: SettableClock, status: int
) -> None:
    one = azure.hooks.subscribe(UPDATED, endpoint.url)
    dev.set_state(id, "Resolved")
    endpoint.answers = [status, status]
    tried = []
    for _ in range(6):
        tried.append(len(azure.hooks.deliver()))
        clock.advance(timedelta(seconds=1))

    assert tried == [1, 1, 0, 1, 0, 0]
    assert len({post["id"] for post in endpoint.posts}) == 1
    assert azure.hooks.subscription(one.id).status is Status.ENABLED


@pytest.mark.parametrize("status", [400, 401, 404, 500])
def test_any_other_answer_puts_the_subscription_on_probation_and_events_are_lost(
    azure: Azure, id: int, dev: Actor, endpoint: Endpoint, clock: SettableClock, status: int
) -> None:
    one = azure.hooks.subscribe(UPDATED, endpoint.url)
    endpoint.answers = [status]
    dev.set_state(id, "Active")
    azure.hooks.deliver()
    assert azure.hooks.subscription(one.id).status is Status.ON_PROBATION

    dev.set_state(id, "Resolved")
    assert azure.hooks.deliver() == ()
    clock.advance(timedelta(minutes=20))
    dev.set_state(id, "Closed")
    azure.hooks.deliver()

    assert [post["resource"]["rev"] for post in endpoint.posts] == [2, 4]
    assert azure.hooks.subscription(one.id).status is Status.ENABLED


def test_a_subscription_that_never_recovers_is_switched_off(
    azure: Azure, id: int, dev: Actor, endpoint: Endpoint, clock: SettableClock
) -> None:
    one = azure.hooks.subscribe(UPDATED, endpoint.url)
    endpoint.answers = [500] * 20
    for wait in (*PROBATION, timedelta(0)):
        dev.tag(id, f"Tag {len(endpoint.posts)}")
        azure.hooks.deliver()
        clock.advance(wait)

    assert azure.hooks.subscription(one.id).status is Status.DISABLED_BY_SYSTEM
    assert len(endpoint.posts) == 1 + len(PROBATION)


def test_gone_switches_a_subscription_off_at_once(azure: Azure, id: int, dev: Actor, endpoint: Endpoint) -> None:
    one = azure.hooks.subscribe(UPDATED, endpoint.url)
    endpoint.answers = [410]
    dev.set_state(id, "Resolved")
    azure.hooks.deliver()
    dev.set_state(id, "Closed")

    assert azure.hooks.deliver() == ()
    assert azure.hooks.subscription(one.id).status is Status.DISABLED_BY_SYSTEM


def test_nobody_at_home_is_tried_again(azure: Azure, id: int, dev: Actor, clock: SettableClock) -> None:
    with listening() as endpoint:
        azure.hooks.subscribe(UPDATED, endpoint.url)
    dev.set_state(id, "Resolved")

    assert [delivery.status for delivery in azure.hooks.deliver()] == [0]
    clock.advance(timedelta(seconds=1))
    assert len(azure.hooks.deliver()) == 1


def test_the_button_test_tells_of_work_item_0_of_another_project(azure: Azure, endpoint: Endpoint) -> None:
    one = azure.hooks.subscribe(UPDATED, endpoint.url)

    assert azure.hooks.press_test(one.id).status == 200

    (post,) = endpoint.posts
    assert (post["eventType"], post["resource"]["workItemId"]) == (UPDATED, 0)
    assert post["resourceContainers"]["project"]["id"] != azure.organisation.project_id
    assert azure.hooks.deliver() == ()


@pytest.mark.parametrize("url", ["https://example.com/x", "http://10.0.0.1/x", "ftp://127.0.0.1/x", ""])
def test_nothing_is_posted_beyond_this_machine(azure: Azure, url: str) -> None:
    with pytest.raises(Problem, match="posts to this machine only"):
        azure.hooks.subscribe(UPDATED, url)


def test_a_filter_that_the_event_has_not_is_refused(azure: Azure, endpoint: Endpoint) -> None:
    with pytest.raises(Problem, match="the filter"):
        azure.hooks.subscribe(UPDATED, endpoint.url, stageNameId="SIT-A")
    with pytest.raises(Problem, match="the event type"):
        azure.hooks.subscribe("git.push", endpoint.url)
