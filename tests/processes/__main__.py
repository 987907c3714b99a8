"""Many kills, for as long as there is time: `python -m tests.processes --kills 1000 --minutes 20 --seed 1`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from adapters.sandbox.serve import served
from tests.jobs.small_world import small_world
from tests.processes.installation import installed
from tests.processes.kills import Came, Trial, chosen
from tests.processes.report import told
from tests.processes.scenes import ACTS, played
from tests.processes.shunter_process import Start, by_command, from_the_nursery

WAYS: dict[str, Start] = {"nursery": from_the_nursery, "command": by_command}


def main() -> int:
    """Exit code 1 where anything was broken."""
    asked = argparse.ArgumentParser(prog="python -m tests.processes", description=__doc__)
    asked.add_argument("--kills", type=int, default=1000)
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--start", choices=WAYS, default="nursery", help="how processes are started")
    given = asked.parse_args()
    until = time.monotonic() + given.minutes * 60
    with tempfile.TemporaryDirectory(prefix="shunter-kills-") as folder:
        came = list(_kills(Path(folder), given.kills, until, Random(given.seed), WAYS[given.start]))
    sys.stdout.write("\n".join([f"seed {given.seed}", *told(came), ""]))
    return 1 if any(one.complaints for one in came) else 0


def _kills(folder: Path, count: int, until: float, dice: Random, by: Start) -> Iterator[Came]:
    os.environ["AZURE_DEVOPS_CACHE_DIR"] = str(folder / "sdk-cache")
    (folder / "played").mkdir()
    scenes, azure = played(folder / "played"), small_world()
    with served(azure) as url, installed(azure, url, folder / "shunter") as installation:
        trial = Trial(azure, installation, scenes)
        courses = {scene: trial.undisturbed(scene) for scene in ACTS}
        for aim in chosen(courses, count, dice):
            if time.monotonic() > until:
                return
            came = trial.kill(aim, courses[aim.scene], by=by)
            for words in came.complaints:
                sys.stderr.write(f"{aim}: {words}\n{installation.timeline}\n")
            yield came


if __name__ == "__main__":
    raise SystemExit(main())
