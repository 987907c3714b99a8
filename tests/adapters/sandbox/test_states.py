"""States: where an item begins, where it may go, and what the server notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.mhhs_process import BUG, MHHS_PROCESS
from adapters.sandbox.problem import Problem
from tests.adapters.sandbox.client import Client, field, message
from tests.adapters.sandbox.conftest import PEOPLE, START

RESOLVED = "Microsoft.VSTS.Common.ResolvedDate"
CLOSED = "Microsoft.VSTS.Common.ClosedDate"
CHANGED = "Microsoft.VSTS.Common.StateChangeDate"
NOT_IN_LIST = "is not in the list of supported values"


@pytest.fixture
def id(dev: Actor) -> int:
    return dev.create("Bug", {"System.Title": "Meter read lost"})


def test_a_new_item_starts_at_the_start(client: Client) -> None:
    answer = client.create("Request for Change", field("System.Title", "x"), field("System.State", "Approved"))

    assert answer.status_code == 400
    assert "'State' contains the value 'Approved' that is not in the list" in message(answer)


@pytest.mark.parametrize("state", ["Deployed", "resolvd", ""])
def test_a_state_that_the_type_has_not_is_refused(client: Client, id: int, state: str) -> None:
    assert client.patch(id, field("System.State", state)).status_code == 400


def test_the_server_gives_the_reason_unless_one_is_given(azure: Azure, client: Client, id: int) -> None:
    client.patch(id, field("System.State", "resolved"))
    assert (azure.item(id).state, azure.item(id).fields["System.Reason"]) == ("Resolved", "Fixed")

    client.patch(id, field("System.Reason", "Duplicate"))
    assert azure.item(id).fields["System.Reason"] == "Duplicate"

    client.patch(id, field("System.State", "Ready for Retest"))
    assert azure.item(id).fields["System.Reason"] == "Moved to state Ready for Retest"
    assert client.patch(id, field("System.Reason", "Because")).status_code == 400


def test_the_dates_of_resolving_and_closing_follow_the_category(
    azure: Azure, id: int, dev: Actor, clock: SettableClock
) -> None:
    kept = {}
    for hour, state in enumerate(["Resolved", "Ready for Retest", "Closed", "Active"], start=1):
        clock.set(START + timedelta(hours=hour))
        dev.set_state(id, state)
        fields = azure.item(id).fields
        kept[state] = (fields[CHANGED], fields.get(RESOLVED), fields.get(CLOSED))

    one, two, three, four = (START + timedelta(hours=hour) for hour in (1, 2, 3, 4))
    assert kept == {
        "Resolved": (one, one, None),
        "Ready for Retest": (two, one, None),
        "Closed": (three, one, three),
        "Active": (four, None, None),
    }
    assert "Microsoft.VSTS.Common.ResolvedBy" not in azure.item(id).fields


def test_a_process_may_allow_some_steps_only(clock: SettableClock) -> None:
    strict = replace(BUG, transitions={"New": ("Active",), "Active": ("Resolved",)})
    process = replace(MHHS_PROCESS, types=(strict,))
    azure = Azure(organisation="acme", project="MHHS", process=process, people=PEOPLE, clock=clock)
    dev = azure.person("dev.patel@si.example")
    id = dev.create("Bug", {"System.Title": "x"})

    with pytest.raises(Problem, match=NOT_IN_LIST):
        dev.set_state(id, "Resolved")
    dev.set_state(id, "Active")
    dev.set_state(id, "Resolved")

    assert azure.item(id).state == "Resolved"
