"""Two commands that need nothing but Python: `sandbox` shows Shunter at work, `test` runs its tests.

This file and what it imports use only the standard library, and only what Python 3.6 can read, so that an old
Python is told so in words.
"""

import importlib.util
import os
import subprocess
import sys
from typing import List, Tuple

from jobs.set_up_problem import CannotSetUp, explain
from jobs.virtual_environment import ROOT, VENV, is_foreign, is_ready, python, set_up

USAGE = """usage: python3 -m jobs.bootstrap sandbox [ARGUMENT ...]    the whole job, on a sandbox of its own
       python3 -m jobs.bootstrap test [ARGUMENT ...]       all tests; arguments go to pytest

The first call sets up .venv in this folder."""

MODULES = {"sandbox": ["jobs.cli", "sandbox"], "test": ["pytest", "--numprocesses=auto", "--dist=loadfile"]}


def main(arguments: List[str]) -> int:
    if arguments and arguments[0] in ("-h", "--help"):
        print(USAGE)
        return 0
    if not arguments or arguments[0] not in MODULES:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        prepare(arguments[0])
    except CannotSetUp as problem:
        return fail(str(problem))
    except OSError as problem:
        return fail(explain("the system", str(problem)))
    except KeyboardInterrupt:
        return fail("stopped. Run the same command again to begin afresh.")
    return start(MODULES[arguments[0]] + arguments[1:])


def prepare(purpose: str) -> None:
    refuse_an_old_python(sys.version_info[:2])
    if not is_ready(purpose):
        refuse_a_foreign_folder()
        refuse_a_python_without_venv()
        set_up(purpose)


def refuse_an_old_python(version: Tuple[int, ...]) -> None:
    if version < (3, 11):
        raise CannotSetUp(
            f"this is Python {version[0]}.{version[1]}, and Shunter needs 3.11 or newer."
            " Run the same command with a newer one, for example `python3.11 -m jobs.bootstrap ...`."
        )


def refuse_a_foreign_folder() -> None:
    if is_foreign():
        raise CannotSetUp(
            f"{VENV} is there already and was not made by this command, so it is left alone."
            " Move it away or delete it, then run the same command again."
        )


def refuse_a_python_without_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        raise CannotSetUp(
            f"this Python ({sys.executable}) lacks the part that makes virtual environments."
            f" On Debian or Ubuntu: `sudo apt install {package}`; then run the same command again."
        )


def fail(sentence: str) -> int:
    print("Cannot set up: " + sentence, file=sys.stderr)
    return 1


def start(module: List[str]) -> int:
    """Become the program, so that signals and the exit code are its own."""
    os.chdir(str(ROOT))
    command = [python(), "-m", *module]
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.call(command)  # Windows has an exec that returns to the shell while the program still runs


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
