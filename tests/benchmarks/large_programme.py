"""A large programme: ten environments, two pairs of them level, with mandatory orders; a dozen parties in each."""

from __future__ import annotations

from datetime import time, timedelta

from bot.environment import Closes, MustPass, Weekly
from bot.programme import Programme
from tests.bot.world import a_party, a_programme, an_environment, number

PARTIES = (
    "Avanade", "Capgemini", "DCC", "Electralink", "Elexon", "Fujitsu",
    "Gemserv", "Helix", "Landmark", "RECCo", "St Clements", "Xoserve",
)  # fmt: skip
LEVEL = {"SIT-A": "SIT-B", "SIT-B": "SIT-A", "UIT-A": "UIT-B", "UIT-B": "UIT-A"}
FIRST = {
    "SIT-A": (MustPass("SIT Staging", False),),
    "SIT-B": (MustPass("SIT Staging", False),),
    "UIT-A": (MustPass("SIT-A", True),),
    "UIT-B": (MustPass("SIT-A", True),),
    "CCMT": (MustPass("QAS2", True),),
    "Pre-production": (MustPass("CCMT", True), MustPass("UIT-A", True)),
}
ENVIRONMENTS = (
    "SIT Staging", "SIT-A", "SIT-B", "UIT-A", "UIT-B", "QAS2", "CCMT", "Performance", "Training", "Pre-production",
)  # fmt: skip
BASELINE = number("5.2.15.0")


def large_programme(parties: int) -> Programme:
    environments = [
        an_environment(
            name,
            level_with=(LEVEL[name],) if name in LEVEL else (),
            must_pass=FIRST.get(name, ()),
            weekly=(Weekly(0, time(9), timedelta(hours=2)),),
            closes=Closes.BOT if name in ("QAS2", "CCMT") else Closes.RELEASE_MANAGER,
            smoke_test=name in ("QAS2", "CCMT"),
        )
        for name in ENVIRONMENTS
    ]
    baseline = dict.fromkeys(ENVIRONMENTS, BASELINE)
    return a_programme(
        environments, [a_party(name, environments=ENVIRONMENTS, baseline=baseline) for name in PARTIES[:parties]]
    )
