"""Nodes: JSON of which some keys must be there; where one is missing, the answer is unreadable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, TypeGuard

from adapters.azure_devops.answers import Unreadable
from adapters.azure_devops.instants import read_instant

Json: TypeAlias = object


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value and what was asked to get it.

    Headers of a whole answer: `activity_id` is how the service knows it, `next_page` the token of the page after it,
    and `etag` names what it showed.
    """

    value: Json
    asked: str
    activity_id: str = ""
    next_page: str = ""
    etag: str = ""

    def get(self, key: str) -> Json:
        return self._mapping().get(key)

    def text(self, key: str) -> str:
        found = self.get(key)
        if not isinstance(found, str):
            raise self._lacks(key)
        return found

    def number(self, key: str) -> int:
        found = self.get(key)
        if not is_number(found):
            raise self._lacks(key)
        return found

    def flag(self, key: str) -> bool:
        found = self.get(key)
        if not isinstance(found, bool):
            raise self._lacks(key)
        return found

    def instant(self, key: str) -> datetime:
        found = read_instant(self.get(key))
        if found is None:
            raise self._lacks(key)
        return found

    def mapping(self, key: str) -> Mapping[str, Json]:
        return self.node(key)._mapping()  # noqa: SLF001  (of another Node)

    def node(self, key: str) -> Node:
        return self._of(self.get(key))

    def name_of(self, key: str) -> str:
        """The name of what stands there; empty where nothing does, or it has none."""
        found = self.get(key)
        name = found.get("name") if isinstance(found, dict) else None
        return name if isinstance(name, str) else ""

    def nodes(self, key: str) -> Iterator[Node]:
        found = self.get(key)
        if not isinstance(found, list):
            raise self._lacks(key)
        return map(self._of, found)

    def _of(self, value: Json) -> Node:
        return Node(value, self.asked, self.activity_id, self.next_page, self.etag)

    def _mapping(self) -> Mapping[str, Json]:
        if not isinstance(self.value, dict):
            raise self.unreadable("the answer is not what was asked for")
        return self.value

    def _lacks(self, key: str) -> Unreadable:
        return self.unreadable(f"the answer has no usable '{key}'")

    def unreadable(self, why: str) -> Unreadable:
        return Unreadable(self.asked, why, activity_id=self.activity_id)


def is_number(value: Json) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
