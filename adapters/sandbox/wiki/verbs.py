"""The wiki in the words of a test: what stands on a page, and a person who writes one."""

from __future__ import annotations

from threading import RLock

from adapters.sandbox.organisation import Organisation
from adapters.sandbox.wiki.wikis import Wiki, wiki_id


class WikiVerbs:
    """`wiki` empty: the one of the project, which must have been created."""

    def __init__(self, organisation: Organisation, lock: RLock) -> None:
        self._organisation = organisation
        self._lock = lock

    def create(self, name: str = "") -> str:
        """Its name; the one of the project is called `PROJECT.wiki`."""
        with self._lock:
            return made(self._organisation, name or self._of_project).name

    def pages(self, wiki: str = "") -> tuple[str, ...]:
        """The paths of all, in alphabetical order."""
        with self._lock:
            return tuple(sorted(self._wiki(wiki).pages))

    def page(self, path: str, wiki: str = "") -> str:
        """Its text. A page that is not there is a Problem."""
        with self._lock:
            return self._wiki(wiki).page(path).content

    def write(self, path: str, content: str, wiki: str = "") -> None:
        """Somebody writes the page, or writes over it; pages above it are made empty where they are missing."""
        with self._lock:
            found = self._wiki(wiki)
            above = path.rpartition("/")[0]
            if above and above not in found.pages:
                self.write(above, "", wiki)
            known = found.pages.get(path)
            found.write(path, content, known.version if known else None)

    def delete(self, path: str, wiki: str = "") -> None:
        with self._lock:
            self._wiki(wiki).delete(path)

    @property
    def _of_project(self) -> str:
        return f"{self._organisation.project}.wiki"

    def _wiki(self, name: str) -> Wiki:
        return self._organisation.wikis.existing(name or self._of_project)


def made(organisation: Organisation, name: str) -> Wiki:
    return organisation.wikis.by_name.setdefault(name.casefold(), Wiki(wiki_id(organisation.name, name), name))
