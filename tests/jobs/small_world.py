"""A small world: the people and the process of the programme, two parties, three environments, a dozen work items."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from adapters.configuration.configuration import Configuration
from adapters.configuration.example import example_text
from adapters.configuration.load import configured
from adapters.configuration.store_place import FILE
from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.mhhs_process import MHHS_PROCESS
from adapters.sandbox.mhhs_seeds import bot_rights
from adapters.sandbox.mhhs_seeds.people import BOT, PEOPLE, TARA, TESS, THEO, TIM

START = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
"""A Thursday."""
DCC_BUILD, ELECTRALINK_BUILD = "5.2.16.0", "3.4.8.0"
IN_SIT_A, IN_SIT_B, IN_UIT, CHANGE = (123, 456, 789), (246, 468), (301, 302), 800
DCC_FIXES = (*IN_SIT_A, *IN_SIT_B)
HELD, OPEN, KNOWN_ISSUE = 512, 555, 613


@dataclass(frozen=True, slots=True)
class Seed:
    """A work item as it is when the story starts."""

    id: int
    title: str
    found_in: str
    version: str = DCC_BUILD
    party: str = "DCC"
    state: str = "Resolved"
    raised_by: str = TESS
    retest_by: str = ""
    tags: str = ""
    type: str = "Bug"

    @property
    def fields(self) -> Mapping[str, object]:
        told = {
            "System.Title": self.title,
            "System.State": self.state,
            "System.Tags": self.tags,
            "Custom.ResolvingParty": self.party,
            "Custom.FixVersion": self.version,
        }
        if self.type == "Bug":
            told |= {"Custom.FoundIn": self.found_in, "Custom.RetestBy": self.retest_by}
        return {name: value for name, value in told.items() if value}


SEEDS = (
    Seed(123, "Switch request for related MPANs is accepted for the import MPAN only", "SIT-A"),
    Seed(246, "Daily register reads are stamped in local time", "SIT-B", raised_by=TARA),
    Seed(456, "Service request 4.8.1 is rejected with error E12", "SIT-A", raised_by=THEO, retest_by=TESS),
    Seed(468, "Export MPAN is missing from the query", "SIT-B", raised_by="rm@dcc.example", retest_by=TIM),
    Seed(HELD, "Switch confirmation carries yesterday's date", "SIT-A", tags="Hold"),
    Seed(OPEN, "Inventory query returns decommissioned devices", "SIT-A", version="", state="Active"),
    Seed(KNOWN_ISSUE, "Test harness signs out after ten minutes", "SIT-A", "", state="Active", tags="known-issue"),
    Seed(700, "Alert arrives twice", "SIT-A", version="5.2.15.0", state="Closed"),
    Seed(789, "Registration refresh leaves the energisation status empty", "SIT-A", retest_by=TARA),
    Seed(301, "Flow D0086 is sent twice", "UIT", ELECTRALINK_BUILD, "Electralink", raised_by=THEO),
    Seed(302, "File names with spaces are not picked up", "UIT", ELECTRALINK_BUILD, "Electralink"),
    Seed(CHANGE, "Translate group J0003", "", ELECTRALINK_BUILD, "Electralink", type="Change Request"),
)


def small_world(seeds: Iterable[Seed] = SEEDS) -> Azure:
    clock = SettableClock(START)
    azure = Azure(organisation="sandbox", project="MHHS", process=MHHS_PROCESS, people=PEOPLE, clock=clock)
    bot_rights.settle(azure)
    for number, seed in enumerate(sorted(seeds, key=lambda seed: seed.id)):
        at = START - timedelta(days=20) + timedelta(seconds=number)
        azure.put(seed.id, seed.type, seed.fields, by=seed.raised_by, at=at)
    return azure


def small_programme() -> dict[str, Any]:
    """The example's settings, less what the small world does not have."""
    table = deepcopy(_example())
    table["environments"] = {name: table["environments"][name] for name in ("SIT-A", "SIT-B", "UIT")}
    for environment in table["environments"].values():
        environment["must_pass"] = []
    table["parties"] = {name: table["parties"][name] for name in ("DCC", "Electralink")}
    table["parties"]["DCC"] |= {"environments": ["SIT-A", "SIT-B"], "baseline": _runs("5.2.15.0", "SIT-A", "SIT-B")}
    table["parties"]["Electralink"] |= {"environments": ["UIT"], "baseline": _runs("3.4.7.0", "UIT")}
    return table


def small_settings(azure: Azure, url: str, folder: Path) -> Configuration:
    """The settings of the small programme, which are understood once for all stories."""
    understood = _small_settings(url, azure.organisation.project, azure.token_for(BOT))
    return replace(understood, store=folder / FILE, folder=folder)


@cache
def _small_settings(url: str, project: str, token: str) -> Configuration:
    return _understood(small_programme(), url, project, token, Path())


def settings(table: dict[str, Any], azure: Azure, url: str, folder: Path) -> Configuration:
    """The table, with the connection, the account and the pace of a test."""
    return _understood(table, url, azure.organisation.project, azure.token_for(BOT), folder)


def _understood(table: dict[str, Any], url: str, project: str, token: str, folder: Path) -> Configuration:
    named: dict[str, Any] = {
        **table,
        "connection": {"organisation_url": url, "project": project},
        "sign_in": {"account": BOT, "token_variable": "SHUNTER_TOKEN"},
        "running": {"mode": "act", "resync_hours": 168},
        "limits": {"requests_per_minute": 600, "changes_per_run": 500},
    }
    return configured(named, folder, {"SHUNTER_TOKEN": token})


@cache
def _example() -> dict[str, Any]:
    return tomllib.loads(example_text())


def _runs(number: str, *environments: str) -> dict[str, str]:
    return dict.fromkeys(environments, number)
