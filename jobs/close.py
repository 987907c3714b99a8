"""Close: at every look, closes the RFCs and lists that are complete."""

from __future__ import annotations

from bot.follow_rfcs import plan_closures
from bot.picture import Picture
from bot.plan import Plan


def plan(picture: Picture) -> Plan:
    return plan_closures(picture)
