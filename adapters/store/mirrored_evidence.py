"""Evidence in the mirror: what each poll has brought, as rows of its table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from adapters.azure_devops.evidence.rows import EvidenceRow, Kept
from adapters.store.column_types import in_utc
from adapters.store.mirror_tables import evidence
from bot.outcome import Outcome

_KEPT = select(evidence.c.mark, evidence.c.rows).where(evidence.c.poll == bindparam("p"))
_FORGET = delete(evidence).where(evidence.c.poll == bindparam("p"))


def keep(connection: Connection, poll: str, kept: Kept) -> None:
    connection.execute(_FORGET, {"p": poll})
    rows = [_to_json(row) for row in kept.rows]
    connection.execute(insert(evidence), {"poll": poll, "mark": kept.mark, "rows": rows})


def kept_of(connection: Connection, poll: str) -> Kept:
    found = connection.execute(_KEPT, {"p": poll}).one_or_none()
    return Kept() if found is None else Kept(found.mark, tuple(map(_from_json, found.rows)))


def _to_json(row: EvidenceRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "place": row.place,
        "pipeline": row.pipeline,
        "at": in_utc(row.at).isoformat(),
        "outcome": row.outcome.name,
        "words": row.words,
        "tags": list(row.tags),
    }


def _from_json(row: Mapping[str, Any]) -> EvidenceRow:
    at, outcome = datetime.fromisoformat(row["at"]), Outcome[row["outcome"]]
    return EvidenceRow(**{**row, "at": at, "outcome": outcome, "tags": tuple(row["tags"])})
