"""One recorded exchange with the real service, where the records lie on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.swagger.place import official

FOLDER = "recorded"
"""Beside the Swagger."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """`path` and `query` as they were sent, the organisation left out. `body`: None where none was sent."""

    name: str
    method: str
    path: str
    query: str
    asked_with: Mapping[str, str]
    body: Any
    status: int
    headers: Mapping[str, str]
    answer: Any

    @property
    def project(self) -> str:
        """Empty: it was asked of the organisation."""
        first = self.path.strip("/").split("/")[0]
        return "" if first == "_apis" else first


def recorded() -> tuple[Recorded, ...]:
    """In the order in which they were recorded; none where the records are not at hand."""
    return tuple(_read(one) for one in rows_of("exchanges"))


def rows_of(name: str) -> list[Any]:
    """The list in a file of the folder, which some have in an envelope, or the one thing that it holds; empty where
    the folder is not at hand."""
    folder = official()
    file = folder / FOLDER / f"{name}.json" if folder else None
    found = json.loads(file.read_text(encoding="utf-8-sig")) if file and file.is_file() else []
    if isinstance(found, dict):
        return list(found["value"]) if "value" in found else [found]
    return list(found)


def _read(one: Mapping[str, Any]) -> Recorded:
    request, response = one["request"], one["response"]
    target = urlsplit(request["url"])
    return Recorded(
        name=one["source"].rpartition("/")[2],
        method=request["method"],
        path="/" + target.path.strip("/").partition("/")[2],
        query=target.query,
        asked_with=request.get("headers", {}),
        body=request.get("body"),
        status=response["status"],
        headers={name.lower(): text for name, text in response["headers"].items()},
        answer=response.get("body"),
    )


def shape(value: Any, at: str = "") -> Iterator[str]:
    """Every key with the type of what it holds; all elements of a list are alike."""
    match value:
        case dict():
            for key, inner in value.items():
                yield from shape(inner, f"{at}.{key}")
        case list():
            for inner in value:
                yield from shape(inner, f"{at}[]")
        case _:
            yield f"{at}: {type(value).__name__}"
