"""Record: at every look, writes down what has been deployed, and what says so."""

from __future__ import annotations

from bot.picture import Picture
from bot.plan import Plan
from bot.record_deployments import plan_deployments


def plan(picture: Picture) -> Plan:
    return plan_deployments(picture)
