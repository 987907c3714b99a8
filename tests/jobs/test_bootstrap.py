"""One command from a fresh copy to the program at work, and a clear sentence where that cannot be."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from jobs.bootstrap import refuse_an_old_python
from jobs.set_up_problem import CannotSetUp, explain
from tests.house import ROOT
from tests.jobs.toy_project import BOOTSTRAP, ToyProject, toy_project

ON_EVERY_CORE = "--numprocesses=auto --dist=loadfile"
CONNECTION_REFUSED = """\
WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'NewConnectionError(
'<HTTPConnection>: Failed to establish a new connection: [Errno 111] Connection refused')': /simple/alembic/
ERROR: Could not find a version that satisfies the requirement alembic==1.20.1 (from versions: none)
ERROR: No matching distribution found for alembic==1.20.1"""


@pytest.fixture
def project(tmp_path: Path) -> ToyProject:
    return toy_project(tmp_path / "a folder")


@pytest.mark.slow
def test_the_first_call_sets_up_and_each_later_one_starts_at_once(project: ToyProject, tmp_path: Path) -> None:
    first = project.bootstrap("sandbox", "--once")
    again = project.bootstrap("sandbox")
    (project.venv / "kept").touch()
    test = project.bootstrap("test", "-k", "rfc")
    link = tmp_path / "shunter"
    link.symlink_to(project.venv / "bin" / "shunter")
    from_elsewhere = subprocess.run([link, "plan"], cwd=tmp_path, capture_output=True, check=True, text=True)

    assert (first.returncode, first.stdout) == (0, "ran brick sandbox --once\n")
    assert first.stderr.startswith("Setting up .venv once")
    assert (again.returncode, again.stdout, again.stderr) == (0, "ran brick sandbox\n", "")
    assert (test.returncode, test.stdout) == (0, f"judged {ON_EVERY_CORE} -k rfc\n")
    assert (project.venv / "kept").exists(), "for tests, packages are added to what is there"
    assert from_elsewhere.stdout == "ran brick plan\n"


@pytest.mark.slow
def test_a_package_that_is_not_the_one_in_the_lock_is_refused_and_the_next_call_begins_afresh(
    project: ToyProject,
) -> None:
    right_lock = project.test_lock.read_text()
    project.test_lock.write_text(re.sub("sha256:....", "sha256:0000", right_lock))
    refused = project.bootstrap("test")
    (project.venv / "leftover").touch()
    project.test_lock.write_text(right_lock)
    test = project.bootstrap("test")
    sandbox = project.bootstrap("sandbox")

    assert refused.returncode == 1
    assert "not the one in the lock file" in refused.stderr
    assert (test.returncode, test.stdout) == (0, f"judged {ON_EVERY_CORE}\n")
    assert not (project.venv / "leftover").exists()
    assert (sandbox.stdout, sandbox.stderr) == ("ran brick sandbox\n", ""), "what tests need is enough for it"


def test_a_virtual_environment_of_somebody_else_is_left_alone(project: ToyProject) -> None:
    project.venv.mkdir()
    (project.venv / "theirs").touch()

    refused = project.bootstrap("sandbox")

    assert refused.returncode == 1
    assert refused.stderr == (
        f"Cannot set up: {project.venv} is there already and was not made by this command, so it is left alone."
        " Move it away or delete it, then run the same command again.\n"
    )
    assert [file.name for file in project.venv.iterdir()] == ["theirs"]


def test_a_python_without_its_venv_part_is_told_how_to_get_it(project: ToyProject, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\n\nsys.modules['ensurepip'] = None\n")

    refused = project.bootstrap("sandbox", PYTHONPATH=str(tmp_path))

    assert refused.returncode == 1
    assert "`sudo apt install python3." in refused.stderr
    assert not project.venv.exists()


def test_an_old_python_is_told_that_it_is_too_old() -> None:
    with pytest.raises(CannotSetUp, match=r"this is Python 3\.10, and Shunter needs 3\.11 or newer"):
        refuse_an_old_python((3, 10))


@pytest.mark.parametrize("name", BOOTSTRAP)
def test_an_old_python_can_read_the_file(name: str) -> None:
    assert ast.parse((ROOT / "jobs" / name).read_text(encoding="utf-8"), feature_version=(3, 6)).body


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("--sandbox",)], ids=["nothing", "a word", "an option"])
def test_a_wrong_call_is_told_the_right_ones(project: ToyProject, arguments: tuple[str, ...]) -> None:
    told = project.bootstrap(*arguments)

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("usage: python3 -m jobs.bootstrap sandbox")


def test_help_is_not_an_error(project: ToyProject) -> None:
    told = project.bootstrap("--help")

    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize(
    ("output", "remedy", "shown"),
    [
        pytest.param(CONNECTION_REFUSED, "index cannot be reached", "NewConnectionError(", id="no network"),
        pytest.param(
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "the disk is full",
            "[Errno 28]",
            id="no room",
        ),
        pytest.param(
            "Could not fetch URL: Max retries exceeded (Caused by SSLError(SSLCertVerificationError(1, '...')))",
            "certificate of the package index is not trusted",
            "SSLCertVerificationError",
            id="a certificate of the organisation's own",
        ),
        pytest.param(
            "ERROR: HTTP error 403 while getting a file", "index refuses us", "HTTP error 403", id="not allowed"
        ),
        pytest.param(
            "[Errno 30] Read-only file system: '/opt/shunter/.venv'",
            "cannot be written",
            "/opt/shunter/.venv",
            id="a folder of somebody else",
        ),
        pytest.param(
            "ERROR: No matching distribution found for alembic==1.20.1",
            "offers no ready-made package",
            "alembic==1.20.1",
            id="an unusual machine",
        ),
        pytest.param("Segmentation fault", "pip failed, and said last:", "Segmentation fault", id="anything else"),
    ],
)
def test_a_failure_is_told_with_its_remedy_and_its_own_words(output: str, remedy: str, shown: str) -> None:
    sentence, *rest = explain("pip", output).splitlines()

    assert remedy in sentence
    assert shown in "\n".join(rest)
