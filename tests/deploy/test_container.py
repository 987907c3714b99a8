"""In a container: what is copied is there, what is asked is told, and nothing is fetched outside the lock."""

from __future__ import annotations

import re

from adapters.configuration.settings import HealthSettings
from tests.house import ROOT

FILE = ROOT / "deploy" / "Containerfile"


def lines(word: str) -> list[str]:
    whole = FILE.read_text().replace("\\\n", " ")
    return [line.removeprefix(word).strip() for line in whole.splitlines() if line.startswith(f"{word} ")]


def test_everything_that_is_copied_is_there_and_not_ignored() -> None:
    copied = [name for line in lines("COPY") if "--from" not in line for name in line.split()[:-1]]
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}

    assert set(copied) == kept
    assert all((ROOT / name).exists() for name in copied)


def test_only_what_the_lock_names_is_installed() -> None:
    installs = [step for line in lines("RUN") for step in line.split("&&") if "pip install" in step]

    assert len(installs) == 2
    for step in installs:
        assert "--require-hashes" in step or "--no-index" in step


def test_its_health_is_asked_where_it_is_told() -> None:
    (check,) = lines("HEALTHCHECK")

    assert f":{HealthSettings().port}/healthz" in check
    assert lines("EXPOSE") == [str(HealthSettings().port)]


def test_it_is_nobody_in_particular() -> None:
    assert lines("USER") == ["10001:10001"]
    assert re.fullmatch(r"\[\"/opt/shunter/bin/shunter\"\]", lines("ENTRYPOINT")[0])
