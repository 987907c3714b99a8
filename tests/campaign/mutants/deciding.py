"""Mutants of decisions: what is handed over, approved, numbered and written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import bot.approval
import bot.blocks
import bot.compose_list
import bot.delivered
import bot.deployments
import bot.put_back
import bot.raise_rfcs
import bot.rewrite_list
import bot.rfc_edition
from bot.approval import Approval
from bot.buckets import Buckets
from bot.candidate_list import Role
from bot.compose_note import compose_note
from bot.contents import Releases
from bot.defect import State
from bot.deployment import Deployment
from bot.discussion import Discussion
from bot.picture import Picture
from tests.campaign.mutants.mutant import Mutant
from tests.campaign.mutants.search import Stories
from tests.jobs.small_world import START

JUDGE = vars(bot.approval)["_judge"]
APPROVED = Approval("somebody", "some role", START)


def _by_release_only(environment: str, entry: Any, defect: Any) -> bool:
    return defect is not None and entry.role is not Role.CHANGE


def _from_anybody(by: str, environment: Any, party: Any, bot: str) -> str:
    return ""


def _of_whatever_it_holds(step: Any, rfc: Any, steps: Any, *given: Any) -> Any:
    same = [replace(one, seal=rfc.seal) for one in steps]
    return JUDGE(replace(step, seal=rfc.seal), rfc, same, *given)


def _all_moved(deployment: Deployment, picture: Picture) -> Iterator[Any]:
    moved = picture.moved_by.get(deployment.rfc.id, ())
    return (d for d in moved if d.state is State.READY_FOR_RETEST)


def _one_short(sealed: Any, picture: Picture) -> Any:
    return compose_note(replace(sealed, entries=frozenset(sorted(sealed.entries)[1:])), picture)


DECIDING = (
    Mutant(
        "confirm by release only",
        "hands over what a release brings, wherever it was found",
        lambda: [(bot.delivered, "retests", _by_release_only)],
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
        Stories(),
    ),
    Mutant(
        "move unapproved",
        "does not ask whether the deployment was approved",
        lambda: [(bot.deployments, "counting_approval", lambda *_: APPROVED)],
        Stories(),
    ),
    Mutant(
        "approval from anybody",
        "takes the approval of whoever sets it",
        lambda: [(bot.approval, "why_no_approver", _from_anybody)],
        Stories(),
    ),
    Mutant(
        "approval of any content",
        "lets an approval stand whatever the RFC holds since",
        lambda: [(bot.approval, "_judge", _of_whatever_it_holds)],
        Stories(),
    ),
    Mutant(
        "deployed on anybody's word",
        "takes anybody's word that a release is deployed",
        lambda: [(bot.deployments, "judge_deployer", lambda evidence, jury: None)],
        Stories(),
    ),
    Mutant(
        "put back over an edit",
        "puts a defect back after a rollback, whoever has changed it since",
        lambda: [(bot.put_back, "untouched", _all_moved)],
    ),
    Mutant(
        "note from a changed list",
        "writes the next edition of an RFC from a list that was changed after it was sealed",
        lambda: [
            (bot.raise_rfcs, "still_sealed", lambda sealed: True),
            (bot.blocks, "still_sealed", lambda sealed: True),
        ],
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
    ),
    Mutant(
        "forget what is left out",
        "does not say on a list what is left out of it",
        lambda: [(bot.compose_list, "_left_out", lambda party, listed, picture: ())],
    ),
    Mutant(
        "number of its own",
        "gives a number without looking at those that are taken",
        lambda: [(Releases, "can_be_next", lambda self, number: True)],
    ),
)
