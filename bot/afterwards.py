"""Afterwards: the facts as they will be once an RFC has been changed, so that what it will say can be composed now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.change import Edit
from bot.facts import Facts
from bot.history import Step, remembered
from bot.rfc import Rfc


def afterwards(facts: Facts, after: Rfc, edits: Iterable[Edit], by: str, rule: str = "") -> Facts:
    """`after` as it will stand by the edits of one revision that `by` makes now, and its history with that one."""
    before = facts.rfcs[after.id]
    state = after.state if after.state is not before.state else None
    wrote = remembered(edits)
    step = Step(before.rev + 1, facts.now, by, state, before.seal, before.answers, wrote, after.fixes, rule)
    steps = (*facts.histories.get(after.id, ()), step)
    return replace(facts, rfcs={**facts.rfcs, after.id: after}, histories={**facts.histories, after.id: steps})
