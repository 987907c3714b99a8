"""The record: which trial catches each mutant, in one file that the command rewrites."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from tests.campaign.mutants.every import MUTANTS
from tests.campaign.mutants.hunt import Caught

FILE = Path(__file__).parent / "caught.json"


def recorded() -> Mapping[str, Caught]:
    kept = json.loads(FILE.read_text("utf-8")) if FILE.exists() else []
    return {one["mutant"]: Caught(**{**one, "promises": tuple(one["promises"])}) for one in kept}


def record(found: Iterable[Caught]) -> None:
    """Beside what is there of others; what is no mutant any more goes."""
    known = dict(recorded()) | {caught.mutant: caught for caught in found if caught.by}
    kept = [asdict(known[name]) for name in MUTANTS if name in known]
    FILE.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
