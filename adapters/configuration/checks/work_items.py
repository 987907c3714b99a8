"""Work items: whether every meaning has a spelling of its own in the customer's process."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from enum import Enum

from adapters.configuration.checks.names import name_trouble, twice
from adapters.configuration.default_spelling import FIELDS, LINKS, STATES
from adapters.configuration.problem import Path, Problem
from adapters.configuration.quoting import quoted
from adapters.configuration.settings import Settings, WorkItemSettings
from adapters.configuration.spell import key_of, settings_of, spelled, types_of
from adapters.configuration.suggestion import suggestion
from bot.defect import Kind

_REFERENCE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+")
LONGEST_REFERENCE = 128


def check_work_items(settings: Settings) -> Iterator[Problem]:
    named: list[tuple[Path, str]] = []
    for kind in Kind:
        table, own = settings_of(kind, settings.work_items)
        base: Path = ("work_items", table)
        named += [((*base, "types", i), name) for i, name in enumerate(types_of(kind, settings))]
        yield from _types(kind, own, base)
        yield from _states(kind, own, base)
        yield from _fields(kind, own, base)
    yield from twice(named)
    yield from _unknown(settings.links, LINKS, ("links",), "a link that Shunter follows")
    yield from _references(settings.links, ("links",), "System.LinkTypes.Related")


def _types(kind: Kind, own: WorkItemSettings, base: Path) -> Iterator[Problem]:
    if own.types == []:
        yield Problem((*base, "types"), "names no type", "name the work item type, as Azure DevOps has it")
    if own.types and len(own.types) > 1 and kind in (Kind.LIST, Kind.RFC):
        yield Problem((*base, "types"), "names more than one type", "name the one that Shunter creates")
    for i, name in enumerate(own.types or ()):
        yield from _one_name((*base, "types", i), name)


def _states(kind: Kind, own: WorkItemSettings, base: Path) -> Iterator[Problem]:
    base = (*base, "states")
    yield from _unknown(own.states, STATES[kind], base, "a meaning that a state can have here")
    for key, names in own.states.items():
        if not names:
            yield Problem((*base, key), "names no state", "name the state that means it, as Azure DevOps has it")
        for i, name in enumerate(names):
            yield from _one_name((*base, key, i), name)
    yield from twice(_spelled_states(kind, own, base))


def _spelled_states(kind: Kind, own: WorkItemSettings, base: Path) -> Iterator[tuple[Path, str]]:
    """The default ones first: where one is taken twice, it is the configured one that is to be looked at."""
    every = {key_of(meaning): names for meaning, names in STATES[kind].items()}
    for key in sorted(every, key=lambda key: key in own.states):
        names = own.states.get(key, every[key])
        yield from (((*base, key, i), name) for i, name in enumerate(names))


def _fields(kind: Kind, own: WorkItemSettings, base: Path) -> Iterator[Problem]:
    base = (*base, "fields")
    yield from _unknown(own.fields, FIELDS[kind], base, "a field that Shunter reads or writes here")
    yield from _references(own.fields, base, "Custom.FoundIn")
    every = {key_of(meaning): name for meaning, name in spelled(FIELDS[kind], own.fields).items()}
    ordered = sorted(every, key=lambda key: key in own.fields)
    yield from twice(((*base, key), every[key]) for key in ordered)


def _unknown(own: Mapping[str, object], known: Collection[Enum], base: Path, what: str) -> Iterator[Problem]:
    keys = [key_of(meaning) for meaning in known]
    for key in own:
        if key not in keys:
            yield Problem((*base, key), f"is not {what}", suggestion(key, keys))


def _references(own: Mapping[str, str], base: Path, sample: str) -> Iterator[Problem]:
    for key, name in own.items():
        if not _REFERENCE.fullmatch(name) or len(name) > LONGEST_REFERENCE:
            what = f"{quoted(name)} is not a reference name"
            yield Problem((*base, key), what, f"write one such as {quoted(sample)}")


def _one_name(path: Path, name: str) -> Iterator[Problem]:
    trouble = name_trouble(path, name)
    if trouble is not None:
        yield trouble
