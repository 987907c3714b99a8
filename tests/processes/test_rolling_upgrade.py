"""A new version is rolled out one process at a time: it waits for the lease, migrates, and settles what is open."""

from __future__ import annotations

import shutil

import pytest

from adapters.store.mirror_tables import VERSION
from jobs.configured import FAILED
from tests.adapters.store.test_migrations import a_future
from tests.house import ROOT
from tests.processes.at_moment import CREATION
from tests.processes.line import Moment
from tests.processes.replicas import ASKED, ROOM, Replica, Replicas
from tests.processes.shunter_process import Start, from_tree, until
from tests.processes.test_replica_paused import stopped_at
from tests.processes.test_replicas import comes_right, killed_at

TODAY, TOMORROW = ("0001", VERSION), ("9998", VERSION + 1)
REFUSES = "its ledger has revision 9998, and this Shunter knows 0001 as the latest"
PACKAGES = ("adapters", "bot", "jobs", "templates")


@pytest.fixture(scope="module")
def tomorrow(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """A copy of the sources, with one migration more, and a mirror of another shape."""
    folder = tmp_path_factory.mktemp("tomorrow")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "config.example.toml", folder)
    (folder / "future").mkdir()
    migrations = a_future(folder / "future", "")
    shutil.copytree(migrations, folder / "adapters" / "store" / "migrations", dirs_exist_ok=True)
    tables = folder / "adapters" / "store" / "mirror_tables.py"
    text = tables.read_text().replace(f"VERSION = {VERSION}\n", f"VERSION = {VERSION + 1}\n", 1)
    assert 'f"{PREFIX}tokens"' in text
    tables.write_text(text.replace('f"{PREFIX}tokens"', 'f"{PREFIX}places"'))
    return from_tree(folder)


def versions(replicas: Replicas) -> tuple[str, int]:
    """Of the ledger and the mirror."""
    ((revision,),) = replicas.database.sql("SELECT version_num FROM ledger_revision")
    ((mirror,),) = replicas.database.sql("SELECT version FROM shunter_schema WHERE part = 'mirror'")
    return revision, mirror


def refuses(former: Replica) -> None:
    """It lives on, changes nothing, and says why."""
    until(lambda: REFUSES in former.process.words, f"it does not refuse: {former.process.words}")
    until(lambda: former.get("/readyz")[0] == 503, "it says that it is ready")
    assert REFUSES in former.get("/readyz")[1]
    assert former.process.is_alive


@pytest.mark.campaign
def test_it_waits_until_the_former_one_is_gone_migrates_and_settles_what_that_one_left(
    replicas: Replicas, tomorrow: Start
) -> None:
    former, new = replicas.every
    killed_at("after the creation is applied", replicas, tomorrow)
    assert versions(replicas) == TODAY, "the new one stood by, and the former one wrote"
    assert replicas.open_intents() > 0

    replicas.lease_runs_out()
    replicas.taken_over_by(new, within=ASKED + ROOM)
    comes_right(replicas, new)
    assert versions(replicas) == TOMORROW

    asked = former.requests
    former.start()
    until(lambda: former.stands_by, "it does not stand by")
    assert new.process.end() == 0
    refuses(former)
    for words in (("run", "--once"), ("status",), ("plan",)):
        command = former.installation.start(*words)
        assert command.ended() == FAILED
        assert REFUSES in command.words
        assert "create the database anew" in command.words
    former.installation.started[:] = former.installation.started[:2]
    assert former.requests == asked
    assert versions(replicas) == TOMORROW

    new.start(tomorrow)
    replicas.taken_over_by(new, within=ASKED + ROOM)
    comes_right(replicas, new)


@pytest.mark.campaign
def test_a_former_one_that_only_stood_still_does_not_touch_what_has_been_migrated_meanwhile(
    replicas: Replicas, tomorrow: Start
) -> None:
    former, new = replicas.every
    sent = stopped_at(CREATION, Moment.APPLIED, replicas, tomorrow)
    replicas.lease_runs_out()
    replicas.taken_over_by(new, within=ASKED + ROOM)
    comes_right(replicas, new)
    former.process.go_on()
    until(lambda: former.stands_by, f"it does not stand by: {former.process.words}")

    assert new.process.end() == 0
    refuses(former)

    assert versions(replicas) == TOMORROW
    assert sent.sent == []
    assert former.process.end() == 0
