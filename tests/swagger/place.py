"""Where the official Swagger lies on this machine, if it does: a folder for each area, in it one for each version."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from tests.house import ROOT

NAMED = "ADO_SWAGGER"


def official(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder that the variable names, such as `specification` of a clone, or one kept beside the project."""
    named = environment.get(NAMED)
    folder = Path(named) if named else ROOT.parent / "shared" / "ado-api"
    return folder if (folder / "wit").is_dir() else None
