"""The official client for Node finds its way in the sandbox, reads and writes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.serve import served
from tests.adapters.sandbox.conftest import BOT, azure, clock, dev

__all__ = ["azure", "clock", "dev"]

HERE = Path(__file__).parent
FILES = ("package.json", "package-lock.json", "conversations.js")

pytestmark = pytest.mark.node

Say = Callable[..., Any]


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the client in the versions of the lock file, each checked by its hash."""
    folder = tmp_path_factory.mktemp("node")
    for name in FILES:
        shutil.copy(HERE / name, folder)
    run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
    return folder


@pytest.fixture
def say(node: Path, azure: Azure) -> Iterator[Say]:
    """What a conversation brings back."""
    with served(azure) as base:
        yield lambda name, *more: json.loads(
            run(["node", "conversations.js", name, base, azure.token_for(BOT), *map(str, more)], node)
        )


@pytest.fixture
def id(dev: Actor) -> int:
    return dev.create("Bug", {"System.Title": "Meter read lost"})


def run(command: list[str], folder: Path) -> str:
    ran = subprocess.run(command, cwd=folder, env=os.environ, capture_output=True, check=False, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_it_connects(say: Say) -> None:
    assert say("connect") == "Shunter"


def test_it_queries_and_reads_a_batch(say: Say, id: int) -> None:
    assert say("read") == [[id, 1, "Meter read lost"]]


def test_it_creates_and_changes_and_is_refused_where_the_revision_has_moved(say: Say) -> None:
    assert say("write") == {"made": 1, "changed": 2, "state": "Approved", "refusal": 412}


def test_it_follows_the_feed_of_revisions(say: Say, id: int, dev: Actor) -> None:
    dev.set_state(id, "Resolved")

    assert say("feed") == {"rows": [[id, 1], [id, 2]], "last": True, "then": 0}


def test_it_comments(say: Say, id: int) -> None:
    assert say("comment", id) == {"said": "confirm 5.2.16.0", "all": ["Shunter"]}


def test_it_sends_a_batch_of_changes_of_which_one_fails(say: Say, id: int) -> None:
    assert say("batch", id) == {"codes": [200, 404], "state": "Resolved"}


def test_it_links_and_sees_it_from_the_other_end(say: Say, id: int) -> None:
    assert say("links", id) == {"rev": 1, "seen": "5.2.16.0, carried", "told": True}


def test_it_reads_the_states_of_a_process(say: Say) -> None:
    assert ["Ready for Retest", "Resolved"] in say("process")


def test_it_sees_what_tests_came_to(say: Say, azure: Azure) -> None:
    run = azure.pipelines.deploys(environment="SIT-A", pipeline="dcc", build="5.2.16.0")
    azure.tests.runs("Smoke SIT-A", build=run, passed=11, failed=1)
    azure.tests.starts("Regression", build=None)

    assert say("tests", run) == {
        "runs": [["Smoke SIT-A", "Completed", 11, 1]],
        "running": ["Regression"],
        "build": True,
    }


def test_it_keeps_queries(say: Say, id: int) -> None:
    path = "Shared Queries/Shunter/Waiting for us"

    assert say("queries") == {"name": "Waiting for us", "path": path, "wiql": True, "found": 1}


def test_it_creates_a_wiki_and_reads_a_page(say: Say, azure: Azure) -> None:
    assert say("wiki") == {"made": "MHHS.wiki", "all": ["MHHS.wiki"]}

    azure.wiki.write("/SIT-A", "# 5.2.16.0")
    assert say("page") == "# 5.2.16.0"


def test_it_sees_what_was_deployed(say: Say, azure: Azure) -> None:
    azure.pipelines.deploys(environment="SIT-A", pipeline="dcc-release", build="5.2.15.0")
    azure.pipelines.starts(environment="SIT-A", pipeline="dcc-release", build="5.2.16.0")
    azure.releases.deploys(environment="SIT-A", definition="dcc", release="Release-5.2.16.0")

    assert say("deployments") == {
        "records": [["5.2.16.0", False], ["5.2.15.0", True]],
        "build": "5.2.16.0",
        "completed": 1,
        "released": ["Release-5.2.16.0"],
    }
