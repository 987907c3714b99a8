"""As a scheduled pipeline: what its steps make of an end is what Azure DevOps shows."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.house import ROOT


def steps() -> list[dict[str, Any]]:
    (job,) = yaml.safe_load((ROOT / "deploy" / "azure-pipelines.yml").read_text())["jobs"]
    return [step for step in job["steps"] if "script" in step]


def ended(script: str, code: int, folder: Path) -> subprocess.CompletedProcess[str]:
    """The script, as an agent would run it, with a program that ends so."""
    program = folder / "shunter" / "bin" / "shunter"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\necho "$@"\ntest -d "$STATE_DIRECTORY" && exit {code}\n')
    program.chmod(0o755)
    whole = script.replace("$(Agent.TempDirectory)", str(folder))
    return subprocess.run(["/bin/bash", "-c", whole], capture_output=True, text=True, check=False, cwd=folder)


@pytest.mark.parametrize(
    ("code", "ends_with", "shown"),
    [
        (0, 0, ""),
        (1, 1, "##vso[task.logissue type=error]Failed"),
        (2, 2, "##vso[task.logissue type=error]Failed"),
        (3, 0, "##vso[task.complete result=SucceededWithIssues;]"),
        (4, 4, "##vso[task.logissue type=error]The sign-in is lost"),
    ],
)
def test_how_a_run_ended_is_shown(code: int, ends_with: int, shown: str, tmp_path: Path) -> None:
    told = ended(steps()[-1]["script"], code, tmp_path)

    assert told.returncode == ends_with
    assert told.stdout.startswith("run --once --config config.toml\n")
    assert ("##vso" in told.stdout) == bool(shown)
    assert shown in told.stdout


def test_only_what_the_lock_names_is_installed() -> None:
    installs = [line for line in steps()[0]["script"].splitlines() if "pip" in line and "install" in line]

    assert len(installs) == 2
    assert all("--require-hashes" in line or "--no-index" in line for line in installs)


def test_the_token_is_given_to_that_step_alone() -> None:
    assert [step.get("env", {}) for step in steps()] == [{}, {"SHUNTER_TOKEN": "$(SHUNTER_TOKEN)"}]
