"""Record: at every look, writes down what has been deployed, and what says so."""

from __future__ import annotations

from bot.follow_rfcs import plan_deployments
from bot.picture import Picture
from bot.plan import Plan


def plan(picture: Picture) -> Plan:
    return plan_deployments(picture)
