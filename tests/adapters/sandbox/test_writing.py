"""Creating and changing work items by JSON Patch."""

from __future__ import annotations

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from tests.adapters.sandbox.client import BASE, PROJECT, Client, expect, field, message
from tests.adapters.sandbox.conftest import BOT, DEV

TITLE = field("System.Title", "Meter read lost")


@pytest.fixture
def id(dev: Actor) -> int:
    return dev.create("Bug", {"System.Title": "Meter read lost", "Custom.FoundIn": "SIT-A"})


def test_a_new_item_has_its_defaults_and_its_author(azure: Azure, client: Client) -> None:
    answer = client.create("Bug", TITLE)

    item = azure.item(answer.json()["id"])
    assert answer.status_code == 200
    assert (item.rev, item.state) == (1, "New")
    assert item.fields["Microsoft.VSTS.Common.Severity"] == "3 - Medium"
    assert item.latest.by.sign_in == BOT


def test_a_type_may_have_a_blank_in_its_name(client: Client) -> None:
    body = client.create("Candidate%20List", TITLE).json()

    assert body["fields"]["System.State"] == "Proposed"


def test_a_change_makes_one_revision(azure: Azure, client: Client, id: int) -> None:
    answer = client.patch(id, expect(1), field("System.State", "Active"), field("Custom.FixVersion", "5.2.16.0"))

    assert (answer.status_code, answer.json()["rev"]) == (200, 2)
    assert azure.item(id).fields["Custom.FixVersion"] == "5.2.16.0"
    assert [revision.by.sign_in for revision in azure.item(id).history] == [DEV, BOT]


def test_an_item_that_moved_on_is_not_changed(azure: Azure, client: Client, id: int, dev: Actor) -> None:
    dev.edit(id, {"Custom.FixVersion": "5.2.15.0"})

    answer = client.patch(id, field("Custom.FixVersion", "5.2.16.0"), expect(1))

    assert answer.status_code == 412
    assert answer.json()["typeKey"] == "TestPatchOperationFailedException"
    assert message(answer) == "VS403351: Test Operation for path /rev failed."
    assert azure.item(id).fields["Custom.FixVersion"] == "5.2.15.0"


def test_a_change_that_changes_nothing_makes_no_revision(azure: Azure, client: Client, id: int) -> None:
    answer = client.patch(id, field("Custom.FoundIn", "SIT-A"))

    assert (answer.status_code, answer.json()["rev"]) == (200, 1)
    assert len(azure.item(id).updates) == 1


def test_one_bad_operation_undoes_the_others(azure: Azure, client: Client, id: int) -> None:
    answer = client.patch(id, field("System.Title", "Other"), field("Custom.Nothing", "x"))

    assert (answer.status_code, message(answer)) == (400, "TF51535: Cannot find field Custom.Nothing.")
    assert azure.item(id).fields["System.Title"] == "Meter read lost"


@pytest.mark.parametrize("clear", [field("Custom.FoundIn", ""), {"op": "remove", "path": "/fields/Custom.FoundIn"}])
def test_a_cleared_field_is_absent(azure: Azure, client: Client, id: int, clear: dict[str, object]) -> None:
    assert client.patch(id, clear).status_code == 200
    assert "Custom.FoundIn" not in azure.item(id).fields


def test_what_is_only_validated_is_not_saved(azure: Azure, client: Client, id: int) -> None:
    mark = azure.mark()

    assert client.patch(id, field("System.State", "Active"), validateOnly="true").status_code == 200
    assert "id" not in client.create("Bug", TITLE, validateOnly="true").json()
    assert client.create("Bug", validateOnly="true").status_code == 400
    assert azure.revisions_since(mark) == ()


def test_nobody_may_pass_over_rules(client: Client, id: int) -> None:
    answer = client.patch(id, field("System.State", "Active"), bypassRules="true")

    assert (answer.status_code, message(answer)[:8]) == (400, "TF401322")


def test_keeping_notices_back_is_not_known(client: Client, id: int) -> None:
    answer = client.patch(id, field("System.State", "Active"), suppressNotifications="true")

    assert (answer.status_code, "does not know" in answer.text) == (400, True)


