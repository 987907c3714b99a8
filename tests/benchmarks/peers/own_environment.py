"""The peers' own environment: simple-ado is installed beside the project, from a lock file of its own."""

from __future__ import annotations

import hashlib
import sys

from jobs.virtual_environment import run
from tests.house import ROOT

LOCK = ROOT / "requirements-benchmark.lock"
FOLDER = ROOT / ".venv-benchmark"
READY = FOLDER / "ready"


def python() -> str:
    """Its interpreter; made once for each lock. `CannotSetUp` where no package index answers."""
    interpreter = str(FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not READY.exists() or READY.read_text() != lock:
        run([sys.executable, "-I", "-m", "venv", "--clear", str(FOLDER)], "venv")
        options = ["--no-input", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"]
        run([interpreter, "-I", "-m", "pip", "install", *options, "--require-hashes", "-r", str(LOCK)], "pip")
        READY.write_text(lock)
    return interpreter
