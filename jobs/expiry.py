"""Expiry: people are told in time that what Shunter signs in with will end."""

from __future__ import annotations

from datetime import datetime, timedelta

from adapters.configuration.configuration import Configuration
from bot.dates import spoken_day

AHEAD = timedelta(days=21)


def expiry_words(configuration: Configuration, now: datetime) -> str:
    """Empty while there is time, or where nobody has said when it ends."""
    last = configuration.sign_in.expires
    today = now.astimezone(configuration.programme.zone).date()
    if last is None or last - today > AHEAD:
        return ""
    tense = "ended on" if last < today else "ends on"
    return f"what {configuration.sign_in.account} signs in with {tense} {spoken_day(last)}: renew it before"
