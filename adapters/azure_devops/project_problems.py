"""The project: whether it has the types, states, fields and link types that the configuration speaks of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from adapters.azure_devops.answers import Declined
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.field_kind import FieldKind, kind_there, kind_wanted
from adapters.azure_devops.node import Node
from adapters.azure_devops.spelling import Spelling
from adapters.azure_devops.work_items import WorkItems
from bot.defect import Kind

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
    asked = boards.work_items
    try:
        asked.project()
    except Declined as failure:
        if failure.status != 404:
            raise
        return (_no_project(spelling.project),)
    return tuple(_Look(asked, spelling).problems())


def _no_project(name: str) -> ProjectProblem:
    return ProjectProblem(
        f"there is no project '{name}', or it is out of sight",
        "correct its name in the configuration, or an administrator gives Shunter the right to view it",
    )


@dataclass(frozen=True, slots=True)
class _Look:
    asked: WorkItems
    spelling: Spelling

    def problems(self) -> Iterator[ProjectProblem]:
        types = {node.text("name") for node in self.asked.types().nodes("value")}
        there = {node.text("referenceName"): kind_there(node) for node in self.asked.fields().nodes("value")}
        yield from self._links()
        for kind, names in self.spelling.types.items():
            for name in names:
                if name in types:
                    yield from self._states(kind, name)
                    yield from self._fields(kind, name, there)
                else:
                    yield _no_type(kind, name, types)

    def _links(self) -> Iterator[ProjectProblem]:
        there = _named(self.asked.link_types(), "referenceName")
        for name in dict.fromkeys(self.spelling.links.values()):
            if name not in there:
                what = f"there is no link type '{name}'"
                yield ProjectProblem(what, f"correct it in the configuration{_near(name, there)}")

    def _states(self, kind: Kind, type_name: str) -> Iterator[ProjectProblem]:
        there = _named(self.asked.states(type_name), "name")
        known = {name.casefold() for name in there}
        for (of, meaning), names in self.spelling.states.items():
            for name in names:
                if of is kind and name.casefold() not in known:
                    what = f"type '{type_name}' has no state '{name}', which is to mean '{meaning.value}'"
                    remedy = f"an administrator adds the state, or the configuration names another{_near(name, there)}"
                    yield ProjectProblem(what, remedy)

    def _fields(self, kind: Kind, type_name: str, there: dict[str, FieldKind]) -> Iterator[ProjectProblem]:
        on_type = _named(self.asked.fields_of(type_name), "referenceName")
        for (of, meaning), name in self.spelling.fields.items():
            if of is not kind:
                continue
            wanted = kind_wanted(meaning)
            if name not in on_type:
                yield _no_field(name, wanted, type_name, on_type)
            elif there.get(name, wanted) is not wanted:
                yield _unfit_field(name, there[name], wanted, meaning.value)


def _no_type(kind: Kind, name: str, types: Collection[str]) -> ProjectProblem:
    what = f"there is no work item type '{name}', which is to be a {kind.value}"
    return ProjectProblem(
        what, f"an administrator adds the type, or the configuration names another{_near(name, types)}"
    )


def _no_field(name: str, wanted: FieldKind, type_name: str, there: Collection[str]) -> ProjectProblem:
    what = f"type '{type_name}' has no field '{name}'"
    return ProjectProblem(
        what, f"an administrator adds the field {name} ({wanted.value}) to type '{type_name}'{_near(name, there)}"
    )


def _unfit_field(name: str, found: FieldKind, wanted: FieldKind, meaning: str) -> ProjectProblem:
    what = f"field '{name}' is of kind {found.value}, and '{meaning}' needs {wanted.value}"
    return ProjectProblem(what, f"the configuration names another field, or an administrator adds one ({wanted.value})")


def _near(name: str, there: Iterable[str]) -> str:
    by_own_name = {_own_name(known): known for known in there}
    found = get_close_matches(_own_name(name), by_own_name, n=1, cutoff=0.7)
    return f"; did you mean '{by_own_name[found[0]]}'?" if found else ""


def _own_name(name: str) -> str:
    """What tells one name from another: `seal` of `Custom.Seal`."""
    return _PREFIX.sub("", name.casefold())


def _named(answer: Node, key: str) -> set[str]:
    return {node.text(key) for node in answer.nodes("value")}
