"""Closing: whether an RFC is closed by people, or by Shunter once it is complete [M5.2], [M Table 9], [C5.5]."""

from __future__ import annotations

from bot.environment import Closes
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from bot.rfc_attempts import attempts_of


def is_closed_by_people(rfc: Rfc, picture: Picture) -> bool:
    """Where the environment says so; and where a person has opened again what Shunter had closed."""
    environment = picture.facts.programme.environments[rfc.environment]
    return environment.closes is Closes.RELEASE_MANAGER or _was_reopened(rfc, picture)


def _was_reopened(rfc: Rfc, picture: Picture) -> bool:
    """In the same attempt: an RFC that is asked for anew is closed anew."""
    steps = attempts_of(rfc, picture.facts)[-1].steps
    has_closed = any(step.state is RfcState.CLOSED and step.by == picture.facts.bot for step in steps)
    return has_closed and rfc.state is not RfcState.CLOSED
