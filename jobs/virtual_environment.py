"""The `.venv` of this folder: made from a lock file and nothing else, known to be whole or begun again."""

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import Dict, Iterator, List, Mapping

from jobs.set_up_problem import CannotSetUp, explain

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
MARKER = VENV / "made-by-shunter"

# The lock for tests holds all that the other holds, at the same versions.
LOCKS = {"sandbox": ROOT / "requirements.lock", "test": ROOT / "requirements-test.lock"}

# The first two lines let /bin/sh find the interpreter beside the script; Python reads them as a string.
SCRIPT = """#!/bin/sh
'''exec' "$(dirname "$(realpath "$0")")/python" "$0" "$@"
' '''
import sys

from jobs.cli import main

sys.exit(main())
"""


def is_ready(purpose: str) -> bool:
    """Whether a set-up for this lock, this Python and this folder once came to its end."""
    stamp = stamp_of(purpose)
    return stamp.exists() and stamp.read_text() == fingerprint(purpose) and Path(python()).exists()


def is_foreign() -> bool:
    """Whether something is in the way that was not made here."""
    is_free = not VENV.exists() or (VENV.is_dir() and not any(VENV.iterdir()))
    return not is_free and not MARKER.exists()


def set_up(purpose: str) -> None:
    VENV.mkdir(exist_ok=True)
    with one_at_a_time():
        if not is_ready(purpose):
            install(purpose)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second set-up in the same folder wait for the first; released however the process ends."""
    with MARKER.open("a") as marker:
        with contextlib.suppress(ImportError, OSError):  # Windows has no flock, nor has every network disk
            import fcntl

            fcntl.flock(marker, fcntl.LOCK_EX)
        yield


def install(purpose: str) -> None:
    began = time.monotonic()
    print("Setting up .venv once (about half a minute) ...", file=sys.stderr, flush=True)
    if not is_ready("sandbox"):
        empty()
        make()
    fetch(LOCKS[purpose])
    add_own_code()
    for done in {"sandbox", purpose}:  # last of all: what is interrupted before has no stamp
        stamp_of(done).write_text(fingerprint(done))
    print(f"Set up in {time.monotonic() - began:.0f} s.", file=sys.stderr, flush=True)


def stamp_of(purpose: str) -> Path:
    return VENV / ("ready-for-" + purpose)


def fingerprint(purpose: str) -> str:
    parts = (LOCKS[purpose].read_bytes(), os.fsencode(str(ROOT)), str(sys.implementation.cache_tag).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def empty() -> None:
    """Clear what an older or interrupted set-up left; the marker stays, so the folder stays known as ours."""
    for stamp in VENV.glob("ready-for-*"):
        stamp.unlink()
    for entry in VENV.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(str(entry))
        elif entry != MARKER:
            entry.unlink()


def make() -> None:
    # From inside a virtual environment, the interpreter that it was made from: `.venv` may be the active one.
    interpreter = getattr(sys, "_base_executable", None) or sys.executable
    run([interpreter, "-I", "-m", "venv", "--without-pip", str(VENV)], "venv")
    run([python(), "-I", "-m", "ensurepip", "--default-pip"], "ensurepip")  # by itself, it says why it fails


def fetch(lock: Path) -> None:
    """Install what the lock names; ready-made packages only, because building one would fetch more."""
    options = ["--no-input", "--no-user", "--disable-pip-version-check", "--no-compile", "--no-deps"]
    options += ["--only-binary", ":all:", "--require-hashes", "-r", str(lock)]
    run([python(), "-I", "-m", "pip", "install", *options], "pip")


def run(command: List[str], what: str) -> None:
    result = subprocess.run(
        command,
        check=False,
        env=without_secrets(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if result.returncode != 0:
        raise CannotSetUp(explain(what, result.stdout.decode(errors="replace")))


def without_secrets(environ: Mapping[str, str]) -> Dict[str, str]:
    """What the program signs in with is no business of the tools that set it up; what pip is told is pip's."""
    secret = re.compile("^SHUNTER_|(^|_)(PAT|KEY)(_|$)|(SECRET|PASSWORD|PASSWD|TOKEN|CREDENTIALS?)(_|$)")
    return {
        name: value for name, value in environ.items() if not secret.search(name.upper()) or name.startswith("PIP_")
    }


def add_own_code() -> None:
    Path(place("purelib"), "shunter.pth").write_text(str(ROOT) + "\n")
    if os.name == "posix":
        script = Path(place("scripts"), "shunter")
        script.write_text(SCRIPT)
        script.chmod(0o755)


def python() -> str:
    return str(Path(place("scripts"), "python.exe" if os.name == "nt" else "python"))


def place(name: str) -> str:
    return sysconfig.get_path(name, scheme="venv", vars={"base": str(VENV), "platbase": str(VENV)})
