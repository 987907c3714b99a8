"""Mutants that take anybody's word: who may agree, approve, deploy, ask, and what it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import bot.agree
import bot.approval
import bot.comment_commands
import bot.delivered
import bot.deployments
import bot.put_back
import jobs.put_back
from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import DEPLOYMENT_MANAGER
from adapters.sandbox.mhhs_seeds.people import TESS
from adapters.sandbox.work_item import WorkItem
from bot.approval import Approval
from bot.candidate_list import CandidateList
from bot.outcome import Outcome
from bot.picture import Picture
from bot.plan import Plan
from bot.put_back import untouched
from tests.campaign.checker import fields as f
from tests.campaign.mutants.mutant import Mutant
from tests.campaign.mutants.play import goes_on, looks_twice
from tests.campaign.mutants.search import Told
from tests.campaign.people import People
from tests.jobs.small_world import START

PUT_BACK = vars(bot.put_back)["_put_back"]
JUDGE = vars(bot.approval)["_judge"]
MAY_NOT_AGREE = bot.agree.objection
APPROVED = Approval("somebody", "some role", START)


def _from_anybody(step: Any, rfc: Any, steps: Any, environment: Any, *given: Any) -> Any:
    who_may = min(person for people in environment.approvals.values() for person in people)
    return JUDGE(replace(step, by=who_may), rfc, steps, environment, *given)


def _of_whatever_it_holds(step: Any, rfc: Any, steps: Any, *given: Any) -> Any:
    same = [replace(one, seal=rfc.seal) for one in steps]
    return JUDGE(replace(step, seal=rfc.seal), rfc, same, *given)


def _by_whoever_may(candidate_list: CandidateList, by: str, picture: Picture) -> str:
    roles = picture.facts.programme.environments[candidate_list.environment].agrees
    who_may = min(person for people in roles.values() for person in people)
    return MAY_NOT_AGREE(candidate_list, who_may, picture)


def _whoever_says_so(picture: Picture) -> Plan:
    rolled_back = (d for d in picture.deployments if d.outcome is Outcome.ROLLED_BACK)
    return Plan(tuple(PUT_BACK(d, defect, picture) for d in rolled_back for defect in untouched(d, picture)))


def _approved(people: People) -> WorkItem:
    goes_on(people, "approve")
    return next(item for item in people.company.azure.items(f.RFC) if item.state == f.APPROVED)


def _seal_is_tried(people: People) -> None:
    """Somebody sets another seal, and then the old one again."""
    azure, approved = people.company.azure, _approved(people)
    for seal in ("0" * 64, str(approved.fields[f.SEAL])):
        azure.person(TESS).edit(approved.id, {f.SEAL: seal})
    azure.person(DEPLOYMENT_MANAGER).set_state(approved.id, f.DEPLOYED)
    looks_twice(people)


def _renumbered_everywhere(people: People) -> None:
    """Its list too, so that each fits the other."""
    azure, approved = people.company.azure, _approved(people)
    for id in (approved.id, *approved.links(f.TO_LIST)):
        _renumber(azure, id)
    azure.person(DEPLOYMENT_MANAGER).set_state(approved.id, f.DEPLOYED)
    looks_twice(people)


def _renumber(azure: Azure, id: int) -> None:
    number = str(azure.item(id).fields[f.NUMBER])
    azure.person(TESS).edit(id, {f.NUMBER: number.removesuffix("0") + "1"})


def _another_number_is_deployed(people: People) -> None:
    azure, approved = people.company.azure, _approved(people)
    _renumber(azure, approved.id)
    azure.person(DEPLOYMENT_MANAGER).set_state(approved.id, f.DEPLOYED)
    looks_twice(people)


def _tester_deploys(people: People) -> None:
    azure, approved = people.company.azure, _approved(people)
    azure.person(TESS).set_state(approved.id, f.DEPLOYED)
    looks_twice(people)


def _tester_agrees(people: People) -> None:
    people.somebody(deed="agree without the role", which=0, how=0)
    looks_twice(people)


def _tester_rolls_back(people: People) -> None:
    goes_on(people, "approve", "deploy")
    azure = people.company.azure
    deployed = next(item for item in azure.items(f.RFC) if item.state == f.DEPLOYED)
    azure.person(TESS).set_state(deployed.id, f.ROLLED_BACK)
    looks_twice(people)


def _tester_holds(people: People) -> None:
    listed = next(item for item in people.company.azure.items(f.LIST) if item.links(f.ENTRY))
    people.company.azure.person(TESS).comment(listed.id, f"<div>/hold {listed.links(f.ENTRY)[0]} I am at it</div>")
    looks_twice(people)


def _linked_once_approved(people: People) -> None:
    """To the list and to its RFC: a fix that nobody has agreed."""
    azure, approved = people.company.azure, _approved(people)
    (list_,) = approved.links(f.TO_LIST)
    place, number = (str(approved.fields[name]) for name in (f.ENVIRONMENT, f.NUMBER))
    fields = {f.TITLE: "Fixed too", f.PARTY_OF_DEFECT: approved.fields[f.PARTY], f.FOUND_IN: place, f.VERSION: number}
    fix = azure.person(TESS).create(f.DEFECT, fields)
    azure.person(TESS).set_state(fix, f.RESOLVED)
    for id in (approved.id, list_):
        azure.person(TESS).link(id, f.ENTRY, fix, f"{number}, retest here")
    azure.person(DEPLOYMENT_MANAGER).set_state(approved.id, f.DEPLOYED)
    looks_twice(people)


WHOSE_WORD = (
    Mutant(
        "move unapproved",
        "does not ask whether the deployment was approved",
        lambda: [(bot.deployments, "counting_approval", lambda *_: APPROVED)],
        Told("deploy what nobody has approved", lambda people: goes_on(people, "deploy unapproved")),
    ),
    Mutant(
        "approval from anybody",
        "takes the approval of whoever sets it",
        lambda: [(bot.approval, "_judge", _from_anybody)],
        Told("approve without the role", lambda people: goes_on(people, "approve without the role", "deploy")),
    ),
    Mutant(
        "agreed by anybody",
        "seals a list whoever has agreed it",
        lambda: [(bot.agree, "objection", _by_whoever_may)],
        Told("agree without the role", _tester_agrees),
    ),
    Mutant(
        "asked by anybody",
        "does what anybody asks for under a list",
        lambda: [(bot.comment_commands, "objection", lambda asked, picture: "")],
        Told("ask for a hold without the role", _tester_holds),
    ),
    Mutant(
        "approval of any content",
        "lets an approval stand whatever the RFC holds since",
        lambda: [(bot.approval, "_judge", _of_whatever_it_holds)],
        Told("change the seal and change it back", _seal_is_tried),
    ),
    Mutant(
        "deploy another number",
        "hands over by an RFC that asks for another release than its list was agreed for",
        lambda: [
            (bot.deployments, "misfit", lambda rfc, sealed: ""),
            (bot.deployments, "doubt", lambda rfc, facts: ""),
            (bot.approval, "_is_of_another", lambda given, steps: False),
        ],
        Told("change the number of what was approved", _another_number_is_deployed),
    ),
    Mutant(
        "approval of another release",
        "lets an approval stand whatever release the RFC asks for since",
        lambda: [(bot.approval, "_is_of_another", lambda given, steps: False)],
        Told("change the number of what was approved, and of its list", _renumbered_everywhere),
    ),
    Mutant(
        "deployed on anybody's word",
        "takes anybody's word that a release is deployed",
        lambda: [(bot.deployments, "judge_deployer", lambda evidence, jury: None)],
        Told("test and say that it is deployed", _tester_deploys),
    ),
    Mutant(
        "put back on anybody's word",
        "takes anybody's word that a release was rolled back",
        lambda: [(jobs.put_back, "plan_put_back", _whoever_says_so)],
        Told("test and say that it was rolled back", _tester_rolls_back),
    ),
    Mutant(
        "delivered by whoever links",
        "hands over what anybody has linked to a list and its RFC since they were sealed",
        lambda: [(bot.delivered, "_sealed_fixes", lambda sealed, rfc, picture: rfc.fixes)],
        Told("link a fix to a list and its RFC once that is approved", _linked_once_approved),
    ),
)
