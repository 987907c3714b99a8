"""A project as small as can be, with the real bootstrap in it and packages that come from a folder."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tests.house import ROOT

BOOTSTRAP = ("__init__.py", "bootstrap.py", "set_up_problem.py", "virtual_environment.py")
PROGRAM = "import sys\n\nimport brick\n\n\ndef main():\n    print('ran', brick.NAME, *sys.argv[1:])\n"


@dataclass(frozen=True, slots=True)
class ToyProject:
    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def test_lock(self) -> Path:
        return self.root / "requirements-test.lock"

    def bootstrap(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        wheels = (self.root / "wheels").as_uri()
        index = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels, "PIP_CONFIG_FILE": os.devnull}
        return subprocess.run(
            [sys.executable, "-m", "jobs.bootstrap", *arguments],
            cwd=self.root,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.root), **index, **environment},
            capture_output=True,
            check=False,
            text=True,
        )


def toy_project(root: Path) -> ToyProject:
    """One package for `sandbox`, and for `test` one more that goes by the name of pytest."""
    (root / "jobs").mkdir(parents=True)
    for name in BOOTSTRAP:
        shutil.copy(ROOT / "jobs" / name, root / "jobs" / name)
    (root / "jobs" / "cli.py").write_text(f"{PROGRAM}\n\nif __name__ == '__main__':\n    main()\n")
    (root / "wheels").mkdir()
    brick = _wheel(root / "wheels", "brick", "NAME = 'brick'\n")
    judge = _wheel(root / "wheels", "pytest", "import sys\n\nprint('judged', *sys.argv[1:])\n")
    (root / "requirements.lock").write_text(brick)
    project = ToyProject(root)
    project.test_lock.write_text(brick + judge)
    return project


def _wheel(folder: Path, name: str, code: str) -> str:
    """Build a package of one module; what comes back is its line in a lock file."""
    about = f"{name}-1.dist-info"
    file = folder / f"{name}-1-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as wheel:
        wheel.writestr(f"{name}.py", code)
        wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{about}/RECORD", "")
    return f"{name}==1 --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n"
