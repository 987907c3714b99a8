"""Put back: at every look, returns what a rolled back release had moved and nobody has touched since."""

from __future__ import annotations

from bot.picture import Picture
from bot.plan import Plan
from bot.put_back import plan_put_back


def plan(picture: Picture) -> Plan:
    return plan_put_back(picture)
