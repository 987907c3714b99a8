"""What Shunter promises, and the proof that it keeps to it."""

import os
import sys
from pathlib import Path

# Where Python is told to keep no bytecode, each process that runs tests compiles two thousand modules anew, which takes
# it seconds. It is kept beside the interpreter's libraries: the project's own folders stay as clean as was asked for.
if sys.dont_write_bytecode:
    sys.pycache_prefix = str(Path(sys.prefix) / "bytecode")
    sys.dont_write_bytecode = False
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix  # for the processes that it starts
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
