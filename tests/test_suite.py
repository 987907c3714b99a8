"""What the suite asks of itself: nothing skipped in CI, texts compared as wholes, nothing of this machine let in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.golden_text import Golden
from tests.house import ROOT

SKIPPING = {
    "in the test": "import pytest\n\n\ndef test_x():\n    pytest.skip('no browser')\n",
    "by a mark": "import pytest\n\n\n@pytest.mark.skip(reason='no browser')\ndef test_x(): ...\n",
    "the whole file": "import pytest\n\npytest.skip('no browser', allow_module_level=True)\n",
}


def run_pytest(folder: Path, source: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(source)
    (folder / "pytest.ini").write_text("[pytest]\n")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.parametrize("how", SKIPPING)
def test_a_skip_fails_in_ci(tmp_path: Path, how: str) -> None:
    ran = run_pytest(tmp_path, SKIPPING[how], CI="true")

    assert ran.returncode != 0
    assert "skipped, which CI does not accept" in ran.stdout
    assert "no browser" in ran.stdout


@pytest.mark.slow
def test_a_skip_is_a_skip_elsewhere(tmp_path: Path) -> None:
    ran = run_pytest(tmp_path, SKIPPING["in the test"])

    assert (ran.returncode, "1 skipped" in ran.stdout) == (0, True)


def test_a_text_like_its_golden_file_passes(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Fixed: 123\n")

    Golden(rewrite=False, folder=tmp_path)("Fixed: 123\n", "note.txt")


@pytest.mark.parametrize("text", ["Fixed: 124\n", "Fixed: 123", "Fixed: 123\r\n"], ids=["word", "end", "line end"])
def test_a_text_unlike_its_golden_file_fails(tmp_path: Path, text: str) -> None:
    (tmp_path / "note.txt").write_text("Fixed: 123\n")

    with pytest.raises(pytest.fail.Exception, match="--rewrite-golden"):
        Golden(rewrite=False, folder=tmp_path)(text, "note.txt")


def test_a_text_without_a_golden_file_fails(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="there is no"):
        Golden(rewrite=False, folder=tmp_path)("Fixed: 123\n", "note.txt")


def test_the_flag_writes_the_golden_file(tmp_path: Path) -> None:
    Golden(rewrite=True, folder=tmp_path)("Fixed: 123\n", "notes/note.txt")

    assert (tmp_path / "notes" / "note.txt").read_text() == "Fixed: 123\n"


def test_no_proxy_and_no_netrc_of_this_machine_is_used() -> None:
    assert [name for name in os.environ if name.lower().endswith("_proxy")] == []
    assert os.environ["NETRC"] == os.devnull
