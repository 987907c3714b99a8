"""Which values a field takes, and how the service refuses others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.mhhs_process import MHHS_PROCESS
from adapters.sandbox.person import Person
from adapters.sandbox.problem import Problem
from tests.adapters.sandbox.client import Client, field, message
from tests.adapters.sandbox.conftest import BOT, DEV, PEOPLE, TIM

TIM_HIMSELF = Person("Tim O'Dowd", TIM)
NINE = datetime(2026, 12, 14, 9, tzinfo=UTC)


@pytest.fixture
def id(dev: Actor) -> int:
    return dev.create("Bug", {"System.Title": "Meter read lost"})


@pytest.mark.parametrize(
    ("name", "written", "kept"),
    [
        ("Custom.RetestBy", TIM, TIM_HIMSELF),
        ("Custom.RetestBy", "tim o'dowd", TIM_HIMSELF),
        ("Custom.RetestBy", f"Tim O'Dowd <{TIM}>", TIM_HIMSELF),
        ("Custom.RetestBy", {"uniqueName": TIM}, TIM_HIMSELF),
        ("Custom.RetestBy", {"descriptor": TIM_HIMSELF.descriptor}, TIM_HIMSELF),
        pytest.param("Custom.DeliveredBy", "41", 41, id="a number in quotes"),
        ("Custom.DeliveredBy", 41, 41),
        ("Custom.PlannedFor", "2026-12-14T09:00:00Z", NINE),
        ("Custom.PlannedFor", "2026-12-14T10:00:00.0000000+01:00", NINE),
        ("Custom.FoundIn", "  SIT-A ", "SIT-A"),
        ("Microsoft.VSTS.Common.Priority", 1, 1),
    ],
)
def test_a_value_is_kept_in_its_kind(
    azure: Azure, client: Client, id: int, name: str, written: object, kept: object
) -> None:
    assert client.patch(id, field(name, written)).status_code == 200
    assert azure.item(id).fields[name] == kept


@pytest.mark.parametrize(
    ("name", "written", "type_key", "words"),
    [
        ("System.Title", "", "RuleValidationException", "Error code: Required, InvalidEmpty."),
        ("System.Title", "x" * 256, "RuleValidationException", "InvalidTooLong"),
        ("Custom.Seal", "x", "WorkItemTrackingFieldDefinitionNotFoundException", "TF51535"),
        ("Custom.FoundIn", "x" * 256, "RuleValidationException", "InvalidTooLong"),
        ("Custom.FoundIn", 7, "RuleValidationException", "is not text"),
        ("Custom.DeliveredBy", "many", "RuleValidationException", "is not a number"),
        ("Custom.DeliveredBy", True, "RuleValidationException", "is not a number"),
        ("Custom.DeliveredBy", 1.5, "RuleValidationException", "is not a whole number"),
        ("Custom.PlannedFor", "2026-12-14T09:00:00", "RuleValidationException", "with its zone"),
        ("Custom.PlannedFor", "2026-13-14", "RuleValidationException", "ISO 8601"),
        ("Microsoft.VSTS.Common.Severity", "5 - None", "RuleValidationException", "InvalidNotInList"),
        ("Microsoft.VSTS.Common.Priority", 9, "RuleValidationException", "InvalidNotInList"),
        ("Custom.RetestBy", "Nobody", "WorkItemFieldInvalidException", "is an unknown identity"),
        ("System.CreatedDate", "2026-12-14", "RuleValidationException", "TF401326"),
        ("System.ChangedBy", DEV, "RuleValidationException", "TF401326"),
        ("System.AreaPath", "MHHS\\Nowhere", "WorkItemInvalidTreeNameException", "TF401347"),
        ("System.WorkItemType", "Change Request", "SandboxDoesNotKnowException", "does not know how to change"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    azure: Azure, client: Client, id: int, name: str, written: object, type_key: str, words: str
) -> None:
    answer = client.patch(id, field(name, written))

    assert (answer.status_code, answer.json()["typeKey"]) == (400, type_key)
    assert words in message(answer)
    assert azure.item(id).rev == 1


def test_all_broken_rules_come_in_one_answer(client: Client, id: int) -> None:
    answer = client.patch(id, field("System.Title", ""), field("Custom.FoundIn", "x" * 256)).json()

    broken = answer["customProperties"]["RuleValidationErrors"]
    assert [rule["fieldReferenceName"] for rule in broken] == ["System.Title", "Custom.FoundIn"]
    assert broken[0]["fieldStatusFlags"] == "required, invalidEmpty"
    assert answer["message"] == broken[0]["errorMessage"]


def test_an_unknown_person_has_an_error_code_of_its_own(client: Client, id: int) -> None:
    assert client.patch(id, field("System.AssignedTo", "Nobody")).json()["errorCode"] == 600171


def test_a_name_that_two_people_bear_is_nobody(clock: SettableClock) -> None:
    people = (*PEOPLE, Person("Dev Patel", "dev.patel@qt.example"))
    azure = Azure(organisation="acme", project="MHHS", process=MHHS_PROCESS, people=people, clock=clock)
    id = azure.person(TIM).create("Bug", {"System.Title": "Meter read lost"})

    with pytest.raises(Problem, match="unknown identity"):
        azure.person(TIM).edit(id, {"System.AssignedTo": "Dev Patel"})
    azure.person(TIM).edit(id, {"System.AssignedTo": "dev.patel@qt.example"})

    assert azure.item(id).fields["System.AssignedTo"] == people[-1]


def test_a_type_that_does_not_exist_cannot_be_created(client: Client) -> None:
    answer = client.create("Epic", field("System.Title", "x"))

    assert (answer.status_code, message(answer)[:8]) == (404, "VS402323")


@pytest.mark.parametrize(
    ("op", "written", "kept"),
    [
        ("add", "Emergency", "Emergency; Hold"),
        ("add", "HOLD, known-issue", "Hold; known-issue"),
        ("replace", "known-issue", "known-issue"),
        ("replace", "b; a; B", "a; b"),
    ],
)
def test_tags_are_added_to_or_replaced(
    azure: Azure, client: Client, id: int, dev: Actor, op: str, written: str, kept: str
) -> None:
    dev.tag(id, "Hold")

    client.patch(id, field("System.Tags", written, op))

    assert azure.item(id).fields["System.Tags"] == kept


def test_a_rule_may_keep_one_account_from_changing_an_item_and_no_other(azure: Azure, client: Client, id: int) -> None:
    azure.organisation.kept_from[id] = BOT

    refused = client.patch(id, field("System.Title", "x"))

    assert (refused.status_code, message(refused)[:9]) == (400, "TF401320:")
    azure.person(TIM).edit(id, {"System.Title": "x"})
