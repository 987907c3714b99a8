"""What Shunter does where its account may not do what it must, or may do more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import refused
from adapters.sandbox.mhhs_seeds.people import BOT
from adapters.sandbox.permissions import Right
from adapters.sandbox.problem import Problem
from adapters.sandbox.serve import served
from tests.jobs.accidents import ALWAYS, WRITES
from tests.jobs.command_line import Shunter, configured_for

NO_SCOPE = refused(Problem(403, "AccessCheckException", "TF50309: the token lacks the scope vso.work_write."))
ASKED = ("security namespaces", "permissions batch")


@pytest.fixture
def shunter(azure: Azure, tmp_path: Path) -> Iterator[Shunter]:
    with served(azure) as url:
        yield configured_for(azure, url, tmp_path)


def asked(shunter: Shunter, *operations: str) -> int:
    return sum(exchange.operation in operations for exchange in shunter.azure.journal)


def test_doctor_names_a_missing_right_and_fails(shunter: Shunter) -> None:
    shunter.azure.permissions.take(BOT, Right.CREATE_TAG)

    told = shunter("doctor")

    assert told.code == 1
    assert told.data.startswith(
        "rights, missing: shunter@mhhs.example lacks 'Create tag definition'; without it a hold"
    )
    assert asked(shunter, *WRITES) == 0


def test_doctor_warns_of_rights_that_are_too_many_and_lets_the_rest_proceed(shunter: Shunter) -> None:
    shunter.azure.permissions.give(BOT, Right.BYPASS_RULES)

    told = shunter("doctor")

    assert told.code == 0
    assert "rights, too many: shunter@mhhs.example has 'Bypass rules on work item updates'" in told.data
    assert told.data.rstrip().endswith("Everything else is as it must be.")
    assert shunter("doctor", "-o", "json").json["problems"] == []
    assert len(shunter("doctor", "-o", "json").json["warnings"]) == 1


def test_doctor_does_not_say_that_all_is_well_where_nobody_tells(shunter: Shunter) -> None:
    shunter.azure.faults.add("permissions batch", NO_SCOPE)

    told = shunter("doctor")

    assert told.code == 0
    assert told.data.startswith("rights, not checked: what shunter@mhhs.example may do: POST permissionevaluationbatch")
    assert "Everything is as it must be." not in told.data


def test_who_only_observes_needs_no_right_to_write(azure: Azure, tmp_path: Path) -> None:
    azure.permissions.take(BOT, Right.EDIT_ITEMS)
    with served(azure) as url:
        told = configured_for(azure, url, tmp_path, mode="observe")("doctor")

    assert (told.code, told.data.strip()) == (0, "Everything is as it must be.")


def test_an_account_that_may_write_nothing_still_decides_and_goes_on_by_itself_when_it_may(shunter: Shunter) -> None:
    shunter.azure.permissions.take(BOT, Right.EDIT_ITEMS)

    held = shunter("run", "--once")

    assert held.code == 1
    assert "nothing is written: shunter@mhhs.example lacks 'Edit work items in this node' in MHHS;" in held.talk
    assert "changes that wait: 6 (shunter plan)" in held.talk
    assert asked(shunter, *WRITES) == 0
    assert "list of DCC for SIT-A: propose a new list" in shunter("plan").data

    shunter.azure.permissions.give_back(BOT, Right.EDIT_ITEMS)
    assert shunter("run", "--once").code == 0


def test_the_rights_are_looked_up_once_and_not_at_every_run(shunter: Shunter) -> None:
    shunter("run", "--once")
    assert asked(shunter, *ASKED) == 2

    shunter("run", "--once")

    assert asked(shunter, *ASKED) == 2


def test_a_right_that_is_lost_is_noticed_by_one_refused_list_and_then_nothing_is_sent(shunter: Shunter) -> None:
    shunter("run", "--once")
    for item in shunter.azure.items("Candidate List"):
        shunter.azure.person("dev.patel@si.example").delete(item.id)
    shunter.azure.permissions.take(BOT, Right.EDIT_ITEMS)
    before = asked(shunter, *WRITES)

    refusal = shunter("run", "--once")
    sent = asked(shunter, *WRITES) - before
    after = shunter("run", "--once")

    assert (refusal.code, sent) == (3, 1)
    assert "not done list of" in refusal.data
    assert "nothing is written: shunter@mhhs.example lacks" in after.talk
    assert asked(shunter, *WRITES) - before == 1


def test_a_token_without_the_scope_to_write_sends_one_write_a_run(shunter: Shunter) -> None:
    """Its account has the right, so that only the refusal itself tells."""
    shunter.azure.faults.add("create", NO_SCOPE, times=ALWAYS)

    first, second = shunter("run", "--once"), shunter("run", "--once")

    assert (first.code, second.code) == (3, 3)
    assert "the token lacks the scope vso.work_write" in second.data
    assert asked(shunter, "create") == 2
