"""Every job, by name, in the order in which their actions are carried out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from bot.picture import Picture
from bot.plan import Plan, merge
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


def decide(picture: Picture, names: Collection[str] = tuple(JOBS)) -> Plan:
    """What the named jobs would do, as one plan."""
    return merge(job(picture) for name, job in JOBS.items() if name in names)
