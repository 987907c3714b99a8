"""The wikis of the project: pages by path, each with its version."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha1
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox.problem import Problem
from adapters.sandbox.refusals import WIKI, no_such_page, no_such_wiki, not_known_here

FORBIDDEN = set('#\\:*?"<>|')


@dataclass(frozen=True, slots=True)
class Page:
    """`id` stays while the page is there; a page made anew has another. `version` is in the ETag."""

    id: int
    path: str
    content: str
    edits: int = 1

    @property
    def version(self) -> str:
        return sha1(f"{self.id}:{self.edits}:{self.content}".encode(), usedforsecurity=False).hexdigest()

    @property
    def parent(self) -> str:
        return self.path.rpartition("/")[0]


@dataclass
class Wiki:
    id: str
    name: str
    pages: dict[str, Page] = field(default_factory=dict)
    made: int = 0

    def page(self, path: str) -> Page:
        found = self.pages.get(path)
        if found is None:
            raise no_such_page(path)
        return found

    def below(self, path: str) -> list[Page]:
        return [page for page in self.pages.values() if page.parent == path.rstrip("/")]

    def write(self, path: str, content: str, version: str | None, *, existing: int = 409) -> tuple[Page, bool]:
        """The page as it is now, and whether it is new. `version` None: it must not be there yet, or that status."""
        known = self.pages.get(path)
        if known is None:
            if version is not None:
                raise no_such_page(path)
            return self._made(path, content), True
        if version is None:
            message = f"The page '{path}' specified in the add operation already exists in the wiki."
            raise Problem(existing, "WikiPageAlreadyExistsException", message, namespace=WIKI)
        if version != known.version:
            message = f"The page '{path}' has been changed since the version {version}."
            raise Problem(412, "WikiPageHasConflictsException", message, namespace=WIKI)
        self.pages[path] = replace(known, content=content, edits=known.edits + 1)
        return self.pages[path], False

    def delete(self, path: str) -> Page:
        """With all pages below it."""
        gone = self.page(path)
        self.pages = {at: page for at, page in self.pages.items() if at != path and not at.startswith(path + "/")}
        return gone

    def _made(self, path: str, content: str) -> Page:
        if FORBIDDEN & set(path):
            raise not_known_here(f"a page name with one of {' '.join(sorted(FORBIDDEN))}")
        parent = path.rpartition("/")[0]
        if parent and parent not in self.pages:
            message = f"One or more ancestor pages of the page '{path}' does not exist."
            raise Problem(404, "WikiAncestorPageNotFoundException", message, namespace=WIKI)
        self.made += 1
        self.pages[path] = Page(self.made, path, content)
        return self.pages[path]


def wiki_id(organisation: str, name: str) -> str:
    """Also that of its repository; known before the wiki is made."""
    return str(uuid5(NAMESPACE_URL, f"sandbox:wiki:{organisation}/{name}"))


@dataclass
class Wikis:
    """By name, case-folded."""

    by_name: dict[str, Wiki] = field(default_factory=dict)

    def existing(self, identifier: str) -> Wiki:
        for name, wiki in self.by_name.items():
            if identifier.casefold() in {name, wiki.id}:
                return wiki
        raise no_such_wiki(identifier)
