"""Brought: whether an RFC brought the fix of a defect to its testers, by the list that was sealed for it or by name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from adapters.sandbox.work_item import Fields
from bot.number import Number, read_number
from tests.campaign.checker import fields as f
from tests.campaign.checker.history import Change, History, text_of
from tests.campaign.checker.roles import may_approve, place_of

_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r"(?<![\w.])\d{1,9}(?![\w.])")
_ENTRY = re.compile(r"(?P<number>\d+(?:\.\d+){2,3}), (?P<role>.+)")


def ids_in(text: str) -> frozenset[int]:
    """The work items that a text names: plain numbers, and not the places of a release number."""
    return frozenset(map(int, _ID.findall(plain(text))))


NO_ENTRY = (None, "")


def entry(comment: str) -> tuple[Number | None, str]:
    """What the comment on a link from a list says: the number of the fix, and its role there."""
    found = _ENTRY.fullmatch(comment.strip())
    return (read_number(found["number"]), found["role"]) if found else NO_ENTRY


def key_of(fields: Fields) -> tuple[str, str, Number | None]:
    """Environment, party and number, of a list or an RFC."""
    return text_of(fields, f.ENVIRONMENT), text_of(fields, f.PARTY), read_number(text_of(fields, f.NUMBER))


def lists_of(rfc: int, history: History, place: int) -> Iterator[int]:
    """Its own list; of one that was raised by hand, those with its key."""
    stood = history.stood(rfc, place)
    named = stood.get(f.LIST_OF_RFC)
    if isinstance(named, int):
        yield named
        return
    if parents := history.links(rfc, f.TO_LIST, place):
        yield from parents
        return
    yield from (id for id, fields in history.items(f.LIST, place) if key_of(fields) == key_of(stood))


def sealings(list_: int, history: History, place: int) -> list[Change]:
    """The revisions by which the bot put a seal on it, oldest first."""
    steps = history.revisions(list_, place)
    return [s for s in steps if s.by == history.bot and s.text(f.SEAL) and (s.sets(f.SEAL) or s.sets(f.EDITION))]


def sealed_entries(rfc: int, history: History, place: int) -> dict[int, tuple[Number | None, str]]:
    """What its list was linked to when the seal was set that the RFC bears; of one without a seal, the last one."""
    seal = text_of(history.stood(rfc, place), f.SEAL)
    for list_ in lists_of(rfc, history, place):
        wanted = [s for s in sealings(list_, history, place) if seal in ("", s.text(f.SEAL))]
        if wanted:
            return entries_at(list_, history, wanted[-1].place)
    return {}


def entries_at(list_: int, history: History, place: int) -> dict[int, tuple[Number | None, str]]:
    """Whatever else it is linked to says nothing."""
    links = history.links(list_, f.ENTRY, place)
    return {id: its for id, comment in links.items() if (its := entry(comment)) != NO_ENTRY}


def why_not_brought(defect: Fields, id: int, rfc: int, history: History, place: int) -> str:
    """Why this RFC does not send the defect to its testers, in words; empty where it does."""
    stood = history.stood(rfc, place)
    environment, party, _ = key_of(stood)
    own = text_of(defect, f.PARTY_OF_DEFECT)
    found = place_of(text_of(defect, f.FOUND_IN), own, history.programme)
    if (environment, party) != (found, own):
        return f"RFC {rfc} is {party}'s for {environment}, and {own}'s defect was found in {found}"
    if id in accepted(rfc, history, place):
        return ""
    number, role = sealed_entries(rfc, history, place).get(id, (None, ""))
    if role != f.RETEST_HERE:
        return f"the list that was sealed for RFC {rfc} does not name it for retest, and nobody had accepted it"
    delivered = text_of(stood, f.DELIVERED)
    if plain(delivered).strip() and id not in ids_in(delivered):
        return f"{party} did not name it among what RFC {rfc} delivered"
    version = read_number(text_of(defect, f.VERSION))
    if version is not None and version != number:
        return f"RFC {rfc} brought {number} of it, and it waits for {version}"
    return ""


def accepted(rfc: int, history: History, place: int) -> frozenset[int]:
    """What a release manager of its environment has named there as brought."""
    stood = history.stood(rfc, place)
    environment = history.programme.environments.get(text_of(stood, f.ENVIRONMENT))
    if environment is None:
        return frozenset()
    party, named = text_of(stood, f.PARTY), frozenset[int]()
    for change in history.revisions(rfc, place):
        if change.sets(f.ACCEPTED):
            ids = ids_in(change.text(f.ACCEPTED))
            counts = may_approve(change.by, environment, party, history.programme, history.bot)
            named = ids if counts else named & ids
    return named


def plain(text: str) -> str:
    return html.unescape(_TAG.sub(" ", text))
