"""Mutants of reading: what is taken for the state of the world."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import jobs.catch_up
import jobs.run
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.rows import ItemRow
from adapters.store.mirror import Mirror
from bot.closer_look import items_needed
from jobs.every_job import decide
from jobs.observe import as_of_now, read_closely
from jobs.world import World
from tests.campaign.mutants.mutant import Mutant
from tests.campaign.mutants.search import Cuts, Seeds

ABSORB = Mirror.absorb
CLOSELY, CHANGED = Boards.closely, Boards.changed_items


def _token_first(self: Mirror, rows: Iterable[ItemRow] = (), links: Any = (), token: Any = None) -> None:
    if token is not None:
        ABSORB(self, (), (), token)
    ABSORB(self, rows, links)


def _whatever_came(world: World, facts: Any, plan: Any, names: Any) -> Any:
    read_closely(world, items_needed(plan, facts))
    return _decided(world, as_of_now(world, facts), names)


def _not_looked_at_again(world: World, facts: Any, plan: Any, names: Any) -> Any:
    return _decided(world, facts, names)


def _decided(world: World, facts: Any, names: Any) -> Any:
    picture = world.picture(facts)
    return picture, decide(picture, names)


def _missing_is_deleted(self: Boards, ids: Iterable[int]) -> Any:
    asked = sorted(set(ids))
    rows = CLOSELY(self, asked)
    came = {row.id for row in rows}
    gone = tuple(ItemRow(id, 1_000, "Bug", {}, is_deleted=True) for id in asked if id not in came)
    return (*rows, *gone)


def _one_too_far(self: Boards, token: str | None, since: Any) -> Any:
    page = CHANGED(self, token, since)
    position, _, rest = page.token.partition(";")
    return replace(page, token=f"{int(position) + 1};{rest}") if page.is_last else page


READING = (
    Mutant(
        "missing is deleted",
        "takes what a read left out for deleted",
        lambda: [
            (Boards, "_insist_on", lambda self, missing: None),
            (Boards, "closely", _missing_is_deleted),
        ],
        Seeds(("items missing",)),
    ),
    Mutant(
        "believe an empty reading",
        "takes what a whole reading left out for gone, however much that is",
        lambda: [
            (Boards, "_insist_on", lambda self, missing: None),
            (jobs.catch_up, "suspicious_losses", lambda stood, gone: ()),
        ],
        Seeds(("items missing",), resync_hours=6),
    ),
    Mutant(
        "token before commit",
        "keeps how far it has read before what it has read",
        lambda: [(Mirror, "absorb", _token_first)],
        Cuts(("a read kept", "killed before the commit")),
    ),
    Mutant(
        "watermark one too far",
        "reads on behind the first change after what it has read",
        lambda: [(Boards, "changed_items", _one_too_far)],
    ),
    Mutant(
        "act on a partial read",
        "carries out what it could not read again by id",
        lambda: [(jobs.run, "_look_again", _whatever_came)],
        Seeds(("items missing",)),
        survives="each write still tests the revision, and what a note quotes is in the mirror",
    ),
    Mutant(
        "do not look again",
        "carries out a plan without reading by id what it touches",
        lambda: [(jobs.run, "_look_again", _not_looked_at_again)],
    ),
)
