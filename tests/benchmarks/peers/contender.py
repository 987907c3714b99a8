"""A contender: what is run, for which of its works, and how often."""

from __future__ import annotations

from dataclasses import dataclass

HERE = "tests.benchmarks.peers"
SLOW = 1_000
"""Requests from which one run has to do for the median of several."""


@dataclass(frozen=True, slots=True)
class Contender:
    """`command` is a module and its arguments, with the places of the course in braces; `works` how many it does.

    `python` empty: that of the project. `grows`: it sends a request for each work item.
    """

    name: str
    command: tuple[str, ...]
    works: int = 2
    python: str = ""
    grows: bool = False

    def repeats(self, items: int, most: int) -> int:
        if not self.grows or items < SLOW // 10:
            return most
        return 1 if items >= SLOW else min(most, 3)


SHUNTER = Contender("Shunter", (f"{HERE}.by_shunter", "{settings}", "{folder}", "look"))
LINGERING = Contender("Shunter", (f"{HERE}.by_shunter", "{settings}", "{folder}", "linger"))
EACH = Contender("SDK, one GET an item", (f"{HERE}.by_sdk", "{url}", "{token}", "each", "0", "0"), grows=True)
EVERYTHING = Contender("SDK, 200 at once, all", (f"{HERE}.by_sdk", "{url}", "{token}", "everything", "0", "0"))
FIELDS = Contender("SDK, 200 at once, 9 fields", (f"{HERE}.by_sdk", "{url}", "{token}", "fields", "0", "0"))
READERS = (SHUNTER, EACH, EVERYTHING, FIELDS)


def simple_ado(python: str) -> Contender:
    return Contender("simple-ado", (f"{HERE}.by_simple_ado", "{url}", "{token}"), python=python)


def movers(first: int, count: int) -> tuple[Contender, Contender]:
    return (
        Contender("Shunter", (f"{HERE}.by_shunter", "{settings}", "{folder}", "move"), works=1),
        Contender(
            "SDK, one PATCH an item",
            (f"{HERE}.by_sdk", "{url}", "{token}", "move", str(first), str(count)),
            works=1,
            grows=True,
        ),
    )
