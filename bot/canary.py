"""The canary: what was proved once a day to work, and what was not, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that has to work. `words` say what was seen, or why it is not proved."""

    what: str
    is_proved: bool
    words: str


@dataclass(frozen=True, slots=True)
class CanaryReport:
    """`at` is the server's time, None where it never answered; `latency` how long a write took to show in the feed of
    revisions, None where nothing was written, or nothing showed."""

    run: str
    at: datetime | None
    proofs: tuple[Proof, ...]
    latency: timedelta | None = None

    @property
    def is_well(self) -> bool:
        return all(proof.is_proved for proof in self.proofs)

    @property
    def why(self) -> str:
        """What is not proved; empty where all is well."""
        return "; ".join(f"{proof.what}: {proof.words}" for proof in self.proofs if not proof.is_proved)
