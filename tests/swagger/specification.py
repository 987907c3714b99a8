"""The Swagger of all areas that the sandbox plays, compiled once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.swagger.operation import Operation, Request
from tests.swagger.schema import Schemas

FILES = (
    "wit/7.1/workItemTracking.json",
    "core/7.1/core.json",
    "processes/7.1/workItemTrackingProcess.json",
    "wiki/7.1/wiki.json",
    "hooks/7.1/serviceHooks.json",
    "build/7.1/build.json",
    "pipelines/7.1/pipelines.json",
    "distributedTask/7.1/taskAgent.json",
    "environments/7.2/environments.json",
    "release/7.1/release.json",
    "test/7.1/test.json",
)
DONE = {"200", "201"}
WHOLE_REST = {"path", "query"}
"""Parameters that may hold slashes: the service has them as the end of an address."""


class Specification:
    """Made of the files that are there; `folder` holds one folder for each area."""

    def __init__(self, folder: Path) -> None:
        files = [folder / name for name in FILES]
        self.operations = tuple(operation for file in files if file.is_file() for operation in _of_file(file))
        self._meant: dict[tuple[str, str], tuple[Operation, ...]] = {}

    def complaints(self, request: Request) -> list[str]:
        """Of the operation that fits best; several may share an address."""
        meant = self.meant_by(request)
        if not meant:
            return [f"{request.method} {request.path}: no such operation"]
        return _fewest([(operation, operation.complaints(request)) for operation in meant])

    def complaints_of_answer(self, request: Request, value: Any) -> list[str]:
        return _fewest([(one, one.complaints_of_answer(value)) for one in self.meant_by(request)])

    def meant_by(self, request: Request) -> tuple[Operation, ...]:
        """Kept by the shape of the address, in which every number is alike."""
        shape = (request.method, re.sub(r"(?<=/)\d+(?=/|$)", "0", request.path.lower()))
        if shape not in self._meant:
            self._meant[shape] = tuple(one for one in self.operations if one.is_meant(request))
        return self._meant[shape]


def _fewest(verdicts: list[tuple[Operation, list[str]]]) -> list[str]:
    best, found = min(verdicts, key=lambda verdict: len(verdict[1]))
    return [f"{best.id}: {complaint}" for complaint in found]


def _of_file(file: Path) -> Iterator[Operation]:
    document = json.loads(file.read_text(encoding="utf-8-sig"))
    schemas = Schemas(document.get("definitions", {}))
    for section in ("paths", "x-ms-paths"):
        for path, methods in document.get(section, {}).items():
            for method, found in methods.items():
                if method != "parameters":
                    yield _operation(path, method, found, document, schemas)


def _operation(
    path: str, method: str, found: Mapping[str, Any], document: Mapping[str, Any], schemas: Schemas
) -> Operation:
    shared = document.get("parameters", {})
    all_of_it = [shared[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in found.get("parameters", ())]
    query = {p["name"]: p for p in all_of_it if p["in"] == "query" and p["name"] != "api-version"}
    in_path = {p["name"].lower(): p for p in all_of_it if p["in"] == "path" and p["name"] != "organization"}
    body = next((p["schema"] for p in all_of_it if p["in"] == "body"), None)
    return Operation(
        id=found["operationId"],
        method=method.upper(),
        path=_pattern(path, in_path),
        in_path=in_path,
        query=query,
        required=frozenset(name for name, p in query.items() if p.get("required")),
        consumes=tuple(found.get("consumes", ())),
        body=body,
        answer=next(
            (a["schema"] for code, a in found.get("responses", {}).items() if code in DONE and "schema" in a), None
        ),
        schemas=schemas,
    )


def _pattern(path: str, in_path: Mapping[str, Any]) -> re.Pattern[str]:
    """Of what follows the organisation. A segment that the service does not ask for may be left out."""
    pattern = ""
    names = list(in_path)
    for segment in path.partition("?")[0].removeprefix("/{organization}").strip("/").split("/"):
        literal, opened, rest = segment.partition("{")
        name = rest.rstrip("}").lower()
        if not opened:
            pattern += "/" + re.escape(literal)
            continue
        value = ".+" if name in WHOLE_REST else "[^/]+"
        part = f"/{re.escape(literal)}(?P<p{names.index(name)}>{value})"
        pattern += f"(?:{part})?" if in_path[name].get("x-ms-required") is False else part
    return re.compile(pattern, re.IGNORECASE)
