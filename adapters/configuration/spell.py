"""Spelling out: the configured words over the default ones, as settings and as the board reads them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

from adapters.azure_devops.spelling import Spelling
from adapters.configuration.default_spelling import FIELDS, LINKS, STATES, TYPES
from adapters.configuration.settings import ConnectionSettings, Settings, WorkItemSettings, WorkItemsSettings
from bot.defect import Kind

Meaning = TypeVar("Meaning", bound=Enum)
Words = TypeVar("Words")


def key_of(meaning: Enum) -> str:
    """How the file calls a meaning: State.READY_FOR_RETEST is `ready_for_retest`."""
    return meaning.name.lower()


def settings_of(kind: Kind, work_items: WorkItemsSettings) -> tuple[str, WorkItemSettings]:
    """The settings of the work items of a kind, and what the file calls the table that holds them."""
    match kind:
        case Kind.DEFECT:
            return "defect", work_items.defect
        case Kind.CHANGE_REQUEST:
            return "change_request", work_items.change_request
        case Kind.LIST:
            return "candidate_list", work_items.candidate_list
        case Kind.RFC:
            return "rfc", work_items.rfc


def types_of(kind: Kind, settings: Settings) -> tuple[str, ...]:
    _, own = settings_of(kind, settings.work_items)
    return TYPES[kind] if own.types is None else tuple(own.types)


def spelled(default: Mapping[Meaning, Words], own: Mapping[str, Words]) -> dict[Meaning, Words]:
    return {meaning: own.get(key_of(meaning), words) for meaning, words in default.items()}


def spelling_of(settings: Settings, zone: ZoneInfo) -> Spelling:
    own = {kind: settings_of(kind, settings.work_items)[1] for kind in Kind}
    return Spelling(
        project=settings.connection.project,
        web_url=_web_url(settings.connection),
        types={kind: types_of(kind, settings) for kind in Kind},
        fields={(k, f): name for k in Kind for f, name in spelled(FIELDS[k], own[k].fields).items()},
        states={(k, s): tuple(n) for k in Kind for s, n in spelled(STATES[k], _tuples(own[k])).items()},
        links=spelled(LINKS, settings.links),
        zone=zone,
        canary=settings.canary.item,
    )


def _tuples(own: WorkItemSettings) -> dict[str, tuple[str, ...]]:
    return {key: tuple(names) for key, names in own.states.items()}


def _web_url(connection: ConnectionSettings) -> str:
    return f"{connection.organisation_url.rstrip('/')}/{quote(connection.project, safe='')}"
