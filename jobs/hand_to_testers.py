"""Hand over: at every look, moves what its environment can retest to Ready for Retest."""

from __future__ import annotations

from bot.picture import Picture
from bot.plan import Plan
from bot.retest import plan_retest


def plan(picture: Picture) -> Plan:
    return plan_retest(picture)
