"""Migrations: an older ledger becomes one of today and loses nothing, on either engine and by one process at a time."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from adapters.azure_devops.outcomes import Applied
from adapters.store import ledger_revision, ledger_tables
from adapters.store.database import Database, Prepare
from adapters.store.failures import StoreError
from adapters.store.in_file import InFile
from adapters.store.keeper import Keeper
from adapters.store.lease_row import LEASE
from adapters.store.ledger import Ledger
from adapters.store.ledger_revision import MIGRATIONS, known_revisions, migrate
from adapters.store.on_server import OnServer
from adapters.store.schema import preparation
from adapters.store.store import opened
from tests.adapters.store.samples import LATER, NOW, a_move
from tests.adapters.store.site import Site

BEFORE = """
CREATE TABLE shunter_schema (part TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL);
INSERT INTO shunter_schema VALUES ('mirror', 4), ('ledger', 1);
CREATE TABLE ledger_runs (sequence INTEGER NOT NULL PRIMARY KEY, run TEXT NOT NULL);
INSERT INTO ledger_runs VALUES (1, 'r1');
"""
TOMORROW = '''"""What tomorrow adds."""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9998", "{head}"
def upgrade():
    op.add_column("ledger_intents", sa.Column("mood", sa.Text))
    {more}
'''
TRIGGERS = {
    Path: "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql <> '' ORDER BY name",
    object: "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal "
    "UNION SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
}


@contextmanager
def database(site: Site, prepare: Prepare, *, to_act: bool = True) -> Iterator[Database]:
    place = site.place
    keeper: Keeper = InFile(place, to_act=to_act) if isinstance(place, Path) else OnServer(place, to_act=to_act)
    with closing(Database(keeper, prepare)) as one:
        yield one


def guards_and_indexes(site: Site) -> list[tuple[Any, ...]]:
    return site.sql(TRIGGERS[Path if isinstance(site.place, Path) else object])


@pytest.fixture
def tomorrow(tmp_path: Path) -> Path:
    return a_future(tmp_path, "")


def a_future(folder: Path, more: str) -> Path:
    """All migrations of today, and one more."""
    migrations = Path(shutil.copytree(MIGRATIONS, folder / "migrations"))
    text = TOMORROW.format(head=known_revisions()[-1], more=more)
    (migrations / "versions" / "v9998_tomorrow.py").write_text(text)
    return migrations


def test_they_follow_one_upon_the_other_as_their_names_say() -> None:
    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS))
    configuration.set_main_option("path_separator", "os")
    revisions = [one.revision for one in ScriptDirectory.from_config(configuration).walk_revisions()]

    assert tuple(reversed(revisions)) == known_revisions()


def test_migrated_from_the_first_on_it_is_as_if_it_were_made_today(site: Site) -> None:
    def from_the_first(connection: Connection, _: Keeper) -> None:
        migrate(connection)

    with database(site, from_the_first) as migrated, migrated.reading() as connection:
        not_of_it = {ledger_revision.TABLE, LEASE}
        settings = {"include_object": lambda _, name, kind, *__: kind != "table" or name not in not_of_it}
        context = MigrationContext.configure(connection, opts={"compare_server_default": True, **settings})
        differences = compare_metadata(context, ledger_tables.tables)
    guarded = guards_and_indexes(site)
    site.begin_empty()
    with database(site, lambda connection, _: ledger_tables.tables.create_all(connection)) as made:
        made.open()

    assert differences == []
    assert [one for one in guarded if "ledger_revision" not in one[0]] == guards_and_indexes(site)
    assert len(guarded) > 10


@pytest.mark.parametrize("to_act", [True, False], ids=["to act", "to look"])
def test_a_ledger_from_before_them_is_refused_and_kept(path: Path, to_act: bool) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(BEFORE)
    words = r"its ledger has no revision: it is from before there were any\. Start the Shunter that wrote it.*delete"
    with pytest.raises(StoreError, match=words), opened(path, to_act=to_act):
        pass

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM ledger_runs").fetchall() == [(1, "r1")]
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone() == (2,)


def test_what_tomorrow_adds_is_added_to_what_is_there(site: Site, tomorrow: Path) -> None:
    with opened(site.place) as store:
        store.ledger.intend("r1", [a_move()], NOW)
    with database(site, preparation(may_rebuild=True, migrations=tomorrow)) as migrated:
        Ledger(migrated).intend("r2", [a_move()], LATER)

    assert site.sql("SELECT run, mood FROM ledger_intents ORDER BY sequence") == [("r1", None), ("r2", None)]
    assert site.sql("SELECT version_num FROM ledger_revision") == [("9998",)]


def test_a_process_of_the_version_before_goes_on_writing_until_it_is_stopped(site: Site, tomorrow: Path) -> None:
    with opened(site.place) as old:
        old.ledger.intend("r1", [a_move()], NOW)
        with database(site, preparation(may_rebuild=True, migrations=tomorrow)) as migrated:
            migrated.open()
        (id,) = old.ledger.intend("r2", [a_move()], LATER)
        old.ledger.conclude({id: Applied(123, 5)}, LATER)

        assert len(old.ledger.entries(123)) == 2
    with pytest.raises(StoreError, match="its ledger has revision 9998"), opened(site.place):
        pass


def test_who_only_looks_leaves_it_to_who_acts(site: Site, tomorrow: Path) -> None:
    with opened(site.place):
        pass
    looking = preparation(may_rebuild=False, migrations=tomorrow)
    with (
        database(site, looking, to_act=False) as looked_at,
        pytest.raises(StoreError, match=r"ledger was written by another version of Shunter\. Let `shunter run`"),
    ):
        looked_at.open()

    assert site.sql("SELECT version_num FROM ledger_revision") == [(known_revisions()[-1],)]


def test_a_file_is_copied_before_it_is_migrated(path: Path, tomorrow: Path) -> None:
    with opened(path) as store:
        store.ledger.intend("r1", [a_move()], NOW)
    with closing(Database(InFile(path, to_act=True), preparation(may_rebuild=True, migrations=tomorrow))) as migrated:
        migrated.open()

    with opened(path.with_name("shunter.db.before-9998")) as store:
        assert [intent.run for intent in store.ledger.open_intents()] == ["r1"]


def test_a_migration_that_fails_half_way_has_changed_nothing(site: Site, tmp_path: Path) -> None:
    with opened(site.place) as store:
        store.ledger.intend("r1", [a_move()], NOW)
    broken = a_future(tmp_path, 'raise ValueError("half way")')
    with (
        database(site, preparation(may_rebuild=True, migrations=broken)) as migrated,
        pytest.raises(ValueError, match="half way"),
    ):
        migrated.open()

    (row,) = site.sql("SELECT * FROM ledger_intents")
    assert len(row) == len(ledger_tables.intents.columns)
    with opened(site.place, to_act=True) as store:
        assert len(store.ledger.open_intents()) == 1
