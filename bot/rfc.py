"""RFCs: the work items that ask to deploy one party's release into one environment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.candidate_list import Key
from bot.number import Number, ReleaseType
from bot.window import Window
from bot.written import Written


class RfcState(Enum):
    """Where an RFC stands. Only people approve, reject and withdraw [M13]."""

    RAISED = "raised"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    DEPLOYED = "deployed"
    ROLLED_BACK = "rolled back"
    CLOSED = "closed"
    OTHER = "other"


DUPLICATE = "duplicate of RFC "
"""How the outcome of an RFC begins that Shunter closed because another stands for the same: it names that one."""


@dataclass(frozen=True, slots=True)
class Rfc:
    """An RFC as its work item holds it. Texts that people write on it are plain; instants are aware.

    `fixes` are the defects and change requests that it is linked to; `delivered` those that the party says it
    delivered, None where it says nothing.
    """

    id: int
    rev: int
    state: RfcState
    environment: str
    party: str
    number: Number | None
    type: ReleaseType
    window: Window
    list_id: int | None = None
    edition: int = 0
    seal: str = ""
    roadmap: str = ""
    waiver: str = ""
    attempt: int = 1
    deployed_at: datetime | None = None
    outcome: str = ""
    evidence: str = ""
    smoke: str = ""
    fixes: frozenset[int] = frozenset()
    accepted: frozenset[int] = frozenset()
    delivered: frozenset[int] | None = None
    way_back: str = ""
    downtime: str = ""
    instructions: str = ""
    answers: str = ""
    issues: str = ""
    written: Written | None = None
    changed_at: datetime | None = None
    title: str = ""

    @property
    def key(self) -> Key:
        return Key(self.environment, self.party, self.number)

    @property
    def is_by_hand(self) -> bool:
        """Whether a person raised it without a list: its key alone tells what it is about."""
        return self.list_id is None

    @property
    def is_live(self) -> bool:
        """Whether it still asks for, or stands for, a deployment: its key is taken while it does, also in a state
        of which Shunter knows nothing."""
        return self.state is not RfcState.WITHDRAWN and not self.is_duplicate

    @property
    def is_duplicate(self) -> bool:
        """Whether it was closed because another one stands for the same: nothing ever comes of it."""
        return self.state is RfcState.CLOSED and self.outcome.startswith(DUPLICATE)

    @property
    def is_under_way(self) -> bool:
        """Whether its deployment is asked for, and nobody has told of one."""
        return self.state in (RfcState.RAISED, RfcState.APPROVED)

    @property
    def is_open(self) -> bool:
        """Whether it is under way, or was rejected: its list can be agreed anew."""
        return self.is_under_way or self.state is RfcState.REJECTED

    @property
    def is_over(self) -> bool:
        """Whether it leads to no deployment any more; one in a state of its own still may."""
        return self.state in (RfcState.DEPLOYED, RfcState.ROLLED_BACK, RfcState.CLOSED, RfcState.WITHDRAWN)
