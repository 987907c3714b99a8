"""Every job, by name, in the order in which their actions are carried out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.not_conserved import NotConserved, Sum
from bot.picture import Picture
from bot.plan import Plan, merge
from bot.sound_part import sound_part
from bot.sums import not_conserved
from bot.untold import untold
from jobs import (
    agree,
    answer_comments,
    close,
    hand_to_testers,
    keep_control_points,
    propose,
    put_back,
    raise_rfcs,
    record_deployments,
    record_evidence,
    sweep,
)

JOBS: Mapping[str, Callable[[Picture], Plan]] = {
    "hand_to_testers": hand_to_testers.plan,
    "put_back": put_back.plan,
    "sweep": sweep.plan,
    "record_evidence": record_evidence.plan,
    "record_deployments": record_deployments.plan,
    "agree": agree.plan,
    "raise_rfcs": raise_rfcs.plan,
    "close": close.plan,
    "answer_comments": answer_comments.plan,
    "propose": propose.plan,
    "keep_control_points": keep_control_points.plan,
}

RESTS_ON: Mapping[Sum, tuple[str, ...]] = {
    Sum.RETEST: ("hand_to_testers", "put_back", "close", "propose"),
    Sum.DELIVERY: ("agree", "raise_rfcs", "propose"),
}
"""What may do nothing for those whose sum does not add up. What people did, and what they ask, is recorded and
answered all the same."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done; and in words what is stopped, as a sum does not add up, or a history is not told."""

    plan: Plan
    stopped: tuple[str, ...] = ()


def decide(picture: Picture, names: Collection[str] = tuple(JOBS)) -> Decision:
    """What the named jobs would do, as one plan."""
    broken, secret = not_conserved(picture), untold(picture.facts)
    plans = {name: job(picture) for name, job in JOBS.items() if name in names}
    sound = (sound_part(plan, [*_under(name, broken), *secret], picture.facts) for name, plan in plans.items())
    stopped = (_words(one, names) for one in broken if _resting_on(one, names))
    return Decision(merge(sound), (*stopped, *(f"{one.words}: nothing is decided for {one.party}" for one in secret)))


def _under(name: str, broken: Sequence[NotConserved]) -> list[NotConserved]:
    return [one for one in broken if name in RESTS_ON[one.sum]]


def _resting_on(broken: NotConserved, names: Collection[str]) -> list[str]:
    return [name for name in RESTS_ON[broken.sum] if name in names]


def _words(broken: NotConserved, names: Collection[str]) -> str:
    jobs = ", ".join(_resting_on(broken, names))
    return f"{broken.words}: stopped for {broken.whom} until they do: {jobs}; please report it"
