"""The base: the small world after its first look, made once in a process; every simulation begins with copies of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import gettempdir

from adapters.configuration.configuration import Configuration
from adapters.sandbox.boards import Boards
from adapters.sandbox.mhhs_seeds.people import BOT
from jobs.run import Ending
from jobs.wiring import private_cache
from tests.campaign.passing_time import PassingTime
from tests.campaign.replica import Account, Replica
from tests.campaign.watched_store import WatchedStore, watched_store
from tests.jobs.play import URL
from tests.jobs.small_world import small_settings, small_world


@dataclass(frozen=True)
class Base:
    boards: Boards
    at: datetime
    store: bytes
    configuration: Configuration
    token: str


@cache
def base() -> Base:
    """The store has been through a look by then: what a process checks once, has been checked."""
    folder = Path(gettempdir()) / "shunter-campaign"
    folder.mkdir(exist_ok=True)
    private_cache(folder)
    azure, store = small_world(), a_store()
    configuration, token = small_settings(azure, URL, folder), azure.token_for(BOT)
    account = Account(token, lambda: False)
    replica = Replica("first", azure, PassingTime(azure.clock), configuration, account, store, lambda *_: None)
    report = replica.look()
    assert report is not None
    assert report.ending is Ending.DONE, report.why
    made = Base(azure.organisation.boards.copy(), azure.clock.now(), store.everything(), configuration, token)
    give_back(store)
    return made


_free: list[WatchedStore] = []


def a_store() -> WatchedStore:
    """Blank; for one replica until it is given back."""
    store = _free.pop() if _free else watched_store()
    store.is_lost()
    return store


def give_back(store: WatchedStore) -> None:
    store.database.happening = lambda *_: None
    _free.append(store)


def close_all() -> None:
    while _free:
        _free.pop().database.close()
