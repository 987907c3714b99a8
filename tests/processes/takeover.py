"""A takeover, second by second: `python -m tests.processes.takeover --times 1`.

Of two services on one PostgreSQL the one that acts is killed right after Azure DevOps has made an RFC, before it hears
so. What is printed is from the logs of both, the requests of each, the lease and the ledger.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from adapters.sandbox.cast import RFC
from adapters.sandbox.serve import served
from bot.fence import QUARANTINE
from tests.jobs.small_world import small_world
from tests.postgres import Postgres, a_server
from tests.processes.observed import observed
from tests.processes.replicas import ASKED, ROOM, TERM, replicas_on
from tests.processes.scenes import Scene, played
from tests.processes.shunter_process import until
from tests.processes.test_replicas import MOMENTS, comes_right, killed_at
from tests.processes.timeline import Timeline

HEAD = f"""\
Seconds are real, and so is the lease of {TERM:.0f} s, by the clock of PostgreSQL. The quarantine of a claim without an
RFC, {QUARANTINE.total_seconds():.0f} s, is by the clock of Azure DevOps: that of the sandbox stands still until it is
moved, and where a claim has to wait it is moved instead of waited for.
-> a request arrives; <- it is answered, in the order of each process
"""


@dataclass(frozen=True)
class Takeover:
    """Seconds from the kill; `requests` of the follower until the first look of its own was over."""

    took: float
    asked: float
    right: float
    requests: int
    complaints: tuple[str, ...]


def main() -> int:
    """Exit code 1 where a promise was broken."""
    asked = argparse.ArgumentParser(prog="python -m tests.processes.takeover", description=__doc__)
    asked.add_argument("--times", type=int, default=1)
    asked.add_argument("--moment", choices=MOMENTS, default="after the creation is applied")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="shunter-takeover-") as folder, a_server() as server:
        os.environ["AZURE_DEVOPS_CACHE_DIR"] = str(Path(folder) / "sdk-cache")
        scenes = played(_folder(folder, "played"))
        came = [_play(scenes, server, _folder(folder, str(n)), given.moment) for n in range(given.times)]
    for one in came:
        sys.stdout.write(
            f"lease after {one.took:.1f} s, first request {one.asked:.1f} s, all well {one.right:.1f} s, "
            f"requests of the follower in its first look: {one.requests}; broken promises: {len(one.complaints)}\n"
        )
        sys.stdout.writelines(f"{words}\n" for words in one.complaints)
    first = [one.asked for one in came]
    sys.stdout.write(f"from kill to first request: median {median(first):.1f} s, worst {max(first):.1f} s\n")
    return 1 if any(one.complaints for one in came) else 0


def _play(scenes: Mapping[str, Scene], server: Postgres, folder: Path, moment: str) -> Takeover:
    azure, timeline = small_world(), Timeline(shown=2_000)
    with (
        served(azure) as url,
        server.database() as database,
        replicas_on(database, azure, url, folder, count=2, timeline=timeline) as replicas,
    ):
        replicas.begin(scenes["raising"])
        _, second = replicas.every
        with observed(replicas):
            killed_at(moment, replicas)
            killed = time.monotonic()
            replicas.taken_over_by(second, within=TERM + ASKED + ROOM)
            took = time.monotonic() - killed
            until(lambda: second.requests > 0, "it asks nothing")
            asked = time.monotonic() - killed
            until(lambda: second.looked() > 0, "it does not look")
            requests = second.requests
            comes_right(replicas, second)
            right = time.monotonic() - killed
            timeline.note("story", f"{len(azure.items(RFC))} RFCs, and nothing is open")
        sys.stdout.write(f"{HEAD}\nkilled {moment}\n{timeline}\n\n")
        return Takeover(took, asked, right, requests, tuple(replicas.complaints()))


def _folder(within: str, name: str) -> Path:
    folder = Path(within) / name
    folder.mkdir()
    return folder


if __name__ == "__main__":
    raise SystemExit(main())
