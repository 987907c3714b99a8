"""Steps of a history as JSON: states by the name of their enum and their own, which a new spelling leaves alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from adapters.store.column_types import in_utc
from bot.any_state import AnyState
from bot.candidate_list import ListState
from bot.change import Field
from bot.defect import State
from bot.history import Step
from bot.rfc import RfcState

_STATES: dict[str, type[State] | type[ListState] | type[RfcState]] = {
    enum.__name__: enum for enum in (State, ListState, RfcState)
}


def to_json(steps: Iterable[Step]) -> list[dict[str, Any]]:
    return [
        {
            "rev": step.rev,
            "at": in_utc(step.at).isoformat(),
            "by": step.by,
            "state": None if step.state is None else [type(step.state).__name__, step.state.name],
            "seal": step.seal,
            "answers": step.answers,
            "wrote": {meaning.name: text for meaning, text in sorted(step.wrote.items(), key=lambda w: w[0].name)},
            "linked": sorted(step.linked),
            "rule": step.rule,
        }
        for step in steps
    ]


def from_json(steps: Iterable[dict[str, Any]]) -> tuple[Step, ...]:
    return tuple(
        Step(
            rev=step["rev"],
            at=datetime.fromisoformat(step["at"]),
            by=step["by"],
            state=_state(step["state"]),
            seal=step["seal"],
            answers=step["answers"],
            wrote={Field[name]: text for name, text in step["wrote"].items()},
            linked=frozenset(step["linked"]),
            rule=step["rule"],
        )
        for step in steps
    )


def _state(named: list[str] | None) -> AnyState | None:
    if named is None:
        return None
    enum, member = named
    return _STATES[enum][member]
