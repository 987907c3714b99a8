"""The plan: everything that a run would do, as data, each action with its rule and its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from bot.candidate_list import Key
from bot.change import Change


class ActionKind(Enum):
    """What an action does, in the words that `plan` prints."""

    CREATE_LIST = "propose a new list"
    REWRITE_LIST = "rewrite the list"
    SEAL = "seal the list"
    REOPEN_LIST = "put the list back to proposed"
    CLAIM_LIST = "claim the list for its RFC"
    RAISE_RFC = "raise the RFC"
    MARK_RAISED = "mark the list as raised"
    RECORD_EVIDENCE = "record what evidence shows"
    RECORD_DEPLOYMENT = "record the deployment"
    REVISE_RFC = "revise the RFC"
    MOVE_TO_RETEST = "move to Ready for Retest"
    PUT_BACK = "put back to Resolved"
    CLOSE_RFC = "close the RFC"
    CLOSE_LIST = "close the list"
    HOLD = "hold, as a comment asks"
    UNHOLD = "unhold, as a comment asks"
    MOVE = "plan for another day, as a comment asks"
    ANSWER = "answer comments"
    CANARY = "prove that it can be written"


@dataclass(frozen=True, slots=True)
class Fence:
    """The candidate list under which an RFC is raised: at most one create passes it for one key.

    `own_number`: as the mark on the list tells it; empty where a person set the number.
    """

    list_id: int
    list_rev: int
    key: Key
    claim: str
    own_number: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One write with the rule that asks for it, and why, in words for a person.

    `subject` names what it is about, by a key that lasts: two actions of one subject never stand in one plan.
    `digest` and `number` go into the mark that the bot leaves on a list or RFC (`bot.written`).
    """

    kind: ActionKind
    rule: str
    reason: str
    subject: str
    change: Change
    digest: str = ""
    number: str = ""
    fence: Fence | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Actions in the order in which they are carried out."""

    actions: tuple[Action, ...] = ()

    def __iter__(self) -> Iterator[Action]:
        return iter(self.actions)

    def __len__(self) -> int:
        return len(self.actions)


def merge(plans: Iterable[Plan]) -> Plan:
    """One plan out of those of all jobs: the first action on a subject stands, a later one waits for the next run,
    because it was decided on a revision that will be gone."""
    chosen: dict[str, Action] = {}
    for plan in plans:
        for action in plan:
            chosen.setdefault(action.subject, action)
    return Plan(tuple(chosen.values()))
