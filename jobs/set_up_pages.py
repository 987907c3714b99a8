"""Setting up pages: each environment's page in the wiki is made, or put right where it says something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import unified_diff
from functools import partial
from threading import Event

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.outcomes import Refused
from adapters.azure_devops.wiki import NotWritten, Wiki, WikiPage, project_wikis, wiki_problem
from adapters.store.store import in_memory
from bot.page_part import with_part
from jobs.catch_up import bring_up_to_date
from jobs.environment_pages import environment_pages, path_of
from jobs.keep_pages import why_not_written
from jobs.observe import read_stale_links, with_histories
from jobs.person import Person
from jobs.set_up_work import CHANGED, FITS, LEFT_OUT, NEW, NOT_ASKED, Done, Work
from jobs.wiring import world_of

PAGE, WIKI = "wiki page", "wiki"
NOT_SHOWN = "not everything is shown of it, for which a token has to read the wiki"
MOST_LINES = 40
"""How much of a difference is shown."""


def page_work(person: Person, *, is_fit: bool) -> Iterator[Work]:
    """`is_fit`: the project has everything that Shunter reads; without it pages would say what is not so."""
    configuration = person.configuration
    if not configuration.wiki:
        how = f'for a page of each environment, write [pages] wiki = "{configuration.connection.project}.wiki"'
        yield Work(WIKI, "none", NOT_ASKED, f"{how} into the configuration")
        return
    try:
        wikis = project_wikis(person.boards.gateway, configuration.connection.project)
        if problem := wiki_problem(configuration.wiki, wikis):
            yield Work(WIKI, configuration.wiki, LEFT_OUT, problem)
        elif not is_fit:
            yield Work(WIKI, configuration.wiki, LEFT_OUT, "its pages have to wait for what is missing in the project")
        else:
            yield from _pages(person)
    except Failure as failure:
        yield Work(WIKI, configuration.wiki, LEFT_OUT, f"{NOT_SHOWN}: {failure}")


def _pages(person: Person) -> Iterator[Work]:
    """Read with this person's token; what counts is judged as when Shunter itself looks."""
    with in_memory() as store:
        world = world_of(person.configuration, store, person.boards, Event())
        bring_up_to_date(world)
        read_stale_links(world)
        facts = replace(with_histories(world), bot=person.configuration.sign_in.account)
        pages = environment_pages(world, facts, tuple(world.programme.environments))
    wiki = Wiki(person.boards.gateway, person.configuration.connection.project, person.configuration.wiki)
    for environment, page in pages.items():
        yield _work(wiki, path_of(environment), world.rendering.markdown(page), world.rendering.pages_above())


def _work(wiki: Wiki, path: str, part: str, above: str) -> Work:
    there = wiki.page(path)
    wanted = with_part(there.text if there else "", part)
    write = partial(_written, wiki, path, part, above)
    if there is None:
        return Work(PAGE, path, NEW, write=write)
    if wanted == there.text:
        return Work(PAGE, path, FITS)
    return Work(PAGE, path, CHANGED, shown=_difference(there, wanted), write=write)


def _written(wiki: Wiki, path: str, part: str, above: str) -> Done | Refused:
    outcome = wiki.keep(path, part, above)
    if isinstance(outcome, NotWritten):
        return Refused(why_not_written(outcome, wiki), cause=outcome.cause)
    return Done()


def _difference(there: WikiPage, wanted: str) -> tuple[str, ...]:
    lines = list(unified_diff(there.text.splitlines(), wanted.splitlines(), "old", "new", lineterm="", n=0))
    more = len(lines) - MOST_LINES
    return (*lines[:MOST_LINES], *((f"and {more} lines more",) if more > 0 else ()))
