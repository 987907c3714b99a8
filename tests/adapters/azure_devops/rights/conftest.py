"""A project of three areas, in which Shunter's account has just what it needs."""

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.mhhs_process import MHHS_PROCESS
from adapters.sandbox.mhhs_seeds import bot_rights
from tests.adapters.azure_devops.world import PEOPLE, START, World

SECRET, DEEP = "MHHS\\Secret", "MHHS\\Secret\\Deep"


@pytest.fixture
def world() -> World:
    return a_world()


def a_world() -> World:
    clock = SettableClock(START)
    azure = Azure(
        organisation="mhhs", project="MHHS", process=MHHS_PROCESS, people=PEOPLE, clock=clock, areas=[SECRET, DEEP]
    )
    azure.wiki.create()
    bot_rights.settle(azure)
    return World(azure)
