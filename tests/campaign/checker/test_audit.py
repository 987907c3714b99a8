"""The audit is compared with the history in both directions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.azure_devops.outcomes import Applied, Refused
from adapters.sandbox.azure import Azure
from adapters.sandbox.mhhs_seeds.people import SIT_RELEASE_MANAGER
from adapters.store.ledger import Ledger
from bot.change import Change, Edit, Field
from bot.defect import Kind
from bot.plan import Action, ActionKind
from tests.campaign.checker.by_hand import bot
from tests.campaign.checker.checking import Checker
from tests.campaign.checker.heard import Heard
from tests.jobs.blank_store import blank_store
from tests.jobs.small_world import small_settings, small_world

RETITLE = Action(
    ActionKind.MOVE_TO_RETEST,
    "retest",
    "a reason",
    "defect 123",
    Change(Kind.DEFECT, 123, 1, (Edit(Field.TITLE, "", "x"),)),
)


@pytest.fixture
def azure() -> Azure:
    return small_world()


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with blank_store() as store:
        yield store.ledger


def record(ledger: Ledger, azure: Azure, rev: int, run: str = "one") -> None:
    action = replace(RETITLE, change=replace(RETITLE.change, rev=rev - 1))
    (intent,) = ledger.intend(run, [action], azure.clock.now())
    ledger.conclude({intent: Applied(123, rev, None)}, azure.clock.now())


def audited(
    azure: Azure,
    folder: Path,
    *ledgers: Ledger,
    heard: Heard | None = None,
    lived_since: int = 0,
    forgotten: Collection[str] = (),
) -> list[str]:
    checker = Checker(azure, small_settings(azure, "http://127.0.0.1/sandbox", folder).programme, heard)
    found = checker.when_quiet(ledgers, lived_since=lived_since, forgotten=forgotten)
    return [v.words for v in found if v.promise == "S8"]


def test_a_revision_with_its_record_is_fine(azure: Azure, ledger: Ledger, tmp_path: Path) -> None:
    bot(azure).edit(123, {"System.Title": "x"})
    record(ledger, azure, 2)

    assert audited(azure, tmp_path, ledger) == []


def test_a_revision_without_a_record_is_found(azure: Azure, ledger: Ledger, tmp_path: Path) -> None:
    bot(azure).edit(123, {"System.Title": "x"})

    assert audited(azure, tmp_path, ledger) == ["revision 2 of the bot's has 0 records in the audit"]


@pytest.mark.parametrize(
    ("why", "found"),
    [
        ("nobody can tell: work item 123 is deleted, or out of sight", []),
        ("not applied: it never arrived", ["revision 2 of the bot's has 0 records in the audit"]),
    ],
)
def test_that_nobody_can_tell_is_a_record_and_that_it_never_arrived_is_none(
    azure: Azure, ledger: Ledger, tmp_path: Path, why: str, found: list[str]
) -> None:
    bot(azure).edit(123, {"System.Title": "x"})
    (intent,) = ledger.intend("one", [RETITLE], azure.clock.now())
    ledger.conclude({intent: Refused(why)}, azure.clock.now())

    assert audited(azure, tmp_path, ledger) == found


def test_nobody_asks_for_those_from_before_there_was_a_store(azure: Azure, ledger: Ledger, tmp_path: Path) -> None:
    bot(azure).edit(123, {"System.Title": "x"})
    began = len(azure.organisation.boards.changes)

    assert audited(azure, tmp_path, ledger, lived_since=began) == []


def test_of_a_store_that_was_lost_nobody_asks_for_the_records_and_of_the_others_they_do(
    azure: Azure, ledger: Ledger, tmp_path: Path
) -> None:
    runs = {"0123456789aa": "A, process 1", "0123456789bb": "B, process 1"}
    for number, run in enumerate(runs):
        said = f"Shunter, run {run}, rule retest."
        bot(azure).edit(123, {"System.Title": f"x{number}", "System.History": said})

    found = audited(azure, tmp_path, ledger, heard=Heard(processes=runs), forgotten={"A, process 1"})

    assert found == ["revision 3 of the bot's has 0 records in the audit"]


def test_two_records_are_one_too_many(azure: Azure, ledger: Ledger, tmp_path: Path) -> None:
    bot(azure).edit(123, {"System.Title": "x"})
    record(ledger, azure, 2)
    record(ledger, azure, 2, run="two")

    assert audited(azure, tmp_path, ledger) == ["revision 2 of the bot's has 2 records in the audit"]


def test_a_record_without_a_revision_is_found(azure: Azure, ledger: Ledger, tmp_path: Path) -> None:
    bot(azure).edit(123, {"System.Title": "x"})
    record(ledger, azure, 2)
    record(ledger, azure, 3)

    assert audited(azure, tmp_path, ledger) == ["the audit says that revision 3 is the bot's, and it is not"]


def test_so_is_one_about_a_work_item_that_the_bot_never_changed(azure: Azure, ledger: Ledger, tmp_path: Path) -> None:
    record(ledger, azure, 2)

    assert audited(azure, tmp_path, ledger) == ["the audit says that revision 2 is the bot's, and it is not"]


def test_a_write_of_which_nobody_knows_what_came_of_it_is_found(azure: Azure, ledger: Ledger, tmp_path: Path) -> None:
    ledger.intend("one", [RETITLE], azure.clock.now())

    (found,) = audited(azure, tmp_path, ledger)
    assert found == "nobody has found out what came of what was meant at 09:30:00: defect 123"


def test_of_a_work_item_that_is_deleted_it_may_stay_unknown_for_a_day(
    azure: Azure, ledger: Ledger, tmp_path: Path
) -> None:
    ledger.intend("one", [RETITLE], azure.clock.now())
    azure.person(SIT_RELEASE_MANAGER).delete(123)
    assert audited(azure, tmp_path, ledger) == []

    azure.clock.advance(timedelta(days=1))
    assert len(audited(azure, tmp_path, ledger)) == 1
