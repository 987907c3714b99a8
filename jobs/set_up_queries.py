"""Setting up shared queries: what is missing is made, what was changed is put right, what is not ours left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from adapters.azure_devops import wiql
from adapters.azure_devops.answers import Declined, Failure
from adapters.azure_devops.outcomes import Refused, Unknown
from adapters.azure_devops.project_needs import Need
from adapters.azure_devops.queries import PATH, SHARED, Kept, KeptQuery, Queries
from adapters.azure_devops.spelling import Spelling
from adapters.azure_devops.spelt_query import lacking, spelt
from bot.shared_query import SharedQuery
from jobs.set_up_work import CHANGED, FITS, LEFT_OUT, NEW, NOT_OURS, Done, Work

QUERY, FOLDER = "query", "folder"
There = Mapping[str, KeptQuery]
Sent = Kept | Refused | Unknown
_RIGHT = f"an administrator grants Contribute on {SHARED}, under Boards, Queries, in the Security of that folder"


def query_work(
    wanted: Iterable[SharedQuery], queries: Queries, spelling: Spelling, needs: tuple[Need, ...]
) -> Iterator[Work]:
    """In the order in which they are to be written."""
    try:
        there = queries.in_folder()
    except Declined as declined:
        yield Work(FOLDER, PATH, LEFT_OUT, f"{_RIGHT} ({declined})")
        return
    if there is None:
        write = partial(_settled, queries, "", "", queries.make_folder)
        yield Work(FOLDER, PATH, NEW, "everybody sees what is in it", write=write)
    ours = tuple(wanted)
    for query in ours:
        missing = lacking(query, needs)
        if missing:
            yield Work(QUERY, query.name, LEFT_OUT, f"it needs {', '.join(missing)}")
        else:
            yield _work(query, spelt(query, spelling), queries, there or {})
    yield from _not_ours(ours, there or {})


def _work(query: SharedQuery, text: str, queries: Queries, there: There) -> Work:
    for_whom, known = f"for the {query.who}", there.get(query.name.casefold())
    if known is None:
        write = partial(_settled, queries, query.name, text, lambda: queries.make(query.name, text))
        return Work(QUERY, query.name, NEW, for_whom, write=write, inside=PATH)
    if known.wiql is None:
        return Work(QUERY, query.name, NOT_OURS, "it is a folder, or no flat list: rename it, and run this again")
    if wiql.is_same(known.wiql, text):
        return Work(QUERY, query.name, FITS, for_whom)
    write = partial(_settled, queries, query.name, text, lambda: queries.change(known, text))
    return Work(QUERY, query.name, CHANGED, for_whom, (f"old: {known.wiql}", f"new: {text}"), write)


def _not_ours(ours: tuple[SharedQuery, ...], there: There) -> Iterator[Work]:
    names = {query.name.casefold() for query in ours}
    for name, query in there.items():
        if name not in names:
            yield Work(QUERY, query.name, NOT_OURS, "Shunter does not know it")


def _settled(queries: Queries, name: str, text: str, write: Callable[[], Sent]) -> Done | Refused | Unknown:
    """An answer that was lost is made up for by reading; `name` empty: the folder itself."""
    outcome = write()
    match outcome:
        case Kept():
            return Done()
        case Refused(cause=Declined(status=403)):
            return replace(outcome, why=f"{_RIGHT} ({outcome.why})")
        case Unknown():
            return Done() if _is_there(queries, name, text) else outcome
        case _:
            return outcome


def _is_there(queries: Queries, name: str, text: str) -> bool:
    try:
        there = queries.in_folder()
    except Failure:
        return False
    if not name:
        return there is not None
    found = (there or {}).get(name.casefold())
    return found is not None and found.wiql is not None and wiql.is_same(found.wiql, text)
