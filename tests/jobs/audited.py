"""Audited: the bot's revisions as the server has them, beside the records of the ledger."""

from __future__ import annotations

from collections import Counter

from adapters.sandbox.azure import Mark
from adapters.sandbox.mhhs_seeds.people import BOT
from adapters.store.records import Result
from tests.jobs.play import Play

Revisions = Counter[tuple[int, int]]


def revisions(play: Play, since: Mark) -> Revisions:
    """Item and revision of whatever the bot has written since then."""
    return Counter((r.id, r.rev) for r in play.azure.revisions_since(since) if r.by.sign_in == BOT)


def records(play: Play, since: Mark) -> Revisions:
    """Item and revision of what the ledger calls applied since then, of the items that were written since then."""
    first: dict[int, int] = {}
    for revision in play.azure.revisions_since(since):
        first.setdefault(revision.id, revision.rev)
    entries = {e.intent.id: e for item in first for e in play.world.store.ledger.entries(item)}
    came = [c for entry in entries.values() for c in entry.conclusions if c.result is Result.APPLIED]
    return Counter((c.item, c.rev) for c in came if c.item and c.rev and c.rev >= first.get(c.item, 0))


def still_open(play: Play) -> list[str]:
    return [intent.kind for intent in play.world.store.ledger.open_intents()]
