"""Control points: at every look, brings those of the RFCs under way up to date."""

from __future__ import annotations

from bot.follow_rfcs import plan_control_points
from bot.picture import Picture
from bot.plan import Plan


def plan(picture: Picture) -> Plan:
    return plan_control_points(picture)
