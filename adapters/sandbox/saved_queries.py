"""Queries that are kept in folders, the shared ones and everybody's own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox.person import Person
from adapters.sandbox.problem import Problem
from adapters.sandbox.refusals import no_such_query

SHARED = "Shared Queries"
PRIVATE = "My Queries"


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """`wiql` None: a folder. `path` from the root folder, which is SHARED or PRIVATE."""

    id: str
    path: str
    by: Person
    at: datetime
    wiql: str | None = None
    changed_by: Person | None = None
    changed_at: datetime | None = None

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def is_folder(self) -> bool:
        return self.wiql is None


@dataclass
class SavedQueries:
    kept: dict[str, SavedQuery] = field(default_factory=dict)
    made: int = 0

    def existing(self, path_or_id: str) -> SavedQuery:
        wanted = path_or_id.strip("/").casefold()
        for query in self.kept.values():
            if wanted in {query.id, query.path.casefold()}:
                return query
        raise no_such_query(path_or_id)

    def below(self, folder: SavedQuery) -> list[SavedQuery]:
        """Folders first, then by name, as the page of the service shows them."""
        found = [query for query in self.kept.values() if query.folder == folder.path]
        return sorted(found, key=lambda query: (not query.is_folder, query.name.casefold()))

    def roots(self) -> list[SavedQuery]:
        return [query for query in self.kept.values() if not query.folder]

    def add(self, path: str, wiql: str | None, *, by: Person, at: datetime) -> SavedQuery:
        self._refuse_a_second(path)
        self.made += 1
        made = SavedQuery(str(uuid5(NAMESPACE_URL, f"sandbox:query:{self.made}")), path, by, at, wiql)
        self.kept[made.id] = made
        return made

    def change(self, query: SavedQuery, path: str, wiql: str | None, *, by: Person, at: datetime) -> SavedQuery:
        """What lies in a renamed folder comes along."""
        if path.casefold() != query.path.casefold():
            self._refuse_a_second(path)
        for other in list(self.kept.values()):
            if other.path.startswith(query.path + "/"):
                self.kept[other.id] = replace(other, path=path + other.path.removeprefix(query.path))
        self.kept[query.id] = replace(query, path=path, wiql=wiql, changed_by=by, changed_at=at)
        return self.kept[query.id]

    def delete(self, query: SavedQuery) -> None:
        inside = query.path + "/"
        gone = [id for id, other in self.kept.items() if other is query or other.path.startswith(inside)]
        for id in gone:
            del self.kept[id]

    def _refuse_a_second(self, path: str) -> None:
        if any(path.casefold() == query.path.casefold() for query in self.kept.values()):
            name = path.rpartition("/")[2]
            message = f"TF237018: The name you specified for the query item, {name}, already exists in its folder."
            raise Problem(400, "LegacyQueryItemException", message)


def with_roots(by: Person, at: datetime) -> SavedQueries:
    queries = SavedQueries()
    for name in (PRIVATE, SHARED):
        queries.add(name, None, by=by, at=at)
    return queries
