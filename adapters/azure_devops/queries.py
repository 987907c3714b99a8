"""Queries that are kept in a folder which everybody sees: read together, made and changed one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.azure_devops.answers import Declined, Failure
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.node import Node
from adapters.azure_devops.outcomes import Refused, Unknown
from adapters.azure_devops.refusals import outcome_of

SHARED = "Shared Queries"
FOLDER = "Shunter"
PATH = f"{SHARED}/{FOLDER}"


@dataclass(frozen=True, slots=True)
class KeptQuery:
    """`wiql` None: a folder, or a query of a kind that has none."""

    id: str
    name: str
    wiql: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """It was made, or changed: the answer shows it as it stands now."""

    query: KeptQuery


class Queries:
    """Reads raise a `Failure`; writes never do, they say what came of them."""

    def __init__(self, gateway: Gateway, project: str) -> None:
        self._gateway = gateway
        self._project = project

    def in_folder(self) -> Mapping[str, KeptQuery] | None:
        """By name in small letters, as no two may differ in that alone; None where there is no such folder."""
        try:
            folder = self._gateway.read(
                f"GET {PATH}",
                lambda sdk: sdk.work_items.get_query(self._project, PATH, expand="wiql", depth=1),
            )
        except Declined as declined:
            if declined.status != 404:
                raise
            return None
        found = map(_kept, folder.nodes("children") if folder.get("children") else ())
        return {query.name.casefold(): query for query in found}

    def make_folder(self) -> Kept | Refused | Unknown:
        return self._make(SHARED, {"name": FOLDER, "isFolder": True})

    def make(self, name: str, wiql: str) -> Kept | Refused | Unknown:
        return self._make(PATH, {"name": name, "wiql": wiql})

    def change(self, query: KeptQuery, wiql: str) -> Kept | Refused | Unknown:
        try:
            answer = self._gateway.write(
                f"PATCH query {query.name}",
                lambda sdk: sdk.work_items.update_query({"wiql": wiql}, self._project, query.id),
            )
            return Kept(_kept(answer))
        except Failure as failure:
            return outcome_of(failure)

    def _make(self, folder: str, item: Mapping[str, object]) -> Kept | Refused | Unknown:
        try:
            answer = self._gateway.write(
                f"POST {folder}/{item['name']}",
                lambda sdk: sdk.work_items.create_query(dict(item), self._project, folder),
            )
            return Kept(_kept(answer))
        except Failure as failure:
            return outcome_of(failure)


def _kept(node: Node) -> KeptQuery:
    wiql = node.get("wiql")
    return KeptQuery(node.text("id"), node.text("name"), wiql if isinstance(wiql, str) else None)
