"""Sweep: at every look, closes a second RFC for the same environment, party and number, should there ever be one."""

from __future__ import annotations

from bot.picture import Picture
from bot.plan import Plan
from bot.sweep import plan_sweep


def plan(picture: Picture) -> Plan:
    return plan_sweep(picture)
