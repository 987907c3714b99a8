"""Suspicion: what a reading of everything did not bring is kept, and nothing is written, until it comes again or a
person says that it is gone.

What stood is what the mirror knows: a new database knows of nothing that is missing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass

from jobs.world import World

SUSPICION = "suspicion"
"""Under this name the mirror keeps it."""
PROBED = 200


@dataclass(frozen=True, slots=True)
class Suspicion:
    """The items that did not come, and which that were, in words."""

    ids: frozenset[int]
    losses: str

    @property
    def hash(self) -> str:
        """Names what is missing, so that a person's yes is to this and nothing else."""
        return hashlib.sha256(json.dumps(sorted(self.ids)).encode()).hexdigest()[:8]

    def __str__(self) -> str:
        return (
            f"suspicious: everything was read, and {self.losses}; nothing was removed, and nothing is written "
            "until they come again. Perhaps a right was taken away (`shunter doctor`); if they are gone "
            f"for good, say so with `shunter run --once --accept {self.hash}`"
        )


def suspicion_of(world: World) -> Suspicion | None:
    kept = world.store.mirror.token(SUSPICION)
    if kept is None:
        return None
    told = json.loads(kept)
    return Suspicion(frozenset(told["ids"]), told["losses"])


def suspect(world: World, ids: Collection[int], losses: Collection[str]) -> None:
    told = json.dumps({"ids": sorted(ids), "losses": "; ".join(losses)})
    world.store.mirror.absorb(token=(SUSPICION, told))


def suspect_nothing(world: World) -> None:
    if world.store.mirror.token(SUSPICION) is not None:
        world.store.mirror.forget_token(SUSPICION)


def is_back(world: World) -> bool:
    """Whether something of what was missed is in sight again, or proved to be gone: then everything is read anew."""
    suspicion = suspicion_of(world)
    if suspicion is None:
        return False
    known = world.store.mirror.types()
    wanted = [id for id in sorted(suspicion.ids) if id in known]
    return len(wanted) < len(suspicion.ids) or bool(world.boards.in_sight(wanted[:PROBED]))


def believe(world: World, accepted: str) -> None:
    """A person has said yes to what is missing: it is gone."""
    suspicion = suspicion_of(world)
    if suspicion is not None and suspicion.hash == accepted:
        world.store.mirror.forget_items(suspicion.ids)
        suspect_nothing(world)
