"""Undoing and auditing by command: what the store shortens, what is shown first, and who may."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from adapters.sandbox.faults import body_replaced
from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER
from tests.jobs.accidents import nothing_can_be_read
from tests.jobs.command_line import Shunter
from tests.jobs.desk import Desk


@pytest.fixture
def sealed(desk: Desk) -> str:
    """The run that sealed the list of DCC for SIT-A."""
    desk.played("sealed", seal)
    return str(desk.shunter("status", "-o", "json").json["runs"][0]["run"])


def seal(desk: Desk) -> None:
    assert desk.shunter("run", "--once").code == 0
    desk.cast.agree("SIT-A", "DCC")
    assert desk.shunter("run", "--once").code == 0


def listed(desk: Desk) -> int:
    return desk.cast.the_list("SIT-A", "DCC").id


def forgotten(desk: Desk) -> None:
    """The database is lost."""
    for file in desk.shunter.config.parent.glob("shunter.db*"):
        file.unlink()


def spoilt(desk: Desk) -> None:
    """The database cannot be read."""
    (desk.shunter.config.parent / "shunter.db").write_text("not a database")


def elsewhere(desk: Desk) -> None:
    """The person has the configuration on a machine of their own, and no store."""
    folder = desk.shunter.config.parent / "their own"
    folder.mkdir()
    shutil.copy(desk.shunter.config, folder / "config.toml")
    desk.shunter = Shunter(desk.azure, folder / "config.toml", desk.shunter.token)


def kept(_: Desk) -> None:
    """The store is there."""


def test_it_is_shown_first_and_written_only_after_a_yes(desk: Desk, sealed: str) -> None:
    written = desk.writes()

    shown = desk("undo", sealed)

    assert (shown.code, shown.data, desk.writes()) == (2, "", written)
    for words in (f"Run {sealed} would be undone:", f"list {listed(desk)}: state proposed", "add --yes"):
        assert words in shown.talk
    assert desk("undo", sealed, by=BOT).code == 4
    assert desk("undo", sealed, by="").code == 4
    assert desk.writes() == written


@pytest.mark.parametrize("lost", [kept, forgotten, spoilt, elsewhere])
def test_with_and_without_a_store_the_same_is_undone(desk: Desk, sealed: str, lost: Callable[[Desk], None]) -> None:
    id = listed(desk)
    lost(desk)

    undone = desk("undo", sealed, "--yes", "-o", "json")

    assert undone.code == 0
    assert undone.json == [{"outcome": "done", "id": id, "words": f"list {id}: state proposed, seal empty"}]
    assert desk.azure.item(id).state == "Proposed"


def test_what_is_no_longer_to_be_seen_is_named(desk: Desk, sealed: str) -> None:
    id = listed(desk)
    desk.azure.person(SIT_DEFECT_MANAGER).delete(id)

    undone = desk("undo", sealed, "--yes")

    assert (undone.code, undone.data) == (
        3,
        f"left alone: {id} is deleted, or out of the sight of {SIT_DEFECT_MANAGER}\n",
    )


def test_an_audit_tells_each_write_with_its_rule_its_reason_what_changed_and_what_came_of_it(
    desk: Desk, sealed: str
) -> None:
    (row,) = desk.shunter("audit", sealed, "-o", "json").json

    item = desk.azure.item(listed(desk))
    assert (row["id"], row["subject"], row["action"]) == (item.id, f"list {item.id}", "seal the list")
    assert (row["rule"], row["outcome"], row["revision"]) == ("agree", "applied", item.history[-1].rev)
    assert row["why"] == "agreed by dev.patel@si.example on Thu 03-Dec-2026 09:30 GMT"
    assert "edition: 0 → 1" in row["changes"]
    table = desk.shunter("audit", sealed)
    assert "seal the list" in table.data
    assert f"run {sealed}, Thu 03-Dec-2026 09:30 GMT: done" in table.talk


def test_after_the_store_was_lost_the_work_items_tell_it(desk: Desk, sealed: str) -> None:
    (before,) = desk.shunter("audit", sealed, "-o", "json").json
    forgotten(desk)

    recovered = desk.shunter("audit", sealed, "-o", "json")

    (row,) = recovered.json
    same = ("id", "subject", "rule", "outcome", "revision", "why")
    assert [row[name] for name in same] == [before[name] for name in same]
    assert "edition → 1" in row["changes"]
    assert f"the store has no record of run {sealed}" in recovered.talk


def test_a_run_that_failed_before_it_wrote_anything_is_known_all_the_same(desk: Desk) -> None:
    assert desk.shunter("run", "--once").code == 0
    nothing_can_be_read(desk.azure, body_replaced(b"{}"))
    assert desk.shunter("run", "--once").code == 1
    failed = desk.shunter("status", "-o", "json").json["runs"][0]

    audit = desk.shunter("audit", failed["run"])

    assert (audit.code, audit.data.strip()) == (0, "Writes: none")
    assert f"run {failed['run']}: failed; " in audit.talk


def test_a_run_that_nobody_knows_is_said_to_be_unknown(desk: Desk) -> None:
    for refused in (desk.shunter("audit", "0123456789ab"), desk("undo", "0123456789ab")):
        assert (refused.code, refused.data) == (1, "")
        assert "run 0123456789ab is not known" in refused.talk
