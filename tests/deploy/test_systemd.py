"""As a service of systemd: the unit names what there is, gives it time, and keeps everything else from it."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from jobs.bounds import BOUNDS
from jobs.configured import USAGE
from tests.house import ROOT

UNIT = ROOT / "deploy" / "shunter.service"
MOST_EXPOSED = 1.5


def told() -> dict[str, list[str]]:
    """A setting may be given several times."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in UNIT.read_text().splitlines():
        name, is_setting, value = line.partition("=")
        if is_setting and not line.startswith("#"):
            found[name].append(value)
    return found


def test_it_is_started_again_however_it_ended_but_for_wrong_settings() -> None:
    assert told()["Restart"] == ["always"]
    assert told()["RestartPreventExitStatus"] == [str(USAGE)]
    assert told()["StartLimitIntervalSec"] == ["0"]


def test_it_is_given_the_time_that_it_takes_to_stop() -> None:
    assert int(told()["TimeoutStopSec"][0]) > BOUNDS.ending


def test_its_page_names_the_token_where_it_is_handed_over() -> None:
    page = (ROOT / "docs" / "deploy" / "systemd.md").read_text()
    (credential,) = told()["LoadCredential"]

    assert f"/run/credentials/shunter.service/{credential.partition(':')[0]}" in page
    assert credential.partition(":")[2] in page


@pytest.mark.systemd
def test_systemd_finds_it_sound_and_little_exposed(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    program = tmp_path / "shunter"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit.write_text(UNIT.read_text().replace("/opt/shunter/.venv/bin/shunter", str(program)))
    verified = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    exposed = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", unit],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (verified.returncode, verified.stderr) == (0, "")
    level = re.search(r"Overall exposure level for shunter\.service: ([\d.]+)", exposed.stdout)
    assert level is not None, exposed.stdout + exposed.stderr
    assert float(level[1]) <= MOST_EXPOSED
