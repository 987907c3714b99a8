"""The types of link that the service knows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class RelationType:
    reference: str
    name: str
    attributes: dict[str, Any]

    @property
    def between_items(self) -> bool:
        return bool(self.attributes["usage"] == "workItemLink")

    @property
    def is_remote(self) -> bool:
        return bool(self.attributes.get("remote"))

    @property
    def is_acyclic(self) -> bool:
        return bool(self.attributes.get("acyclic"))

    @property
    def has_one_source(self) -> bool:
        """Of which the target may have only one, such as a parent."""
        return self.attributes.get("topology") == "tree"

    @property
    def is_forward(self) -> bool:
        return bool(self.attributes.get("isForward", True))

    @property
    def opposite(self) -> str:
        return str(self.attributes.get("oppositeEndReferenceName", self.reference))

    @property
    def family(self) -> str:
        """Both directions under one name, as the links feed calls them."""
        return self.reference.removesuffix("-Forward").removesuffix("-Reverse")


@cache
def relation_types() -> dict[str, RelationType]:
    rows = json.loads(files("adapters.sandbox").joinpath("relation_types.json").read_text("utf-8"))
    return {row["referenceName"]: RelationType(row["referenceName"], row["name"], row["attributes"]) for row in rows}
