"""Mutants of decisions: what is handed over, put back, numbered and written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import bot.agree
import bot.approval
import bot.blocks
import bot.comment_commands
import bot.compose_list
import bot.delivered
import bot.deployments
import bot.put_back
import bot.raise_rfcs
import bot.retest
import bot.rewrite_list
import bot.rfc_edition
import jobs.put_back
from adapters.sandbox.mhhs_seeds.people import SIT_DEFECT_MANAGER, TESS, UIT_DEFECT_MANAGER
from adapters.sandbox.work_item import WorkItem
from bot.buckets import Buckets
from bot.candidate_list import CandidateList, Role
from bot.compose_note import compose_note
from bot.contents import Releases
from bot.defect import Defect, State
from bot.deployment import Deployment
from bot.discussion import Discussion
from bot.number import ReleaseType
from bot.picture import Picture
from bot.plan import Action, Plan
from bot.where import Standing, Where
from tests.campaign.checker import fields as f
from tests.campaign.checker.checking import Checker
from tests.campaign.mutants.mutant import Mutant
from tests.campaign.mutants.play import goes_on
from tests.campaign.mutants.search import Told
from tests.campaign.people import People

RAISE = bot.rfc_edition.raise_rfc


def _by_release_only(candidate_list: CandidateList, entry: Any, defect: Any) -> bool:
    return defect is not None and entry.role is not Role.CHANGE


def _all_moved(deployment: Deployment, picture: Picture) -> Iterator[Any]:
    moved = picture.moved_by.get(deployment.rfc.id, ())
    return (d for d in moved if d.state is State.READY_FOR_RETEST)


def _once_and_for_all(self: Buckets, defect: Defect) -> Standing | None:
    return None if defect.delivered_by is None else Standing(defect, Where.TAKEN_BACK, "", "")


def _as_a_minor_one(sealed: CandidateList, picture: Picture) -> Action:
    return RAISE(replace(sealed, type=ReleaseType.MINOR), picture)


def _one_short(sealed: Any, picture: Picture) -> Any:
    return compose_note(replace(sealed, entries=frozenset(sorted(sealed.entries)[1:])), picture)


def _tester_writes_below(people: People) -> None:
    people.somebody(deed="comment", which=0, how=4)
    for _ in range(14):
        people.looks(minutes=2, replica=0)


def _with_smoke_tests(people: People) -> None:
    """In a programme that asks for them everywhere."""
    company = people.company
    programme = company.configuration.programme
    tested = {name: replace(place, smoke_test=True) for name, place in programme.environments.items()}
    company.configuration = replace(company.configuration, programme=replace(programme, environments=tested))
    company.checker = Checker(company.azure, company.configuration.programme, company.heard)
    company.restart()
    goes_on(people, "approve", "deploy")


def _edited_then_rolled_back(people: People) -> None:
    goes_on(people, "approve", "deploy")
    azure = people.company.azure
    for item in azure.items(f.DEFECT):
        if item.state == f.RETEST:
            azure.person(TESS).edit(item.id, {f.TITLE: "Seen by a tester"})
    goes_on(people, "roll back")


def _fixed_again(people: People) -> None:
    """A release is deployed, a retest fails, and the next release has the second fix."""
    goes_on(people, "approve", "deploy", "reopen")
    people.somebody(deed="resolve", which=0, how=1)
    people.looks(minutes=16, replica=0)
    people.a_release_goes_on(which=0, deeds=3)


def _changed_after_it_was_sealed(people: People) -> None:
    """A list is agreed once more, and then somebody takes one of its fixes off."""
    people.a_release_goes_on(which=0, deeds=1)
    people.somebody(deed="put back", which=0, how=0)
    people.looks(minutes=16, replica=0)
    azure = people.company.azure
    listed = next(item for item in azure.items(f.LIST) if item.state == f.PROPOSED and item.fields.get(f.EDITION))
    azure.person(_manager(listed)).set_state(listed.id, f.AGREED)
    people.looks(minutes=2, replica=0)
    azure.person(TESS).unlink(listed.id, f.ENTRY, min(azure.item(listed.id).links(f.ENTRY)))
    people.looks(minutes=2, replica=0)


def _manager(listed: WorkItem) -> str:
    return UIT_DEFECT_MANAGER if listed.fields[f.ENVIRONMENT] == "UIT" else SIT_DEFECT_MANAGER


DECIDING = (
    Mutant(
        "confirm by release only",
        "hands over what a release brings, wherever it was found",
        lambda: [(bot.delivered, "retests", _by_release_only)],
    ),
    Mutant(
        "hand over to nobody",
        "hands a defect over without saying to whom",
        lambda: [(bot.retest, "testers", lambda defect, arrived, picture: ())],
        Told("deploy a release", lambda people: goes_on(people, "approve", "deploy")),
    ),
    Mutant(
        "redo after undo",
        "hands over again what a person has taken back",
        lambda: [(Buckets, "_taken_back", lambda self, defect: None)],
    ),
    Mutant(
        "move without confirmed smoke test",
        "does not ask whether the smoke test has passed",
        lambda: [(bot.deployments, "judge_smoke", lambda rfc, steps, jury: None)],
        Told("ask for a smoke test and make none", _with_smoke_tests),
    ),
    Mutant(
        "raise as another type",
        "raises an RFC of another type than was agreed",
        lambda: [(bot.raise_rfcs, "raise_rfc", _as_a_minor_one)],
    ),
    Mutant(
        "put back over an edit",
        "puts a defect back after a rollback, whoever has changed it since",
        lambda: [(bot.put_back, "untouched", _all_moved)],
        Told("roll back what a tester has begun with", _edited_then_rolled_back),
    ),
    Mutant(
        "never put back",
        "leaves with their testers what a rollback has taken away",
        lambda: [(jobs.put_back, "plan_put_back", lambda picture: Plan())],
        Told("roll a release back", lambda people: goes_on(people, "approve", "deploy", "roll back")),
    ),
    Mutant(
        "note from a changed list",
        "writes the next edition of an RFC from a list that was changed after it was sealed",
        lambda: [
            (bot.raise_rfcs, "still_sealed", lambda sealed: True),
            (bot.blocks, "still_sealed", lambda sealed: True),
        ],
        Told("take a fix off a list that was sealed again", _changed_after_it_was_sealed),
    ),
    Mutant(
        "a note that is one short",
        "leaves the first fix of a list out of its note",
        lambda: [(bot.rfc_edition, "compose_note", _one_short)],
    ),
    Mutant(
        "answer twice",
        "does not see that it has answered a comment",
        lambda: [(Discussion, "answered", lambda self, bot: frozenset())],
        Told("ask for something that cannot be done", _tester_writes_below),
    ),
    Mutant(
        "rewrite at every look",
        "rewrites the text of a list whether it is stale or not",
        lambda: [
            (bot.rewrite_list, "_is_stale", lambda standing, page: True),
            (bot.rewrite_list, "_written_just_now", lambda standing, picture: False),
        ],
    ),
    Mutant(
        "drop the emergency",
        "lets a regular release take away what an emergency brought",
        lambda: [(bot.blocks, "would_remove", lambda candidate_list, picture: ())],
        survives="the draft carries an emergency's fix by itself; a list that lacks it was not met in 60 seeds",
    ),
    Mutant(
        "forget what is left out",
        "does not say on a list what is left out of it",
        lambda: [(bot.compose_list, "_left_out", lambda environment, party, listed, picture: ())],
    ),
    Mutant(
        "a second fix is forgotten",
        "takes whatever it has once handed over for taken back by a person",
        lambda: [(Buckets, "_taken_back", _once_and_for_all)],
        Told("fix a defect again after its retest", _fixed_again),
    ),
    Mutant(
        "number of its own",
        "gives a number without looking at those that are taken",
        lambda: [(Releases, "can_be_next", lambda self, number: True)],
        survives="what is agreed keeps its number by other rules too; not met in 60 seeds",
    ),
)
