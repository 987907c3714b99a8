"""The wiki of a project: our part of a page is kept as it shall be, guarded by the page's ETag."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from adapters.azure_devops.answers import Declined, Failure, Unreachable, Unreadable
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.refusals import is_conflict
from bot.page_part import with_part

ATTEMPTS = 3
"""How often a page is read again, and decided on afresh, after somebody was faster or an answer was lost."""
COMMENT = "Written by Shunter"
OF_THE_PROJECT = "projectWiki"
NO_PAGE = "WikiPageNotFoundException"


@dataclass(frozen=True, slots=True)
class WikiName:
    """A wiki of the project; one that shows a repository of code is not `of_project`, and written otherwise.

    `repository`: the id of the one that it is kept in.
    """

    name: str
    of_project: bool
    repository: str


@dataclass(frozen=True, slots=True)
class WikiPage:
    """Its whole text, and what names that version of it."""

    text: str
    etag: str


@dataclass(frozen=True, slots=True)
class Written:
    """Our part stands there as it shall be, and did not before."""


@dataclass(frozen=True, slots=True)
class StoodThere:
    """Nothing had to be written."""


@dataclass(frozen=True, slots=True)
class NotWritten:
    """It may stand there all the same where an answer was lost: the next time tells."""

    why: str
    cause: Failure | None = None


Keeping: TypeAlias = Written | StoodThere | NotWritten


def project_wikis(gateway: Gateway, project: str) -> tuple[WikiName, ...]:
    answer = gateway.read_aside("GET wikis", lambda sdk: sdk.wiki.get_all_wikis(project))
    return tuple(
        WikiName(n.text("name"), n.text("type") == OF_THE_PROJECT, n.text("repositoryId"))
        for n in answer.nodes("value")
    )


def wiki_problem(wanted: str, there: Iterable[WikiName]) -> str:
    """Why pages cannot be kept in the wiki that the configuration names; empty where they can."""
    known = {wiki.name.casefold(): wiki for wiki in there}
    found = known.get(wanted.casefold())
    if found is not None and found.of_project:
        return ""
    ours = [wiki.name for wiki in known.values() if wiki.of_project]
    if not ours:
        return "the project has no wiki of its own: an administrator makes it (Overview, Wiki, Create project wiki)"
    what = "shows a repository of code" if found is not None else "is not there"
    return f"the wiki {wanted} {what}: the configuration names the project's own, which is {', '.join(ours)}"


class Wiki:
    """Reads raise a `Failure`; keeping never does, it says what came of it."""

    def __init__(self, gateway: Gateway, project: str, name: str) -> None:
        self._gateway = gateway
        self._project = project
        self.name = name

    def page(self, path: str) -> WikiPage | None:
        """None where there is no such page; that there is no such wiki is a `Failure`."""
        try:
            answer = self._gateway.read_aside(
                f"GET wiki page {path}",
                lambda sdk: sdk.wiki.get_page(self._project, self.name, path=path, include_content=True),
            )
        except Declined as declined:
            if declined.type_key != NO_PAGE:
                raise
            return None
        if not answer.etag:
            raise Unreadable(answer.asked, "the answer names no version of the page")
        return WikiPage(answer.text("content"), answer.etag)

    def keep(self, path: str, part: str, above: str) -> Keeping:
        """`above`: the text of the page above it, should that have to be made too."""
        try:
            return self._kept(path, part, above)
        except Failure as failure:
            return NotWritten(str(failure), failure)

    def _kept(self, path: str, part: str, above: str) -> Keeping:
        missed: Failure | None = None
        for _ in range(ATTEMPTS):
            there = self.page(path)
            wanted = with_part(there.text if there else "", part)
            if there is not None and there.text == wanted:
                return StoodThere() if missed is None else Written()
            try:
                self._put(path, wanted, there)
            except Failure as failure:
                self._go_on_after(failure, path, above)
                missed = failure
            else:
                return Written()
        return NotWritten(f"{missed}; tried {ATTEMPTS} times", missed)

    def _go_on_after(self, failure: Failure, path: str, above: str) -> None:
        """Raises what trying again does not mend."""
        if isinstance(failure, Declined) and _lacks_a_page_above(failure):
            self._make_page_above(path.rpartition("/")[0], above)
        elif not _may_be_tried_again(failure):
            raise failure

    def _make_page_above(self, path: str, text: str) -> None:
        try:
            self._put(path, text, None)
        except Failure as failure:
            if not _may_be_tried_again(failure):
                raise

    def _put(self, path: str, text: str, there: WikiPage | None) -> None:
        self._gateway.write(
            f"PUT wiki page {path}",
            lambda sdk: sdk.wiki.create_or_update_page(
                {"content": text}, self._project, self.name, path, there.etag if there else None, comment=COMMENT
            ),
        )


def _lacks_a_page_above(declined: Declined) -> bool:
    return declined.status == 404 and "ancestor" in f"{declined.type_key} {declined.message}".casefold()


def _may_be_tried_again(failure: Failure) -> bool:
    """After reading again: somebody was faster (also in deleting it), or nobody knows whether it was done."""
    match failure:
        case Declined():
            return failure.status == 409 or failure.type_key == NO_PAGE or is_conflict(failure)
        case Unreachable() | Unreadable():
            return True
        case _:
            return False
