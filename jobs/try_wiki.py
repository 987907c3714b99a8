"""Trying the wiki: whether the one that is configured for pages can be found, and which repository it is kept in."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.azure_devops.answers import Declined, SignedOut
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.wiki import project_wikis, wiki_problem
from adapters.configuration.configuration import Configuration


@dataclass(frozen=True, slots=True)
class TriedWiki:
    """`problems` in words; `repository` is empty where there is no such wiki, or none is configured."""

    problems: tuple[str, ...] = ()
    repository: str = ""


def try_wiki(boards: Boards, configuration: Configuration) -> TriedWiki:
    if not configuration.wiki:
        return TriedWiki()
    try:
        wikis = project_wikis(boards.gateway, configuration.connection.project)
    except (Declined, SignedOut) as failure:
        words = f"the project's wikis are not shown: the token has to read and write the wiki too: {failure}"
        return TriedWiki((f"pages: {words}",))
    if problem := wiki_problem(configuration.wiki, wikis):
        return TriedWiki((f"pages: {problem}",))
    wanted = configuration.wiki.casefold()
    return TriedWiki(repository=next(wiki.repository for wiki in wikis if wiki.name.casefold() == wanted))
