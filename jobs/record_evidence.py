"""Record evidence: at every look, writes down what pipelines, releases and test runs show of a deployment."""

from __future__ import annotations

from bot.picture import Picture
from bot.plan import Plan
from bot.record_evidence import plan_evidence


def plan(picture: Picture) -> Plan:
    return plan_evidence(picture)
