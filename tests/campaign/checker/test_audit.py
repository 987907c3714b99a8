"""The audit is compared with the history in both directions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.azure_devops.outcomes import Applied
from adapters.sandbox.azure import Azure
from adapters.store.ledger import Ledger
from bot.change import Change, Edit, Field
from bot.defect import Kind
from bot.plan import Action, ActionKind
from tests.campaign.checker.by_hand import bot
from tests.campaign.checker.checking import Checker
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


def audited(azure: Azure, folder: Path, *ledgers: Ledger, lived_since: int = 0) -> list[str]:
    checker = Checker(azure, small_settings(azure, "http://127.0.0.1/sandbox", folder).programme)
    return [v.words for v in checker.when_quiet(ledgers, lived_since=lived_since) if v.promise == "S8"]


def test_a_revision_with_its_record_is_fine(azure: Azure, ledger: Ledger, tmp_path: Path) -> None:
    bot(azure).edit(123, {"System.Title": "x"})
    record(ledger, azure, 2)

    assert audited(azure, tmp_path, ledger) == []


def test_a_revision_without_a_record_is_found(azure: Azure, ledger: Ledger, tmp_path: Path) -> None:
    bot(azure).edit(123, {"System.Title": "x"})

    assert audited(azure, tmp_path, ledger) == ["revision 2 of the bot's has 0 records in the audit"]


def test_nobody_asks_for_those_from_before_a_store_was_lost(azure: Azure, ledger: Ledger, tmp_path: Path) -> None:
    bot(azure).edit(123, {"System.Title": "x"})
    lost_at = len(azure.organisation.boards.changes)

    assert audited(azure, tmp_path, ledger, lived_since=lost_at) == []


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
