"""Beside a service on a PostgreSQL: what only looks is answered, and what would act is told who does."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs.configured import TAKEN, USAGE
from tests.processes.replicas import Replicas
from tests.processes.shunter_process import until


@pytest.mark.parametrize("replicas", [1], indirect=True)
@pytest.mark.slow
def test_whoever_looks_is_answered_and_whoever_would_act_is_told_who_does(replicas: Replicas, tmp_path: Path) -> None:
    (service,) = replicas.every
    replicas.start()
    until(lambda: service.looked() > 0, f"it does not look: {service.process.words}")
    acting, revisions = service.process, replicas.azure.mark()
    name = replicas.lease()[0]
    answers = {
        ("status",): (0, f"Looked by    {name}"),
        ("audit", "verify"): (0, "whole:"),
        ("plan",): (0, "Nothing to do."),
        ("run", "--once"): (TAKEN, f"{name} acts on it already"),
        ("canary",): (TAKEN, f"{name} acts on it already"),
        ("backup", str(tmp_path / "copy")): (USAGE, "pg_dump"),
    }
    for words, (code, said) in answers.items():
        command = service.installation.start(*words)
        assert (words, command.ended()) == (words, code), command.words
        assert said in command.words, command.words

    assert acting.is_alive
    assert replicas.lease() == (name, 1)
    assert replicas.azure.revisions_since(revisions) == ()
