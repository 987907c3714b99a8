"""Wiring: the one place where the outside is built, from a configuration."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event

from requests.adapters import BaseAdapter

from adapters.azure_devops.answers import Unreadable
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.elapsed import elapsed
from adapters.azure_devops.evidence.look import Evidence
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.pace import Pace
from adapters.azure_devops.sign_in import SignIn, by_pat
from adapters.azure_devops.wiki import Wiki
from adapters.configuration.configuration import Configuration, Connection, Mode
from adapters.credentials import DeviceCode, Pat, PersonCredential, ServiceCredential
from adapters.rendering import Rendering
from adapters.store.store import Store
from adapters.web.hooks.home import Home
from jobs.world import World

SDK_CACHE = "AZURE_DEVOPS_CACHE_DIR"
SDK_TALK = ("azure_devops_python_print_urls", "vsts_python_print_urls")
"""They make the SDK print among our data what it asks for."""


def web_url(configuration: Configuration) -> str:
    """Where the project's pages are."""
    return configuration.spelling.web_url


def wire(
    configuration: Configuration,
    store: Store,
    *,
    stopping: Event | None = None,
    transport: BaseAdapter | None = None,
    boards: Boards | None = None,
) -> World:
    """The world of one programme. `transport` stands in for the network; `boards` are there before a store is."""
    stopping = stopping or Event()
    private_cache(configuration.folder)
    return world_of(configuration, store, boards or boards_of(configuration, stopping, transport), stopping)


def world_of(configuration: Configuration, store: Store, boards: Boards, stopping: Event) -> World:
    """As whoever these boards are signed in as."""
    return World(
        programme=configuration.programme,
        spelling=configuration.spelling,
        boards=boards,
        evidence=Evidence(boards.gateway, configuration.evidence),
        store=store,
        rendering=Rendering(web_url(configuration)),
        resync_interval=configuration.resync_interval,
        keep=configuration.keep,
        changes_per_run=configuration.limits.changes_per_run,
        may_act=configuration.mode is Mode.ACT,
        wiki=wiki_of(configuration, boards),
        stopping=stopping,
    )


def wiki_of(configuration: Configuration, boards: Boards) -> Wiki | None:
    if not configuration.wiki:
        return None
    return Wiki(boards.gateway, configuration.connection.project, configuration.wiki)


def boards_of(
    configuration: Configuration,
    stopping: Event,
    transport: BaseAdapter | None = None,
    say: Callable[[str], object] = sys.stderr.write,
) -> Boards:
    """`say` tells a person what to do in order to sign in. Whatever else is asked goes through their gateway too."""
    pace = Pace(
        monotonic=time.monotonic,
        elapsed=elapsed,
        wait=stopping.wait,
        per_minute=configuration.limits.requests_per_minute,
        is_stopping=stopping.is_set,
    )
    connection = configuration.connection
    sign_in = _sign_in(configuration.sign_in.credential, say, connection)
    gateway = Gateway(
        connection.organisation_url,
        sign_in,
        pace,
        transport=transport,
        ca_file=connection.ca_file,
        proxy=connection.proxy,
    )
    return Boards(gateway, configuration.spelling, Rendering(web_url(configuration)))


@contextmanager
def listening_of(
    configuration: Configuration, boards: Boards, home: Home, take: Callable[[], bool], say: Callable[[str], object]
) -> Iterator[None]:
    """Listens to service hooks where the configuration says so: each that is worth a look is a hint to `take`."""
    hooks = configuration.hooks
    if hooks is None:
        yield
        return
    from adapters.web.hooks.receiver import PATH, Receiver
    from adapters.web.server import listening

    receiver = Receiver(hooks.passwords, home, take, now=lambda: _server_time(boards), say=say)
    with listening(receiver, hooks.address, hooks.port):
        say(f"hooks: listening on {hooks.address}, port {hooks.port}, at {PATH}")
        yield


def _server_time(boards: Boards) -> datetime | None:
    try:
        return boards.server_time()
    except Unreadable:
        return None


def _sign_in(
    credential: ServiceCredential | PersonCredential, say: Callable[[str], object], connection: Connection
) -> SignIn:
    # MSAL takes a third of a second to import, and who has a token of Azure DevOps needs none of it.
    match credential:
        case Pat(token):
            return by_pat(token.reveal, token.renew)
        case DeviceCode():
            from adapters.entra.device_code import person_sign_in

            return person_sign_in(credential, say, ca_file=connection.ca_file, proxy=connection.proxy)
        case _:
            from adapters.entra.service_sign_in import service_sign_in

            return service_sign_in(credential, ca_file=connection.ca_file, proxy=connection.proxy)


def private_cache(folder: Path) -> None:
    """Where the SDK keeps its list of resources: in our own folder, unless the operator named a place."""
    os.environ.setdefault(SDK_CACHE, str(folder / "sdk-cache"))
    for name in SDK_TALK:
        os.environ.pop(name, None)
