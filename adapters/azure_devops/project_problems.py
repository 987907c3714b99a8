"""The project: whether it has the types, states, fields and link types that the configuration speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import assert_never

from adapters.azure_devops.answers import Declined
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.project_needs import (
    FieldNeed,
    LinkTypeNeed,
    Need,
    OptionalNeed,
    StateNeed,
    TypeNeed,
    project_needs,
)
from adapters.azure_devops.spelling import Spelling

_PREFIX = re.compile(r"^(?:custom|system\.linktypes|system|microsoft\.vsts)\.")


@dataclass(frozen=True, slots=True)
class ProjectProblem:
    """What does not fit, and what somebody does about it."""

    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}: {self.remedy}"


def project_problems(boards: Boards, spelling: Spelling) -> tuple[ProjectProblem, ...]:
    """All of them at once. Raises a `Failure` where the project cannot be asked."""
    missing = project_missing(boards, spelling)
    return (missing,) if missing is not None else problems_in(project_needs(boards.work_items, spelling))


def project_missing(boards: Boards, spelling: Spelling) -> ProjectProblem | None:
    try:
        boards.work_items.project()
    except Declined as failure:
        if failure.status != 404:
            raise
        return _no_project(spelling.project)
    return None


def problems_in(needs: Iterable[Need]) -> tuple[ProjectProblem, ...]:
    """Of a type that is missing, its states and fields are no problems of their own."""
    return tuple(problem for need in needs if (problem := problem_with(need)) is not None)


def _no_project(name: str) -> ProjectProblem:
    return ProjectProblem(
        f"there is no project '{name}', or it is out of sight",
        "correct its name in the configuration, or an administrator gives Shunter the right to view it",
    )


def problem_with(need: Need) -> ProjectProblem | None:
    match need:
        case LinkTypeNeed():
            return None if need.is_there else _no_link_type(need)
        case TypeNeed():
            return None if need.is_there else _no_type(need)
        case StateNeed():
            return _of_state(need) if need.type.is_there else None
        case FieldNeed():
            return _of_field(need) if need.type.is_there else None
        case OptionalNeed():
            return None
        case _:
            assert_never(need)


def doubts_in(needs: Iterable[Need]) -> tuple[ProjectProblem, ...]:
    """What would keep Shunter from creating anything, unless a rule of the process fills it: that nobody is told."""
    found = (need for need in needs if isinstance(need, OptionalNeed))
    remedy = "an administrator makes it optional, or gives it a default value"
    return tuple(
        ProjectProblem(f"type '{n.type.name}' requires the field '{n.name}', which Shunter does not fill", remedy)
        for n in found
    )


def _no_link_type(need: LinkTypeNeed) -> ProjectProblem:
    what = f"there is no link type '{need.name}'"
    return ProjectProblem(what, f"correct it in the configuration{_near(need.name, need.among)}")


def _no_type(need: TypeNeed) -> ProjectProblem:
    what = f"there is no work item type '{need.name}', which is to be a {need.kind.value}"
    remedy = f"an administrator adds the type, or the configuration names another{_near(need.name, need.among)}"
    return ProjectProblem(what, remedy)


def _of_state(need: StateNeed) -> ProjectProblem | None:
    if not need.is_there:
        what = f"type '{need.type.name}' has no state '{need.name}', which is to mean '{need.meaning.value}'"
        remedy = f"an administrator adds the state, or the configuration names another{_near(need.name, need.among)}"
        return ProjectProblem(what, remedy)
    if need.begins:
        what = f"a new '{need.type.name}' begins in the state '{need.begins}', and not in '{need.name}'"
        remedy = f"an administrator removes '{need.begins}' from the type, or puts it after '{need.name}'"
        return ProjectProblem(what, remedy)
    return None


def _of_field(need: FieldNeed) -> ProjectProblem | None:
    if need.found is None:
        what = f"type '{need.type.name}' has no field '{need.name}'"
        add = f"an administrator adds the field {need.name} ({need.wanted.value}) to type '{need.type.name}'"
        return ProjectProblem(what, f"{add}{_near(need.name, need.among)}")
    if need.found is not need.wanted:
        is_of = f"field '{need.name}' is of kind {need.found.value}"
        remedy = f"the configuration names another field, or an administrator adds one ({need.wanted.value})"
        return ProjectProblem(f"{is_of}, and '{need.meaning.value}' needs {need.wanted.value}", remedy)
    return None


def _near(name: str, there: Iterable[str]) -> str:
    by_own_name = {_own_name(known): known for known in sorted(there)}
    found = get_close_matches(_own_name(name), by_own_name, n=1, cutoff=0.7)
    return f"; did you mean '{by_own_name[found[0]]}'?" if found else ""


def _own_name(name: str) -> str:
    """What tells one name from another: `seal` of `Custom.Seal`."""
    return _PREFIX.sub("", name.casefold())
