"""Beside the looks: what a service does once in a while, a line for each."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.configuration.configuration import Configuration
from jobs.at_hand import WorldAtHand
from jobs.side_jobs import SideJob


def side_jobs_of(_configuration: Configuration, _at_hand: WorldAtHand) -> Mapping[str, SideJob]:
    """By the name that the ledger keeps them under. They begin once the world is at hand (`at_hand.opened()`)."""
    return {}
