"""Beside the looks: what a service does once in a while, a line for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from adapters.configuration.configuration import Configuration
from jobs.backup import keep_backups
from jobs.canary import prove_daily
from jobs.side_jobs import SideJob
from jobs.vitals import Vitals
from jobs.world import World

DAILY, FOUR_TIMES_A_DAY = timedelta(days=1), timedelta(hours=6)


def side_jobs_of(configuration: Configuration, world: Callable[[], World], vitals: Vitals) -> Mapping[str, SideJob]:
    """By the name that the ledger keeps them under. `world`: the one at hand, once there is one."""
    return {
        "canary": SideJob(DAILY, lambda: prove_daily(world(), configuration, vitals.hear)),
        "backup": SideJob(FOUR_TIMES_A_DAY, lambda: keep_backups(configuration, world().boards.server_time())),
    }
