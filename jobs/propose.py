"""Propose: at every look, keeps one candidate list for each environment and party in step with the facts."""

from __future__ import annotations

from bot.picture import Picture
from bot.plan import Plan
from bot.propose_lists import plan_lists


def plan(picture: Picture) -> Plan:
    return plan_lists(picture)
