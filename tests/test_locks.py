"""The lock files name all that the project asks for, exactly, and nobody's package index."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]
RUNTIME = (ROOT / "requirements.lock").read_text(encoding="utf-8")
TEST = (ROOT / "requirements-test.lock").read_text(encoding="utf-8")
BENCHMARK = (ROOT / "requirements-benchmark.lock").read_text(encoding="utf-8")


def entries(lock: str) -> set[str]:
    """Each package with its version, marker and hashes."""
    return {entry.strip() for entry in re.split(r"\n(?=\S)", lock)}


def pins(lock: str) -> dict[str, str]:
    heads = (Requirement(entry.split(" \\\n")[0]) for entry in entries(lock))
    return {canonicalize_name(head.name): str(head.specifier).removeprefix("==") for head in heads}


@pytest.mark.parametrize(
    ("asked", "lock"),
    [
        pytest.param([*PROJECT["project"]["dependencies"], *GROUPS["build"]], RUNTIME, id="to run and to build"),
        pytest.param(GROUPS["test"], TEST, id="to test"),
        pytest.param(GROUPS["benchmark"], BENCHMARK, id="to compare"),
    ],
)
def test_the_lock_satisfies_the_project(asked: list[str], lock: str) -> None:
    pinned = pins(lock)
    requirements = [Requirement(text) for text in asked]

    assert [
        r for r in requirements if not r.specifier.contains(pinned[canonicalize_name(r.name)], prereleases=True)
    ] == []


def test_the_lock_for_tests_holds_all_of_the_other() -> None:
    assert entries(RUNTIME) - entries(TEST) == set()


def test_the_build_backend_is_the_locked_one() -> None:
    assert PROJECT["build-system"]["requires"] == GROUPS["build"]


@pytest.mark.parametrize("lock", [RUNTIME, TEST, BENCHMARK], ids=["runtime", "test", "benchmark"])
def test_each_package_has_a_hash_and_none_has_an_address(lock: str) -> None:
    assert [entry for entry in entries(lock) if "--hash=sha256:" not in entry] == []
    assert not re.search(r"://|--(extra-)?index|--find-links", lock)
