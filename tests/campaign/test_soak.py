"""Days of service at the real cadence: what a process takes does not grow with the looks that it has made."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.campaign.soak import Measured, soak

DAYS = 2
EVERY = timedelta(hours=12)
GROWTH = 8_000_000
"""Bytes: the first full read of the day and the first RFC bring in what is kept from then on."""


@pytest.mark.campaign
def test_days_of_service_take_no_more_than_the_first_one(tmp_path: Path) -> None:
    told: list[Measured] = []
    with soak(tmp_path, seed=1, tell=told.append) as soaked:
        measured = soaked.run(DAYS, EVERY)

    assert soaked.found == []
    assert soaked.mishaps > 0
    first, *_, last = measured
    assert last.looks > 1400
    assert last.memory - first.memory < GROWTH
    assert last.objects - first.objects < 2_000
    assert last.handles - first.handles <= 2
    assert last.threads == first.threads
    assert last.audit < 100, "looks that find nothing to do leave nothing in the audit"
