"""Mutants of the fence: what makes sure that an RFC is raised once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import bot.agree
import bot.fence
import bot.why_not_raised
import jobs.carry_out
import jobs.raise_under_fence
import jobs.recorded
import jobs.settle_open
from adapters.azure_devops.gateway import WRITE_PATIENCE, Gateway
from adapters.azure_devops.outcomes import Applied, Outcome, Refused
from adapters.azure_devops.server_clock import ServerClock
from adapters.store.ledger import Ledger
from bot.candidate_list import CandidateList, Key
from bot.change import Change as Writing
from bot.change import Edit, Field
from bot.defect import Kind
from bot.plan import Action, Fence
from bot.rfc import Rfc
from jobs.world import World
from tests.campaign.mutants.mutant import Change, Mutant
from tests.campaign.mutants.search import Cuts, Seeds, Told
from tests.campaign.people import People

LATE = Seeds(("no answer, arrives late", "killed, request arrives late"), "create")


def _never_quarantined() -> Sequence[Change]:
    users: Sequence[Any] = (bot.agree, bot.why_not_raised, jobs.settle_open)
    return [(user, "is_quarantined", lambda claimed_at, now: False) for user in users]


def _sent_again(self: Gateway, attempted: str, send: Any, *, until: float | None = None) -> Any:
    try:
        return self._once(attempted, send, patience=WRITE_PATIENCE, until=until)
    except Exception:  # noqa: BLE001
        return self._once(attempted, send, patience=WRITE_PATIENCE, until=until)


def _sent_again_after_a_page() -> Sequence[Change]:
    def write(self: Gateway, attempted: str, send: Any, *, until: float | None = None) -> Any:
        return self._signed_in(lambda: self._once(attempted, send, patience=WRITE_PATIENCE, until=until))

    return [(Gateway, "write", write)]


def _unclaimed(fence: Fence, *_: object) -> Outcome:
    return Applied(fence.list_id, fence.list_rev)


def _unrecorded_claim(fence: Fence, action: Action, intent: str, world: World, run: str) -> Outcome:
    edits = (
        Edit(Field.CLAIM, None, f"{intent}: {fence.claim}"),
        Edit(Field.WRITTEN, None, f"run {run}; rule raise; claimed to raise {fence.key}"),
    )
    return world.boards.update([Writing(Kind.LIST, fence.list_id, fence.list_rev, edits)])[0]


def _by_its_own_clock(self: ServerClock) -> datetime:
    return datetime.fromtimestamp(self._elapsed(), UTC)


def _not_applied(self: Any, intent: Any) -> Refused:
    return Refused("not applied")


def _written_down_afterwards(actions: Sequence[Action], world: World, run: str) -> Sequence[Outcome]:
    outcomes = world.boards.update([jobs.recorded.marked(action.change, action, run, world) for action in actions])
    intents = world.store.ledger.intend(run, actions, world.boards.server_time())
    return jobs.recorded.record(actions, intents, outcomes, world)


def _without_environment(self: CandidateList | Rfc) -> Key:
    return Key("", self.party, self.number)


def _asked_for_and_unseen(people: People) -> None:
    people.looks(minutes=2, replica=0)
    people.there_is_trouble(what="feeds lag", replica=0)
    people.somebody(deed="urge", which=0, how=0)
    people.goes_wrong(mishap="a creation is answered by nothing", skip=0)
    for minutes in (8, 2, 2):
        people.looks(minutes=minutes, replica=0)


FENCE = (
    Mutant(
        "drop quarantine",
        "looks at a claim at once, although what was sent under it may still arrive",
        _never_quarantined,
        LATE,
    ),
    Mutant(
        "a quarantine of 150 s",
        "waits less long than what was sent may take to arrive",
        lambda: [(bot.fence, "QUARANTINE", timedelta(seconds=150))],
        LATE,
    ),
    Mutant(
        "retry POST once",
        "sends a write again whose answer did not come",
        lambda: [(Gateway, "write", _sent_again)],
        Seeds(("no answer", "connection reset", "5xx"), "create"),
    ),
    Mutant(
        "send again after a page",
        "takes a web page with 200 for a refusal of its token, and sends the creation with a new one",
        _sent_again_after_a_page,
        Seeds(("spoilt body",), "create"),
    ),
    Mutant(
        "no claim",
        "creates the RFC without the compare-and-swap on its list",
        lambda: [(jobs.raise_under_fence, "_claim", _unclaimed)],
        Seeds(("paused", "feeds lag", "no answer, arrives late")),
    ),
    Mutant(
        "drop the send deadline",
        "sends a creation however long after its claim",
        lambda: [(jobs.carry_out, "SEND_WITHIN", timedelta(hours=10))],
        Seeds(("paused",)),
    ),
    Mutant(
        "own clock",
        "tells the age of a claim by its own clock",
        lambda: [(ServerClock, "now", _by_its_own_clock)],
        Seeds(("clock jumps ahead", "no answer, arrives late")),
    ),
    Mutant(
        "no record of the claim",
        "writes the claim without an intent",
        lambda: [(jobs.raise_under_fence, "_claim", _unrecorded_claim)],
    ),
    Mutant(
        "settle as not applied",
        "takes every open intent for one that never arrived",
        lambda: [(vars(jobs.settle_open)["_Look"], "settled", _not_applied)],
    ),
    Mutant(
        "intent after call",
        "writes its intent down when the answer is there",
        lambda: [
            (jobs.carry_out, "update_recorded", _written_down_afterwards),
            (jobs.raise_under_fence, "update_recorded", _written_down_afterwards),
        ],
        Cuts(("update", "killed when it was applied")),
    ),
    Mutant(
        "key without the environment",
        "knows an RFC by party and number alone",
        lambda: [
            (CandidateList, "key", property(_without_environment)),
            (Rfc, "key", property(_without_environment)),
        ],
        Cuts(("create",)),
    ),
    Mutant(
        "create a list without looking for one",
        "sends the creation of a list again while the first may still arrive",
        lambda: [(Ledger, "uncertain_creations", lambda self, now: frozenset())],
        Told("ask for an emergency whose list cannot be seen yet", _asked_for_and_unseen),
    ),
)
