"""Acting as a person: what each act has to read, and what the person is asked before it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from adapters.azure_devops.rows import ItemRow
from adapters.terminal.talk import Talk
from bot import answer_act, defect_acts, release_acts
from bot.act import Act, Objection, Verdict
from bot.answers import Answer
from bot.confirm import confirm
from bot.defect import Defect, Kind
from bot.picture import Picture
from bot.remark import Remark
from bot.why_not_confirmed import Confirmation
from jobs.person import Person
from jobs.run import Ending
from jobs.write_act import asked, write


def hold(person: Person, said: Talk, id: int, why: str, environment: str) -> int:
    return _on_defect(person, said, id, lambda defect: defect_acts.hold(defect, Remark((why,)), environment))


def unhold(person: Person, said: Talk, id: int, why: str, environment: str) -> int:
    return _on_defect(person, said, id, lambda defect: defect_acts.unhold(defect, Remark((why,)), environment))


def move(person: Person, said: Talk, id: int, day: date, why: str) -> int:
    return _on_defect(person, said, id, lambda defect: defect_acts.move(defect, day, Remark((why,))))


def ask_for_emergency(person: Person, said: Talk, id: int, why: str) -> int:
    return _on_defect(person, said, id, lambda defect: defect_acts.ask_for_emergency(defect, Remark((why,))))


def agree(person: Person, said: Talk, id: int, *, yes: bool) -> int:
    """What is on the list is shown first, and somebody has to say yes to it."""

    def decide() -> Verdict:
        rows = person.rows([id])
        linked = {r.target for row in rows for r in row.relations or () if r.target is not None}
        facts = person.facts(person.items((*rows, *person.rows(linked))))
        candidate_list = facts.lists.get(id)
        if candidate_list is None:
            return _another(person, id, rows, "candidate list")
        return release_acts.agree(candidate_list, person.name, Picture(facts))

    return write(person, said, id, decide, lambda act: asked(said, act.shown, f"Agree list {id}?", yes=yes))


def waive(person: Person, said: Talk, id: int, why: str) -> int:
    def decide() -> Verdict:
        rows = person.rows([id])
        found = person.items(rows)
        item = found.lists.get(id) or found.rfcs.get(id)
        if item is None:
            return _another(person, id, rows, "candidate list or RFC")
        return release_acts.waive(item, why, person.name, person.facts(found))

    return write(person, said, id, decide)


def answer(person: Person, said: Talk, id: int, given: Answer) -> int:
    def decide() -> Verdict:
        rows = person.rows([id])
        found = person.items(rows)
        if id not in found.rfcs:
            return _another(person, id, rows, "RFC")
        facts = person.facts(found, {id: person.boards.history(id, Kind.RFC)})
        return answer_act.answer(found.rfcs[id], given, person.name, Picture(facts))

    return write(person, said, id, decide)


def confirm_deployment(person: Person, said: Talk, id: int, told: Confirmation, *, yes: bool) -> int:
    """A deviation from the process is written only when the person says so."""

    def decide() -> Verdict:
        rows = person.rows([id])
        rfc = person.items(rows).rfcs.get(id)
        if rfc is None:
            return _another(person, id, rows, "RFC")
        others = told.accepted | ({rfc.list_id} if rfc.list_id else set())
        histories = {id: person.boards.history(id, Kind.RFC)}
        facts = person.facts(person.items((*rows, *person.rows(others))), histories)
        return confirm(rfc, told, person.name, Picture(facts))

    return write(person, said, id, decide, lambda act: 0 if yes else _insisted(said, act))


def _on_defect(person: Person, said: Talk, id: int, act: Callable[[Defect], Verdict]) -> int:
    def decide() -> Verdict:
        rows = person.rows([id])
        defect = person.items(rows).defects.get(id)
        return act(defect) if defect is not None else _another(person, id, rows, "defect or change request")

    return write(person, said, id, decide)


def _another(person: Person, id: int, rows: tuple[ItemRow, ...], wanted: str) -> Objection:
    if rows:
        return Objection(f"{id} is of type {rows[0].type}, and no {wanted}")
    project = person.configuration.connection.project
    return Objection(f"{id} is no work item of {project} that {person.name} can see")


def _insisted(said: Talk, act: Act) -> int:
    for words in act.deviations:
        said.say(f"against the process: {words}")
    if act.deviations:
        said.say("Nothing was written: add --yes if it has happened all the same.")
    return Ending.FAILED.value if act.deviations else 0
