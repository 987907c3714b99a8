"""Raise: at every look, raises an RFC for each sealed list that nothing blocks."""

from __future__ import annotations

from bot.picture import Picture
from bot.plan import Plan
from bot.raise_rfcs import plan_rfcs


def plan(picture: Picture) -> Plan:
    return plan_rfcs(picture)