def test_html_comes_back_in_other_bytes(azure: Azure, client: Client, id: int) -> None:
    sent = "<p onclick='x()'>See <a href='https://x.example'>it</a><!-- key:7 --><script>evil()</script></p>"

    client.patch(id, field("Custom.Workaround", sent))

    kept = azure.item(id).fields["Custom.Workaround"]
    assert kept == '<p>See <a href="https://x.example" rel="noopener noreferrer">it</a></p>'


def test_a_comment_comes_with_the_change_and_is_not_kept_as_a_field(client: Client, azure: Azure, id: int) -> None:
    client.patch(id, field("System.State", "Active"), field("System.History", "by <b>plan</b>"))
    client.patch(id, field("Custom.FoundIn", "SIT-B"))

    item = azure.item(id)
    assert [revision.comment for revision in item.history] == ["", "by <b>plan</b>", ""]
    assert item.fields["System.CommentCount"] == 1
    assert "System.History" not in client.get(f"{PROJECT}/workitems/{id}").json()["fields"]


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", ""])
def test_a_patch_must_say_that_it_is_one(client: Client, id: int, content_type: str) -> None:
    answer = client.session.patch(
        f"{BASE}/_apis/wit/workitems/{id}", data="[]", headers={"Content-Type": content_type}, timeout=5
    )

    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        ({"op": "move", "path": "/fields/System.Title"}, "the patch operation 'move'"),
        ({"op": "test", "path": "/fields/System.Title", "value": "x"}, "a test on /fields/System.Title"),
        ({"op": "test", "path": "/rev", "value": "1"}, "is a number"),
        ({"op": "add", "path": "/fields", "value": "x"}, "does not know"),
        ({"op": "add", "path": "/relations/-", "value": {"url": "x"}}, "WorkItemRelation"),
        ({"op": "add"}, "needs op and path"),
    ],
)
def test_an_operation_that_is_not_known_is_refused(
    client: Client, id: int, operation: dict[str, object], words: str
) -> None:
    answer = client.patch(id, operation)

    assert answer.status_code == 400
    assert words in message(answer)


def test_an_item_with_too_many_revisions_is_beyond_change(azure: Azure, client: Client, id: int) -> None:
    azure.organisation.limits.revisions = 2
    client.patch(id, field("Custom.FoundIn", "SIT-B"))

    answer = client.patch(id, field("Custom.FoundIn", "SIT-A"))

    assert answer.status_code == 500
    assert "only work items with up to 2 revisions are supported" in message(answer)


def test_a_deleted_item_is_gone_until_it_is_restored(azure: Azure, client: Client, id: int) -> None:
    address = f"{BASE}{PROJECT}/workitems/{id}"
    assert client.session.delete(address, timeout=5).status_code == 200

    assert client.patch(id, field("Custom.FoundIn", "SIT-B")).status_code == 404
    assert azure.items() == ()
    restored = client.session.patch(f"{BASE}{PROJECT}/recyclebin/{id}", json={"isDeleted": False}, timeout=5)
    assert restored.status_code == 200
    assert [(item.id, item.rev) for item in azure.items()] == [(id, 3)]


STEPS = "Microsoft.VSTS.TCM.ReproSteps"


def turned(name: str, to: str) -> dict[str, object]:
    return {"op": "add", "path": f"/multilineFieldsFormat/{name}", "value": to}


def test_a_field_that_holds_markdown_keeps_every_sign_and_is_never_html_again(
    azure: Azure, client: Client, id: int
) -> None:
    markdown = "1. *open* <b\n2. close"
    answer = client.patch(id, field(STEPS, markdown), turned(STEPS, "Markdown")).json()

    assert answer["fields"][STEPS] == markdown
    assert (answer["rev"], answer["multilineFieldsFormat"][STEPS]) == (2, "markdown")
    assert client.patch(id, field(STEPS, "<p onclick=x>c</p>")).json()["fields"][STEPS] == "<p onclick=x>c</p>"
    assert client.patch(id, turned(STEPS, "html")).status_code == 400
    assert client.patch(id, turned("System.Title", "Markdown")).status_code == 400
    assert client.patch(id, turned(STEPS, "rtf")).status_code == 400
    assert azure.item(id).rev == 3


def test_to_turn_a_field_to_markdown_is_a_revision_too(client: Client, id: int) -> None:
    assert client.patch(id, turned(STEPS, "html")).json()["rev"] == 1
    assert client.patch(id, turned(STEPS, "Markdown")).json()["rev"] == 2
