"""Names: which ones can stand in work items, tags, lists and queries, and tell two things apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from adapters.configuration.problem import Path, Problem, place_of
from adapters.configuration.quoting import quoted
from adapters.configuration.settings import Settings

LONGEST = 100

# Fields and tags hold several names with "," or ";" between them; the rest would break out of what quotes a name.
_FORBIDDEN = re.compile(r'[",;<>`\\]')
_APOSTROPHE_WITHIN_A_WORD = re.compile(r"(?<=\w)'(?=\w)")


def name_trouble(path: Path, name: str) -> Problem | None:
    """Why `name` cannot be the name of an environment, party, state, work item type or test."""
    if not name.strip():
        return Problem(path, "is an empty name", "write the name as Azure DevOps has it")
    if not name.isprintable():
        return Problem(path, "holds a control character or an invisible one", "write it with visible characters only")
    if name != name.strip() or "  " in name:
        return Problem(path, f"has a blank too many: {quoted(name)}", f"write {quoted(' '.join(name.split()))}")
    if len(name) > LONGEST:
        return Problem(path, f"has {len(name)} characters", f"write a name of at most {LONGEST}")
    bad = _FORBIDDEN.search(name) or re.search("'", _APOSTROPHE_WITHIN_A_WORD.sub("", name))
    if bad:
        return Problem(path, f"has the character {bad[0]} in it", "write a name without it")
    return None


def check_names(settings: Settings) -> Iterator[Problem]:
    for table, names in (("environments", settings.environments), ("parties", settings.parties)):
        if not names and settings.gives(table):
            yield Problem((table,), "has none", f"add one as a table, such as [{table}.NAME]")
        for name in names:
            trouble = name_trouble((table, name), name)
            if trouble is not None:
                yield trouble
        yield from twice(((table, name), name) for name in names)
    yield from _groups(settings)
    if settings.programme.internal_test:
        trouble = name_trouble(("programme", "internal_test"), settings.programme.internal_test)
        if trouble is not None:
            yield trouble


def _groups(settings: Settings) -> Iterator[Problem]:
    """Those concerned, by names that can begin a line such as `Test: ready`."""
    groups = settings.programme.concerned
    for group in groups:
        path = ("programme", "concerned", group)
        trouble = name_trouble(path, group)
        if trouble is None and (":" in group or group.isdigit()):
            trouble = Problem(path, "cannot begin a line such as `Test: ready`", "write a name in words")
        if trouble is not None:
            yield trouble
    yield from twice((("programme", "concerned", group), group) for group in groups)


def twice(named: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    """Names that differ from an earlier one at most in upper and lower case, which Azure DevOps ignores."""
    first: dict[str, Path] = {}
    for path, name in named:
        earlier = first.setdefault(name.casefold(), path)
        if earlier != path:
            what = f"{quoted(name)} is taken by {place_of(earlier)}"
            yield Problem(path, what, "give each one a name of its own")
