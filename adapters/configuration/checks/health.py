"""Health: an address that is a number, and a port that nothing else of Shunter's has."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from adapters.configuration.problem import Problem
from adapters.configuration.settings import Settings


def check_health(settings: Settings) -> Iterator[Problem]:
    health, hooks = settings.health, settings.hooks
    if health is None:
        return
    yield from about_the_address("health", health.address)
    if hooks is not None and hooks.port == health.port:
        yield Problem(("health", "port"), "is that of [hooks], which are listened to apart", "write another one")


def about_the_address(table: str, address: str) -> Iterator[Problem]:
    try:
        ip_address(address.replace("%", " "))  # a zone behind % is nothing that can be listened on everywhere
    except ValueError:
        what = "is not the address of a network interface"
        yield Problem((table, "address"), what, 'write a number such as "127.0.0.1", not a name')
