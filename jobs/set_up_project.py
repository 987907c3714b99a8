"""Setting up: what an administrator has to create is named, and what people look for in Azure DevOps is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adapters.azure_devops.answers import SignedOut
from adapters.azure_devops.project_needs import Need, project_needs
from adapters.azure_devops.project_problems import doubts_in, problem_with, project_missing
from adapters.azure_devops.queries import Queries
from adapters.terminal.talk import Output, Talk
from bot.shared_queries import shared_queries
from jobs.needs_tables import needs_tables
from jobs.person import Person
from jobs.run import Ending
from jobs.set_up_pages import page_work
from jobs.set_up_queries import query_work
from jobs.set_up_work import LEFT_OUT, Came, Done, Work, carried_out, row_of, told
from jobs.write_act import asked

FOUND = "what people find"
Tables = Mapping[str, Sequence[object]]


def set_up(person: Person, said: Talk, *, dry_run: bool, yes: bool) -> int:
    """Shown first, then done what can be: 3 where something is left for an administrator, or was refused."""
    boards, configuration = person.boards, person.configuration
    if missing := project_missing(boards, configuration.spelling):
        said.say(str(missing))
        return Ending.FAILED.value
    needs = project_needs(boards.work_items, configuration.spelling)
    queries = Queries(boards.gateway, configuration.connection.project)
    is_fit = not any(problem_with(need) for need in needs)
    works = (
        *query_work(shared_queries(configuration.programme), queries, configuration.spelling, needs),
        *page_work(person, is_fit=is_fit),
    )
    tables: Tables = {**needs_tables(needs), FOUND: [row_of(work) for work in works]}
    if said.output is Output.TABLE:
        _show(said, needs, works)
    to_write = [work for work in works if work.write is not None]
    if to_write and not dry_run and (refused := _asked(said, to_write, yes=yes)):
        return refused
    came = tuple(carried_out(() if dry_run else to_write))
    _tell(said, tables, to_write, came, dry_run=dry_run)
    return _ending(works, came, is_fit=is_fit)


def _show(said: Talk, needs: Sequence[Need], works: Sequence[Work]) -> None:
    """Everything that an administrator has to create, once anything of it is not there."""
    if problems := [problem for need in needs if (problem := problem_with(need))]:
        said.tables(needs_tables(needs))
        said.line()
        for problem in problems:
            said.line(str(problem))
    else:
        said.line("All types, states, fields and link types are as they must be.")
    for doubt in doubts_in(needs):
        said.line(f"note: {doubt}")
    said.rows(FOUND, [row_of(work) for work in works])


def _asked(said: Talk, works: Sequence[Work], *, yes: bool) -> int:
    count = "1 change" if len(works) == 1 else f"{len(works)} changes"
    return asked(said, _shown(works), f"Make {count} in Azure DevOps?", yes=yes)


def _shown(works: Sequence[Work]) -> list[str]:
    """What somebody has changed, before it is written over."""
    found = [(f"{work.what} “{work.name}”, {work.standing}:", *work.shown) for work in works if work.shown]
    return [line for lines in found for line in lines]


def _tell(said: Talk, tables: Tables, works: Sequence[Work], came: Sequence[Came], *, dry_run: bool) -> None:
    if said.output is Output.JSON:
        said.tables({**tables, "written": [told(one) for one in came]})
        return
    if dry_run:
        for line in _shown(works):
            said.line(line)
    elif came:
        said.rows("written", [told(one) for one in came])
    if not works:
        said.line("Nothing to do.")


def _ending(works: Sequence[Work], came: Sequence[Came], *, is_fit: bool) -> int:
    missed = [one.outcome for one in came if not isinstance(one.outcome, Done)]
    if any(isinstance(outcome.cause, SignedOut) for outcome in missed):
        return Ending.SIGNED_OUT.value
    is_left = not is_fit or any(work.standing == LEFT_OUT for work in works)
    return Ending.PARTLY_DONE.value if missed or is_left else Ending.DONE.value
