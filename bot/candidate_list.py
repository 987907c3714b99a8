"""Candidate lists: what could go into one environment's next release of one party, and its seal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, StrEnum

from bot.defect import Defect, Fix, Kind
from bot.number import Number, ReleaseType
from bot.window import Window
from bot.written import Written


class ListState(Enum):
    """Where a list stands between being proposed and its RFC being closed."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    RAISED = "raised"
    CLOSED = "closed"
    OTHER = "other"


class Role(StrEnum):
    """What an environment does with a fix that a release brings there; the value is the words on its link."""

    RETEST_HERE = "retest here"
    RETEST_ELSEWHERE = "retest elsewhere"
    CARRIED = "carried"
    CHANGE = "change request"


def role_in(environment: str, defect: Defect | None) -> Role:
    """Retest happens only in the environment that found the defect [M7.4]; a change request is not retested."""
    if defect is not None and defect.kind is Kind.CHANGE_REQUEST:
        return Role.CHANGE
    if defect is not None and defect.was_found_in(environment):
        return Role.RETEST_HERE
    return Role.RETEST_ELSEWHERE


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One fix on a list, and its role in the list's environment."""

    fix: Fix
    role: Role

    def __str__(self) -> str:
        """The words on its link: `5.2.16.0, retest here`."""
        return f"{self.fix.number}, {self.role.value}"


@dataclass(frozen=True, slots=True)
class Key:
    """What a list or an RFC is about: at most one live RFC exists for a key with a number."""

    environment: str
    party: str
    number: Number | None

    def __str__(self) -> str:
        return f"{self.party} {self.number or '(no number yet)'} to {self.environment}"


@dataclass(frozen=True, slots=True)
class CandidateList:
    """A candidate list as its work item holds it. `seal` is empty until the list has been agreed and sealed.

    `number_text` is what stands as number, readable or not; `roadmap` what the roadmap calls the release.
    """

    id: int
    rev: int
    state: ListState
    environment: str
    party: str
    type: ReleaseType
    window: Window
    number: Number | None
    entries: frozenset[Entry]
    edition: int = 0
    seal: str = ""
    claim: str = ""
    waiver: str = ""
    sequence: int = 1
    written: Written | None = None
    changed_at: datetime | None = None
    changed_by: str = ""
    title: str = ""
    comments: int = 0
    number_text: str = ""
    roadmap: str = ""

    @property
    def key(self) -> Key:
        return Key(self.environment, self.party, self.number)

    @property
    def is_open(self) -> bool:
        return self.state in (ListState.PROPOSED, ListState.AGREED, ListState.RAISED)

    @property
    def is_sealed(self) -> bool:
        """What a person put back to proposed is open again, although its last seal still stands on it."""
        return bool(self.seal) and self.state is not ListState.PROPOSED

    @property
    def chosen_number(self) -> Number | None:
        """The number, where a person set it; None where the bot did."""
        by_bot = self.written is not None and self.written.number == str(self.number)
        return None if by_bot else self.number

    @property
    def unreadable_number(self) -> str:
        """What a person typed as number and is none; empty where a number or nothing stands there."""
        return self.number_text.strip() if self.number is None else ""

    @property
    def own_number(self) -> str:
        """What the bot's next mark tells as its own number: nothing, where a person set it."""
        return "" if self.number is None or self.chosen_number is not None else str(self.number)

    @property
    def is_regular(self) -> bool:
        return self.type is not ReleaseType.EMERGENCY


def seal_of(key: Key, type_: ReleaseType, window: Window, entries: frozenset[Entry]) -> str:
    """A SHA-256 over the values that were agreed. Not over text, which Azure DevOps rewrites, and not over
    titles: a corrected typo must not void an approval."""
    lines = [key.environment, key.party, str(key.number), type_.value, window.start.astimezone(UTC).isoformat()]
    lines += sorted(f"{entry.fix.defect} {entry}" for entry in entries)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def still_sealed(candidate_list: CandidateList) -> bool:
    """Whether the list still holds exactly what its seal was set over."""
    agreed = seal_of(candidate_list.key, candidate_list.type, candidate_list.window, candidate_list.entries)
    return candidate_list.seal == agreed
