"""An answer of the server, before it becomes bytes on a wire."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.sandbox.problem import Problem

JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)


def of_json(value: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())


def of_list(value: Sequence[Any]) -> Answer:
    return of_json({"count": len(value), "value": value})


def of_problem(problem: Problem) -> Answer:
    return of_json(problem.body(), problem.status)
