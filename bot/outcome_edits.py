"""The edits that tell on an RFC what came of its deployment, where two states of it differ in that."""

from __future__ import annotations

from collections.abc import Iterator

from bot.change import Edit, Field
from bot.rfc import Rfc


def outcome_edits(before: Rfc, after: Rfc) -> Iterator[Edit]:
    pairs = (
        (Field.STATE, before.state, after.state),
        (Field.ATTEMPT, before.attempt, after.attempt),
        (Field.DEPLOYED_AT, before.deployed_at, after.deployed_at),
        (Field.OUTCOME, before.outcome, after.outcome),
        (Field.EVIDENCE, before.evidence, after.evidence),
        (Field.SMOKE, before.smoke, after.smoke),
    )
    return (Edit(field, old, new) for field, old, new in pairs if old != new)
