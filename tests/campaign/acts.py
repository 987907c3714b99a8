"""Acts: what people of the programme may do next, by how things stand on the server; one of them is drawn at a time."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import DEPLOYMENT_MANAGER, RFC, Cast, release_manager
from adapters.sandbox.mhhs_seeds.people import TESS, defect_manager_of
from adapters.sandbox.problem import Problem
from adapters.sandbox.work_item import WorkItem
from tests.campaign.deeds import DEEDS
from tests.jobs.small_world import START

ENTRY = "System.LinkTypes.Related"
ENVIRONMENT, PARTY, NUMBER = "Custom.ReleaseEnvironment", "Custom.ReleaseParty", "Custom.ReleaseNumber"
WINDOW = timedelta(hours=3)
NEXT = {"DCC": ("5.2.16.0", "5.2.17.0", "5.2.18.0"), "Electralink": ("3.4.8.0", "3.4.9.0", "3.4.10.0")}
BESIDES = (
    "found elsewhere",
    "delete a defect",
    "agree without the role",
    "comment",
    "approve without the role",
    "take the approval back",
    "deploy without the role",
    "deploy unapproved",
    "deliver one",
    "accept without the role",
    "roll back without the role",
    "try again",
    "reopen the RFC",
)
"""Deeds beside the way of a release, sensible or not."""
EMERGENCIES = {"DCC": ("5.2.15.1", "5.2.16.1", "5.2.17.1"), "Electralink": ("3.4.7.1", "3.4.8.1", "3.4.9.1")}


@dataclass(frozen=True)
class Act:
    """`weight`: how often it is drawn beside others of which there are as many."""

    weight: int
    words: str
    do: Callable[[], object]


class People:
    """`draw` is one act, or None where nobody has anything to do."""

    def __init__(self, azure: Azure, rng: random.Random) -> None:
        self.azure, self.rng, self.cast = azure, rng, Cast(azure)

    def draw(self) -> Act | None:
        acts = list(self._possible())
        if not acts:
            return None
        sorts: dict[str, list[Act]] = {}
        for act in acts:
            sorts.setdefault(act.words.partition(" ")[0], []).append(act)
        weights = [group[0].weight for group in sorts.values()]
        (group,) = self.rng.choices(list(sorts.values()), weights)
        return self.rng.choice(group)

    def act(self) -> str:
        """What was done, or what the server would not have done."""
        act = self.draw()
        if act is None:
            return "nobody does anything"
        try:
            act.do()
        except Problem as problem:
            return f"{act.words}: refused, {problem.message}"
        return act.words

    def _possible(self) -> Iterator[Act]:
        """In the order of ids, so that a seed draws the same."""
        for item in self.azure.items():
            match item.type.name:
                case "Bug":
                    yield from self._with_defect(item)
                case "Candidate List":
                    yield from self._with_list(item)
                case "Request for Change":
                    yield from self._with_rfc(item)
        yield from self._with_what_is_deleted()
        yield self._deed(2, "report", "report a defect")
        for deed in BESIDES:
            yield self._deed(4, deed, f"somebody: {deed}")

    def _deed(self, weight: int, deed: str, words: str) -> Act:
        which, how = self.rng.randrange(4), self.rng.randrange(8)
        return Act(weight, f"{words} ({which}, {how})", partial(DEEDS[deed], self.azure, which, how))

    def _with_defect(self, item: WorkItem) -> Iterator[Act]:
        id, party = item.id, str(item.fields.get("Custom.ResolvingParty", ""))
        at = f"defect {id}"
        if item.state in ("New", "Active") and party in NEXT:
            version = self._build_of(party)
            yield Act(4, f"resolve {at} with {version}", partial(self.cast.resolve, id, version))
            yield Act(2, f"emergency for {at}", partial(self._emergency, id, party))
        if item.state == "Resolved":
            held = any(tag.casefold().startswith("hold") for tag in item.tags)
            yield from self._hold_or_unhold(id, at, held=held)
            yield Act(1, f"reopen {at}", partial(self.cast.reopen, id))
            yield Act(1, f"rename {at}", partial(self.cast.retitle, id, f"Renamed {self.rng.randrange(100)}"))
            later = self.azure.clock.now().date() + timedelta(days=self.rng.randrange(1, 12))
            yield Act(1, f"plan {at} for {later}", partial(self._plan_for, id, later))
            version = self._build_of(party)
            yield Act(1, f"version of {at} is {version}", partial(self.cast.name_version, id, version))
            yield Act(1, f"hand {at} over by hand", partial(self._hand_over, id))
        if item.state == "Ready for Retest":
            yield Act(2, f"retest {at}", partial(self.cast.retest, id))
            yield Act(1, f"reopen {at}", partial(self.cast.reopen, id))
            yield Act(1, f"take {at} back", partial(self.cast.take_back, id))

    def _hold_or_unhold(self, id: int, at: str, *, held: bool) -> Iterator[Act]:
        if held:
            yield Act(2, f"unhold {at}", partial(self.cast.unhold, id))
        else:
            yield Act(1, f"hold {at}", partial(self.cast.hold, id, "No test data."))

    def _with_list(self, item: WorkItem) -> Iterator[Act]:
        environment, party = _place(item)
        at, manager = f"list {item.id} ({party} {environment})", defect_manager_of(environment)
        person = self.azure.person(manager)
        if item.state == "Proposed":
            yield Act(12, f"agree {at}", partial(person.set_state, item.id, "Agreed"))
            # One that was sealed alone knows what its release brings: who deletes it settles that by hand.
            yield Act(1, f"delete {at}", partial(person.delete, item.id))
        if item.state == "Agreed":
            yield Act(1, f"put {at} back", partial(person.set_state, item.id, "Proposed"))
            yield Act(1, f"waive notice of {at}", partial(person.edit, item.id, {"Custom.Waiver": "agreed by phone"}))
        if item.state in ("Proposed", "Agreed", "Raised"):
            yield Act(1, f"note on {at}", partial(person.edit, item.id, {"System.Tags": "seen"}))
            yield from self._of_entries(item, at, manager)
            yield from self._of_number(item, at, manager)
            start = self._next_morning()
            window = {"Custom.WindowStart": start, "Custom.WindowEnd": start + WINDOW}
            yield Act(1, f"move window of {at} to {start:%d-%b}", partial(person.edit, item.id, window))

    def _of_number(self, item: WorkItem, at: str, manager: str) -> Iterator[Act]:
        numbers = NEXT.get(_place(item)[1], NEXT["DCC"])
        if item.state in ("Proposed", "Agreed") and item.fields.get("Custom.ReleaseType") != "emergency":
            number = self.rng.choice((*numbers, ""))
            edit = partial(self.azure.person(manager).edit, item.id, {NUMBER: number or None})
            yield Act(1, f"set number of {at} to {number or 'none'}", edit)

    def _build_of(self, party: str) -> str:
        """A party builds once a week, and its numbers increase."""
        builds = NEXT.get(party, NEXT["DCC"])
        weeks = (self.azure.clock.now() - START) // timedelta(days=7)
        return builds[min(weeks, len(builds) - 1)]

    def _of_entries(self, item: WorkItem, at: str, manager: str) -> Iterator[Act]:
        person = self.azure.person(manager)
        fixes = item.links(ENTRY)
        if not fixes:
            return
        fix = self.rng.choice(fixes)
        yield Act(1, f"unlink {fix} from {at}", partial(person.unlink, item.id, ENTRY, fix))
        if item.state == "Raised":
            return
        for verb in ("hold", "unhold"):
            words = f"<div>/{verb} {fix} as was said in the meeting</div>"
            yield Act(1, f"command /{verb} {fix} under {at}", partial(person.comment, item.id, words))

    def _with_rfc(self, item: WorkItem) -> Iterator[Act]:
        environment, party = _place(item)
        at = f"RFC {item.id} ({party} {environment} {item.fields.get(NUMBER)})"
        manager, deployer = self.azure.person(release_manager(environment)), self.azure.person(DEPLOYMENT_MANAGER)
        state = partial(manager.set_state, item.id)
        if item.state == "Raised":
            yield Act(12, f"approve {at}", partial(state, "Approved"))
            yield Act(1, f"reject {at}", partial(self._reject, item.id, environment))
        if item.state == "Approved":
            yield Act(12, f"deploy {at}", partial(deployer.set_state, item.id, "Deployed"))
            failed = {"System.State": "Deployed", "Custom.Outcome": "failed"}
            yield Act(2, f"fail {at}", partial(deployer.edit, item.id, failed))
        if item.state in ("Raised", "Approved"):
            yield from self._before_deployment(item, at, environment)
        if item.state == "Deployed":
            yield from self._after_deployment(item, at, environment)
        if item.state != "Closed":
            yield Act(1, f"delete {at}", partial(self.azure.person(release_manager(environment)).delete, item.id))

    def _before_deployment(self, item: WorkItem, at: str, environment: str) -> Iterator[Act]:
        manager = self.azure.person(release_manager(environment))
        edit = partial(manager.edit, item.id)
        yield Act(1, f"withdraw {at}", partial(manager.set_state, item.id, "Withdrawn"))
        start = self._next_morning()
        window = {"Custom.WindowStart": start, "Custom.WindowEnd": start + WINDOW}
        yield Act(1, f"postpone {at} to {start:%d-%b}", partial(edit, window))
        yield Act(1, f"rewrite note of {at}", partial(edit, {"Custom.ReleaseNote": "<div>As discussed.</div>"}))
        yield Act(1, f"answer on {at}", partial(edit, {"Custom.Answers": "<div>design: ready</div>"}))

    def _after_deployment(self, item: WorkItem, at: str, environment: str) -> Iterator[Act]:
        manager, deployer = self.azure.person(release_manager(environment)), self.azure.person(DEPLOYMENT_MANAGER)
        yield Act(3, f"close {at}", partial(manager.set_state, item.id, "Closed"))
        yield Act(2, f"roll back {at}", partial(deployer.set_state, item.id, "Rolled Back"))
        if item.fields.get("Custom.Outcome") == "failed":
            yield Act(6, f"try {at} again", partial(deployer.set_state, item.id, "Approved"))
        waiting = [one.id for one in self.azure.items("Bug") if one.state == "Resolved"]
        if waiting:
            accepted = self.rng.choice(waiting)
            edit = {"Custom.Accepted": str(accepted)}
            yield Act(2, f"accept {accepted} on {at}", partial(manager.edit, item.id, edit))

    def _with_what_is_deleted(self) -> Iterator[Act]:
        for item in self.azure.organisation.boards.items.values():
            if item.is_deleted and not item.is_gone and item.type.name in (RFC, "Candidate List", "Bug"):
                restorer = self.azure.person(release_manager(_place(item)[0]))
                yield Act(6, f"restore {item.id}", partial(restorer.restore, item.id))

    def _emergency(self, id: int, party: str) -> None:
        self.cast.ask_for_emergency(id)
        self.cast.resolve(id, self.rng.choice(EMERGENCIES[party]))

    def _reject(self, id: int, environment: str) -> None:
        manager = self.azure.person(release_manager(environment))
        manager.set_state(id, "Rejected")
        manager.comment(id, "The rollback plan is missing.")

    def _hand_over(self, id: int) -> None:
        self.azure.person(TESS).set_state(id, "Ready for Retest")

    def _plan_for(self, id: int, day: date) -> None:
        self.cast.plan_for(id, day)

    def _next_morning(self) -> datetime:
        days = timedelta(days=self.rng.randrange(2, 12))
        return (self.azure.clock.now() + days).replace(hour=9, minute=0, second=0, microsecond=0)


def _place(item: WorkItem) -> tuple[str, str]:
    return str(item.fields.get(ENVIRONMENT, "")), str(item.fields.get(PARTY, ""))
