"""The verdict: what the server's history says of what Shunter has done; nothing else is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from adapters.sandbox.azure import Azure, Mark
from adapters.sandbox.cast import LIST, RFC
from adapters.sandbox.mhhs_seeds.people import BOT
from adapters.sandbox.work_item import Revision, WorkItem

READY = "Ready for Retest"
FIX = "System.LinkTypes.Related"
KEY = ("Custom.ReleaseEnvironment", "Custom.ReleaseParty", "Custom.ReleaseNumber")
SAME = ("System.WorkItemType", "System.State", "Custom.Edition", "Custom.Seal", "Custom.Outcome", "System.Tags")
TEXTS = ("System.Title", "System.Description", "Custom.ReleaseNote", "Custom.ControlPoints", "Custom.Answers")
Key: TypeAlias = tuple[str, ...]


def violations(azure: Azure, since: Mark) -> list[str]:
    """Whatever was promised and is not so, in words; `since`: before it, everything was well."""
    made = [revision for revision in azure.revisions_since(since) if revision.by.sign_in == BOT]
    return [*_made_twice(azure), *_moved_twice(azure, made), *_moved_unproved(azure, made), *_said_twice(azure)]


def world(azure: Azure, *, with_texts: bool = False) -> Counter[Any]:
    """Everything that matters of where the programme stands, by keys: two courses of one story end alike.

    Texts say when they were written: only two courses at the same time of the server have the same.
    """
    fields = SAME + TEXTS * with_texts
    items = [*azure.items()]
    named = {item.id: _name(item) for item in items}
    return Counter(
        (_name(item), tuple(str(item.fields.get(name, "")) for name in fields), _links(item, named)) for item in items
    )


def difference(wanted: Counter[Any], found: Counter[Any]) -> list[str]:
    missing = [f"missing: {one}" for one in (wanted - found).elements()]
    return [*missing, *(f"too many: {one}" for one in (found - wanted).elements())]


def _links(item: WorkItem, named: Mapping[int, Key]) -> tuple[tuple[str, Key], ...]:
    found = ((link.rel, named.get(link.target or 0)) for link in item.relations)
    return tuple(sorted((rel, name) for rel, name in found if name is not None))


def _name(item: WorkItem) -> Key:
    return key_of(item.fields) if item.type.name in (LIST, RFC) else (str(item.id),)


def key_of(fields: Mapping[str, Any]) -> Key:
    return tuple(str(fields.get(name, "")) for name in KEY)


def _made_twice(azure: Azure) -> Iterator[str]:
    """A second list may have been made, where two processes were as fast as each other: it has to be closed by now."""
    lists = [item for item in azure.items(LIST) if item.state != "Closed"]
    for items in (lists, azure.items(RFC)):
        for key, count in Counter(key_of(item.fields) for item in items).items():
            if count > 1:
                yield f"S1: {count} of the type {items[0].type.name} for {key}"


def _moved_twice(azure: Azure, made: Iterable[Revision]) -> Iterator[str]:
    for id, count in Counter(revision.id for revision in made if _is_move(azure, revision)).items():
        if count > 1:
            yield f"S6: defect {id} was moved to {READY} {count} times"


def _moved_unproved(azure: Azure, made: Iterable[Revision]) -> Iterator[str]:
    for revision in made:
        if _is_move(azure, revision):
            where = str(revision.fields.get("Custom.FoundIn", ""))
            if not any(_brought(rfc, revision) for rfc in azure.items(RFC) if key_of(rfc.fields)[0] == where):
                yield f"S4: defect {revision.id} was moved, and no RFC for {where} that was deployed brings it"


def _is_move(azure: Azure, revision: Revision) -> bool:
    if revision.rev == 1 or revision.fields.get("System.State") != READY:
        return False
    return azure.item(revision.id).history[revision.rev - 2].fields.get("System.State") != READY


def _brought(rfc: WorkItem, move: Revision) -> bool:
    """As it stood when the defect was moved."""
    before = [revision for revision in rfc.history if revision.watermark < move.watermark]
    return bool(before) and before[-1].fields["System.State"] == "Deployed" and move.id in rfc.links(FIX)


def _said_twice(azure: Azure) -> Iterator[str]:
    for item in azure.items():
        said = Counter(comment.text for comment in item.comments if comment.by.sign_in == BOT)
        yield from (f"said {count} times on {item.id}: {text}" for text, count in said.items() if count > 1)
