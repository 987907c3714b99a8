"""Starting: help and a wrong call answer at once, because nothing is imported for them that only work needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house import ROOT

SLOW_TO_IMPORT = {
    "apscheduler", "azure", "cryptography", "holidays", "jinja2", "msal", "msrest", "nh3", "requests", "sqlalchemy",
    "tenacity", "urllib3", "werkzeug",
}  # fmt: skip
"""Without pydantic, by which the command line itself reads its options."""
IMPORTED = """
import atexit, sys
atexit.register(lambda: sys.stderr.write("\\n" + " ".join({name.partition(".")[0] for name in sys.modules})))
from jobs.cli import main
main()
"""


def imported(*arguments: str) -> set[str]:
    """The packages that a process has imported by its end."""
    ran = subprocess.run(
        [sys.executable, "-c", IMPORTED, *arguments], cwd=ROOT, capture_output=True, check=False, text=True
    )
    return set(ran.stderr.rpartition("\n")[2].split())


@pytest.mark.parametrize("arguments", [("--help",), ("rnu", "--once")], ids=" ".join)
def test_help_and_a_wrong_call_wait_for_no_slow_import(arguments: tuple[str, ...]) -> None:
    found = imported(*arguments)

    assert {"typer", "jobs"} <= found
    assert found & SLOW_TO_IMPORT == set()
