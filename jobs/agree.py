"""Agree: at every look, seals the lists that were agreed and puts back those that cannot stand."""

from __future__ import annotations

from bot.agree import plan_agreements
from bot.picture import Picture
from bot.plan import Plan


def plan(picture: Picture) -> Plan:
    return picture.once(plan_agreements)
