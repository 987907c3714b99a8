"""The audit proves itself: whatever is done to the store behind Shunter's back is found, and told for what it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.jobs.command_line import Said
from tests.jobs.desk import Desk

Tamper = Callable[[sqlite3.Connection], None]


@pytest.fixture
def raised(desk: Desk) -> Desk:
    """Both lists of DCC are agreed, sealed and raised."""
    desk.played("raised for an audit", _raise)
    return desk


def _raise(desk: Desk) -> None:
    assert desk.shunter("run", "--once").code == 0
    for environment in ("SIT-A", "SIT-B"):
        desk.cast.agree(environment, "DCC")
    for _ in range(2):
        assert desk.shunter("run", "--once").code == 0


def store_of(desk: Desk) -> Path:
    return desk.shunter.config.with_name("shunter.db")


def tampered(desk: Desk, tamper: Tamper) -> None:
    """Behind the triggers."""
    with closing(sqlite3.connect(store_of(desk), isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        tamper(connection)


def verified(desk: Desk) -> Said:
    return desk.shunter("audit", "verify", "-o", "json")


def last_row(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute("SELECT sequence FROM ledger_head").fetchone()
    return int(last)


def test_a_ledger_that_nobody_touched_is_whole(raised: Desk) -> None:
    said = verified(raised)

    assert said.code == 0
    assert (said.json["whole"], said.json["breaks"], said.json["earlier"]) == (True, [], 0)
    assert said.json["heads"] == 4, "two lists sealed, two RFCs raised"
    assert "whole: " in said.talk
    table = raised.shunter("audit", "verify")
    assert table.code == 0
    assert "Whole" in table.data


def test_an_empty_store_is_whole(desk: Desk) -> None:
    said = verified(desk)

    assert (said.code, said.json["rows"], said.json["began"]) == (0, 0, None)


def changed(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE ledger_intents SET reason = 'no reason' WHERE sequence = 4")


def changed_with_its_chain(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE ledger_intents SET reason = 'no reason', chain = 'f' WHERE sequence = 4")


def moved_to_another_item(connection: sqlite3.Connection) -> None:
    (last,) = connection.execute("SELECT max(sequence) FROM ledger_outcomes").fetchone()
    connection.execute("UPDATE ledger_outcomes SET item = 1 WHERE sequence = ?", (last,))


def removed(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM ledger_intents WHERE sequence = 4")


def inserted(connection: sqlite3.Connection) -> None:
    columns = "run, at, jobs, ending, why, chain"
    connection.execute(f"INSERT INTO ledger_runs (sequence, {columns}) SELECT 4, {columns} FROM ledger_runs LIMIT 1")


def added_at_the_end(connection: sqlite3.Connection) -> None:
    columns = "run, at, jobs, ending, why, chain"
    last = last_row(connection) + 1
    connection.execute(
        f"INSERT INTO ledger_runs (sequence, {columns}) SELECT {last}, {columns} FROM ledger_runs LIMIT 1"
    )


def cut_off(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM ledger_runs WHERE sequence = ?", (last_row(connection),))


def begun_earlier(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE ledger_anchors SET began = '2020-01-01 00:00:00.000000'")


def all_but_the_latest_put_away(connection: sqlite3.Connection) -> None:
    """As if they had been removed for their age, by an anchor that nobody chained."""
    (chain,) = connection.execute("SELECT chain FROM ledger_intents WHERE sequence = 4").fetchone()
    last = last_row(connection)
    connection.execute("INSERT INTO ledger_anchors VALUES (?, 'f', NULL, NULL, 4, NULL, ?)", (last + 1, chain))
    for table in ("ledger_intents", "ledger_outcomes"):
        connection.execute(f"DELETE FROM {table} WHERE sequence <= 4")
    connection.execute("UPDATE ledger_head SET sequence = ?, chain = 'f'", (last + 1,))


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        pytest.param(
            changed, "row 4 (ledger_intents): it, or the row before it, is not what was written", id="changed"
        ),
        pytest.param(changed_with_its_chain, "row 4 (ledger_intents): it, or", id="changed with its chain"),
        pytest.param(moved_to_another_item, "(ledger_outcomes): it, or", id="an outcome of another item"),
        pytest.param(removed, "row 4 is gone, before row 5", id="removed"),
        pytest.param(inserted, "row 4 (ledger_runs): there are two of this number, one of them", id="inserted"),
        pytest.param(added_at_the_end, "inserted, at the end", id="added at the end"),
        pytest.param(cut_off, "is gone, at the end", id="cut off"),
        pytest.param(begun_earlier, "row 1 (ledger_anchors): it, or", id="begun earlier"),
        pytest.param(all_but_the_latest_put_away, "(ledger_anchors): it, or", id="removed under a forged anchor"),
    ],
)
def test_each_kind_of_tampering_is_found(raised: Desk, tamper: Tamper, words: str) -> None:
    tampered(raised, tamper)

    said = verified(raised)

    assert (said.code, said.json["whole"]) == (1, False)
    assert any(words in found for found in said.json["breaks"]), said.json["breaks"]
    assert "broken: " in said.talk


def test_a_row_that_was_changed_is_told_once(raised: Desk) -> None:
    tampered(raised, changed)

    assert len(verified(raised).json["breaks"]) == 1


def cut_off_cleanly(connection: sqlite3.Connection, *, keep: int) -> None:
    """Every trace of the rows after `keep`: the chain that is left is whole."""
    for table in ("ledger_outcomes", "ledger_intents", "ledger_runs"):
        connection.execute(f"DELETE FROM {table} WHERE sequence > {keep}")
    tables = ("ledger_anchors", "ledger_outcomes", "ledger_intents", "ledger_runs")
    chains = " UNION ".join(f"SELECT sequence, chain FROM {table}" for table in tables)
    (chain,) = connection.execute(f"SELECT chain FROM ({chains}) WHERE sequence = {keep}").fetchone()
    connection.execute("UPDATE ledger_head SET sequence = ?, chain = ?", (keep, chain))


def head_that_the_last_rfc_names(desk: Desk, connection: sqlite3.Connection) -> int:
    """The row of that head."""
    written = str(desk.cast.the_rfc("SIT-B", "DCC").history[0].fields["Custom.Written"])
    head = written.split("; head ")[1][:24]
    tables = ("ledger_anchors", "ledger_outcomes", "ledger_intents", "ledger_runs")
    found = (connection.execute(f"SELECT sequence FROM {t} WHERE chain LIKE '{head}%'").fetchone() for t in tables)
    (sequence,) = next(row for row in found if row is not None)
    return int(sequence)


def test_a_tail_that_was_cut_off_is_found_by_what_stands_in_azure_devops(raised: Desk) -> None:
    def tamper(connection: sqlite3.Connection) -> None:
        cut_off_cleanly(connection, keep=head_that_the_last_rfc_names(raised, connection) - 1)

    tampered(raised, tamper)

    said = verified(raised)

    rfc = raised.cast.the_rfc("SIT-B", "DCC").id
    assert said.code == 1
    assert [words.split(" names head ")[0] for words in said.json["breaks"]] == [f"revision 1 of work item {rfc}"]
    assert "heads that the ledger does not know" in said.talk


def test_an_older_copy_in_its_place_is_found(desk: Desk) -> None:
    assert desk.shunter("run", "--once").code == 0
    kept = store_of(desk).read_bytes()
    desk.cast.agree("SIT-A", "DCC")
    assert desk.shunter("run", "--once").code == 0
    store_of(desk).write_bytes(kept)

    said = verified(desk)

    assert said.code == 1
    assert any("names head" in words for words in said.json["breaks"])


def test_a_store_that_was_lost_and_begun_anew_is_told_as_that(raised: Desk) -> None:
    for file in store_of(raised).parent.glob("shunter.db*"):
        file.unlink()
    raised.azure.clock.set(raised.azure.clock.now().replace(hour=12))
    raised.cast.approve("SIT-A", "DCC")
    assert raised.shunter("run", "--once").code == 0

    said = verified(raised)

    assert (said.code, said.json["whole"], said.json["earlier"]) == (0, True, 4)
    assert said.json["began"] == "2026-12-03T12:30:00+00:00"
    assert (
        "this store was begun anew on Thu 03-Dec-2026 12:30 GMT: 4 heads in Azure DevOps are from before" in said.talk
    )


def test_without_azure_devops_nothing_is_called_proved(raised: Desk) -> None:
    said = raised.shunter("audit", "verify", token="not-a-token")

    assert said.code == 4
    assert "the ledger is held against nothing outside" in said.talk
