"""Updates: the history of a work item, read into steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from adapters.azure_devops import people
from adapters.azure_devops.instants import FOR_EVER, read_instant
from adapters.azure_devops.node import Json, Node
from adapters.azure_devops.reading import CHANGED_DATE, relation
from adapters.azure_devops.spelling import LONG_TEXT, Spelling
from adapters.azure_devops.text_values import plain
from bot.any_state import AnyState
from bot.change import Field, LinkKind
from bot.defect import Kind
from bot.history import REMEMBERED, Step
from bot.written import read_mark

_INSTANTS = (Field.DEPLOYED_AT, Field.WINDOW_START)
FIX_LINKS = {Kind.LIST: LinkKind.ENTRY, Kind.RFC: LinkKind.FIX}


@dataclass(frozen=True, slots=True)
class _Standing:
    """What holds after one update and carries over to the next."""

    rev: int = 0
    superseded_at: datetime | None = None
    seal: str = ""
    answers: str = ""
    linked: frozenset[int] = frozenset()


def is_latest(update: Node) -> bool:
    """The service dates the end of what still stands in the year 9999."""
    return str(update.get("revisedDate")).startswith(str(FOR_EVER))


def steps(updates: Iterable[Node], kind: Kind, spelling: Spelling) -> tuple[Step, ...]:
    """One for each revision: an update that only changed links makes none. What the author of a revision did to its
    links right after it belongs to it: it may have been one write, and what that missed may have been put right."""
    found: list[Step] = []
    standing = _Standing()
    for update in updates:
        rev = update.number("rev")
        standing = replace(standing, linked=_linked(update, kind, spelling, standing.linked))
        if rev > standing.rev and update.get("fields") is not None:
            standing = replace(
                standing,
                rev=rev,
                seal=_kept(update, spelling.field(kind, Field.SEAL), standing.seal),
                answers=_kept(update, spelling.field(kind, Field.ANSWERS), standing.answers),
            )
            found.append(_step(update, standing, kind, spelling))
        elif found and update.get("relations") is not None and made_by(update) == found[-1].by:
            found[-1] = replace(found[-1], linked=_linked(update, kind, spelling, found[-1].linked))
        standing = replace(standing, superseded_at=read_instant(update.get("revisedDate")))
    return tuple(found)


def _step(update: Node, standing: _Standing, kind: Kind, spelling: Spelling) -> Step:
    return Step(
        rev=standing.rev,
        at=_made_at(update, standing),
        by=made_by(update),
        state=_state(update, kind, spelling),
        seal=standing.seal,
        answers=plain(standing.answers) if standing.answers else "",
        wrote=dict(_wrote(update, kind, spelling)),
        linked=standing.linked,
        rule=_rule(update, kind, spelling),
    )


def _made_at(update: Node, before: _Standing) -> datetime:
    """A revision begins where the one before it ended, if it does not say so itself."""
    said = read_instant(_new(update, CHANGED_DATE)) or before.superseded_at
    return said or update.node("fields").node(CHANGED_DATE).instant("newValue")


def made_by(update: Node) -> str:
    return people.sign_in_of(people.spelled(update.get("revisedBy")) or update.text("revisedBy"))


def _state(update: Node, kind: Kind, spelling: Spelling) -> AnyState | None:
    text = _new(update, spelling.field(kind, Field.STATE) or "")
    return spelling.state_of(kind, text) if isinstance(text, str) else None


def _kept(update: Node, name: str | None, before: str) -> str:
    """The text of a field, which an update that does not speak of it leaves as it was."""
    if name is None or name not in update.mapping("fields"):
        return before
    new = _new(update, name)
    return new if isinstance(new, str) else ""


def _wrote(update: Node, kind: Kind, spelling: Spelling) -> Iterator[tuple[Field, str]]:
    """What the update tells of a field that it did not change is not told."""
    changed = update.mapping("fields")
    for meaning in REMEMBERED:
        change = changed.get(spelling.field(kind, meaning) or "")
        if isinstance(change, dict) and change.get("oldValue") != change.get("newValue"):
            yield meaning, _plain(meaning, change.get("newValue"))


def _plain(meaning: Field, value: Json) -> str:
    if value is None:
        return ""
    if meaning in _INSTANTS:
        instant = read_instant(value)
        return instant.isoformat() if instant is not None else ""
    return plain(str(value)) if meaning in LONG_TEXT else str(value).strip()


def _linked(update: Node, kind: Kind, spelling: Spelling, before: frozenset[int]) -> frozenset[int]:
    """By its updates of links alone too, which make no step."""
    if kind not in FIX_LINKS:
        return before
    rel = spelling.links[FIX_LINKS[kind]]
    return (before - _ends(update, "removed", rel)) | _ends(update, "added", rel)


def _ends(update: Node, what: str, rel: str) -> frozenset[int]:
    found = map(relation, changed_links(update, what))
    return frozenset(link.target for link in found if link.rel == rel and link.target is not None)


def changed_links(update: Node, what: str) -> Iterator[Node]:
    """Those that it `added`, `removed` or `updated`."""
    if update.get("relations") is not None and update.node("relations").get(what) is not None:
        yield from update.node("relations").nodes(what)


def _rule(update: Node, kind: Kind, spelling: Spelling) -> str:
    mark = _new(update, spelling.field(kind, Field.WRITTEN) or "")
    read = read_mark(mark) if isinstance(mark, str) else None
    return read.rule if read is not None else ""


def _new(update: Node, name: str) -> Json:
    change = update.mapping("fields").get(name)
    return change.get("newValue") if isinstance(change, dict) else None
