"""The store at the command line: on a server as in a file, and copied when a person asks or a day has begun."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.configuration.store_place import FILE
from adapters.sandbox.serve import served
from adapters.store.daily_copies import FOLDER
from adapters.store.store import opened
from jobs.beside_looks import side_jobs_of
from jobs.run import run
from jobs.side_jobs import Aside
from jobs.tally import Tally
from jobs.vitals import Vitals
from jobs.world import World
from tests.jobs.command_line import Shunter, configured_for
from tests.jobs.play import URL, Play
from tests.jobs.small_world import small_settings, small_world
from tests.postgres import PASSWORD, PostgresDatabase


@pytest.fixture
def shunter(tmp_path: Path) -> Iterator[Shunter]:
    azure = small_world()
    with served(azure) as url:
        yield configured_for(azure, url, tmp_path)


def put_on(database: PostgresDatabase, shunter: Shunter) -> None:
    """With its password in a file of its own."""
    password = shunter.config.with_name("secret")
    password.touch(0o600)
    password.write_text(PASSWORD)
    shunter.edit("backups = 7", f'url = "{database.url_by_port}"\npassword_file = "secret"')


def test_the_job_is_done_with_the_store_on_a_server(shunter: Shunter, postgres: PostgresDatabase) -> None:
    put_on(postgres, shunter)
    done = shunter("run", "--once")
    assert (done.code, "propose a new list" in done.data) == (0, True)
    assert shunter("run", "--once").data.strip() == "Nothing to do."

    status = shunter("status", "-o", "json")
    run = status.json["runs"][0]["run"]
    assert status.json["service"]["store"] == f"{postgres.name} on 127.0.0.1:{postgres.server.port}"
    assert len(shunter("audit", run, "-o", "json").json) == 6
    assert list(shunter.config.parent.glob("*.db*")) == []


def test_a_server_that_is_away_ends_a_command_in_words(shunter: Shunter, postgres: PostgresDatabase) -> None:
    put_on(postgres, shunter)
    shunter.edit(str(postgres.server.port), "1")
    for command in (("run", "--once"), ("status",)):
        told = shunter(*command)
        assert told.code == 1
        assert "the server cannot be reached" in told.talk
        assert "See whether it runs" in told.talk


def test_a_copy_is_made_when_a_person_asks_and_never_over_another(shunter: Shunter, tmp_path: Path) -> None:
    assert shunter("run", "--once").code == 0
    copy = tmp_path / "copy.db"
    made = shunter("backup", str(copy))
    again = shunter("backup", str(copy))

    assert (made.code, made.data) == (0, "")
    assert f"{copy}: a copy of {tmp_path / 'shunter.db'}, looked through" in made.talk
    assert (again.code, "there is a file already" in again.talk) == (1, True)
    with opened(copy) as store:
        assert len(store.ledger.runs(9)) == 1


def test_of_a_server_its_own_tools_make_copies(shunter: Shunter, postgres: PostgresDatabase, tmp_path: Path) -> None:
    put_on(postgres, shunter)
    told = shunter("backup", str(tmp_path / "copy.db"))

    assert (told.code, "pg_dump" in told.talk, "pg_restore" in told.talk) == (2, True, True)
    assert not (tmp_path / "copy.db").exists()


def test_a_service_keeps_a_copy_of_each_day(play: Play, tmp_path: Path) -> None:
    with opened(tmp_path / FILE, to_act=True) as store:
        world = replace(play.world, store=store, may_act=False)
        for _ in range(4):
            run(world)
            backing_up(play, world, tmp_path)()
            play.azure.clock.advance(timedelta(hours=13))

    days = sorted(file.name for file in (tmp_path / FOLDER).iterdir())
    assert days == ["shunter-2026-12-03.db", "shunter-2026-12-04.db", "shunter-2026-12-05.db"]


def test_a_copy_that_cannot_be_made_is_told_counted_and_tried_again(play: Play, tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    with opened(tmp_path / FILE, to_act=True) as store:
        world = replace(play.world, store=store, may_act=False)
        run(world)
        back_up = backing_up(play, world, tmp_path)
        back_up()
        (told, *_) = store.ledger.runs(1)
        (tmp_path / FOLDER).unlink()
        back_up()

    assert "backup: " in told.why
    assert "it cannot be opened (File exists)" in told.why
    assert len(list((tmp_path / FOLDER).iterdir())) == 1


def backing_up(play: Play, world: World, folder: Path) -> Callable[[], None]:
    """The side job, as the schedule calls it whenever it might be due."""
    configuration = small_settings(play.azure, URL, folder)
    job = side_jobs_of(configuration, lambda: world, Vitals(configuration))["backup"]
    return Aside("backup", job, lambda: world, Tally())
