"""reporting/workitemlinks: links between work items that were made or removed since a token."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import islice
from typing import Any

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer, of_json
from adapters.sandbox.call import Call
from adapters.sandbox.feed_token import FeedToken
from adapters.sandbox.link_change import LinkChange
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.refusals import bad_relation, not_known_here
from adapters.sandbox.relation_type import relation_types


def by_query(call: Call, organisation: Organisation) -> Answer:
    """A link is told once, under the name of both its directions, from its forward end."""
    if call.text("continuationToken") and call.text("startDateTime"):
        raise not_known_here("a startDateTime together with a continuationToken")
    start = FeedToken.read(call.text("continuationToken")).position
    visible = _visible(organisation)
    is_wanted = _filter(call, organisation)
    wanted = ((n, change) for n, change in enumerate(visible[start:], start) if is_wanted(change))
    page = list(islice(wanted, organisation.limits.feed_page))
    beyond = next(wanted, None)
    end = len(visible) if beyond is None else page[-1][0] + 1
    return of_json(
        {
            "values": [_row(change, call, organisation) for _, change in page],
            "nextLink": f"{call.base}/_apis/wit/reporting/workItemLinks?continuationToken={end}",
            "continuationToken": str(end),
            "isLastBatch": beyond is None,
        }
    )


def _visible(organisation: Organisation) -> list[LinkChange]:
    until = organisation.visible_until()
    changes = organisation.boards.links
    if until is None:
        return changes
    hidden = next((n for n, change in enumerate(changes) if change.at > until), len(changes))
    return changes[:hidden]


def _filter(call: Call, organisation: Organisation) -> Callable[[LinkChange], bool]:
    """`types` is taken to mean either end: which one the service looks at is not documented."""
    rels, types, since = call.list("linkTypes"), call.list("types"), call.instant("startDateTime")
    families = None if rels is None else {_family(rel) for rel in rels}
    names = None if types is None else {organisation.type(name).name for name in types}
    items = organisation.boards.items

    def is_wanted(change: LinkChange) -> bool:
        return (
            (families is None or change.rel in families)
            and (
                names is None or not names.isdisjoint((items[change.source].type.name, items[change.target].type.name))
            )
            and (since is None or change.at >= since)
        )

    return is_wanted


def _family(rel: str) -> str:
    families = _families()
    if rel not in families:
        raise bad_relation(f"TF201062: The link type {rel} does not exist.")
    return families[rel]


@cache
def _families() -> dict[str, str]:
    families = {name: found.family for name, found in relation_types().items()}
    return families | {family: family for family in families.values()}


def _row(change: LinkChange, call: Call, organisation: Organisation) -> dict[str, Any]:
    return {
        "rel": change.rel,
        "sourceId": change.source,
        "targetId": change.target,
        "changedDate": instant.in_text(change.at),
        "changedBy": change.by.reference(call.base),
        "isActive": change.is_active,
        "changedOperation": "create" if change.is_active else "remove",
        "sourceProjectId": organisation.project_id,
        "targetProjectId": organisation.project_id,
    }
