"""Mutants of writing: how a change is sent, and what is taken for its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from adapters.azure_devops import batch_answer, writing
from adapters.azure_devops.answers import Failure, SignedOut
from adapters.azure_devops.encode import Encoding
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.outcomes import Applied, Outcome, Refused
from adapters.azure_devops.pace import Pace
from adapters.azure_devops.places import Meant
from adapters.azure_devops.rows import ItemRow
from adapters.azure_devops.writing import Pending, Writing
from tests.campaign.mutants.mutant import Change, Mutant
from tests.campaign.mutants.search import Seeds

UPDATE, UPDATE_ALL = Encoding.update, Writing.update
SENT, ROUND = vars(Writing)["_sent"], vars(Writing)["_round"]
RECEIVE, REPLIES = vars(Gateway)["_receive"], batch_answer.replies


def _untested(self: Encoding, *given: Any) -> list[Any]:
    return [operation for operation in UPDATE(self, *given) if operation["op"] != "test"]


def _believes_a_page(self: Writing, pending: Sequence[Pending], until: float | None) -> Any:
    sent = SENT(self, pending, until)
    if isinstance(sent, SignedOut):
        return [_as_if_written(one) for one in pending]
    return sent


def _as_if_written(one: Pending) -> ItemRow:
    row = one.row or ItemRow(one.id, one.rev, "Bug", {})
    return replace(row, rev=one.rev + 1)


def _believes_it(self: Meant, *given: Any) -> bool:
    return True


def _one_by_one(self: Writing, pending: Sequence[Pending], until: float | None) -> Any:
    if len(pending) == 1:
        return ROUND(self, pending, until)
    sent = self._sent(pending, until)
    if isinstance(sent, Failure) or not all(isinstance(reply, ItemRow) for reply in sent):
        return {id: outcome for one in pending for id, outcome in ROUND(self, [one], until).items()}
    return {reply.id: Applied(reply.id, reply.rev, reply) for reply in sent if isinstance(reply, ItemRow)}


def _but_the_first_failure(answer: Any, ids: list[int], named: Any) -> list[Any]:
    found = REPLIES(answer, ids, named)
    failed = next((place for place, reply in enumerate(found) if isinstance(reply, Failure)), None)
    if failed is not None:
        stood = next((reply for reply in found if isinstance(reply, ItemRow)), None)
        rev = next((int(reply.rev) for reply in found if isinstance(reply, ItemRow)), 9)
        found[failed] = ItemRow(ids[failed], rev, stood.type if stood else "Bug", {})
    return found


def _for_good(self: Writing, *given: Any) -> tuple[Outcome, ...]:
    outcomes = UPDATE_ALL(self, *given)
    return tuple(replace(o, is_lasting=True) if isinstance(o, Refused) else o for o in outcomes)


def _deaf_after_writes(self: Gateway, response: Any, *given: Any, **named: Any) -> None:
    if response.request.method in ("POST", "PATCH"):
        for header in ("Retry-After", "X-RateLimit-Delay"):
            response.headers.pop(header, None)
    RECEIVE(self, response, *given, **named)


def _at_once(self: Pace, attempted: str, *, patience: float, until: float | None = None) -> None:
    self.insist(until, attempted)


def _deaf(self: Pace, headers: Any, *, is_throttled: bool) -> None:
    return


def _on_deaf_pace() -> Iterator[Change]:
    yield Pace, "heed", _deaf


WRITES = (
    Mutant(
        "drop test /rev",
        "sends a change without the revision that it was decided on",
        lambda: [(Encoding, "update", _untested)],
    ),
    Mutant(
        "accept 203",
        "takes a sign-in page for the answer to a change that was made",
        lambda: [(Writing, "_sent", _believes_a_page)],
        Seeds(("token ends",)),
    ),
    Mutant(
        "trust the place of a link",
        "takes off whichever link stands where the one did that it means",
        lambda: [(Meant, "is_done", _believes_it)],
        Seeds(("somebody links",)),
    ),
    Mutant(
        "single calls after a batch",
        "sends the parts of a batch that failed one by one",
        lambda: [(Writing, "_round", _one_by_one)],
        Seeds(("5xx", "connection reset", "no answer")),
    ),
    Mutant(
        "swallow one error of a batch",
        "takes the first part of a batch that was refused for done",
        lambda: [(writing, "replies", _but_the_first_failure)],
        Seeds(("somebody edits",)),
    ),
    Mutant(
        "refused for good",
        "takes whatever was not done for something that never will be, and leaves it for hours",
        lambda: [(Writing, "update", _for_good)],
        Seeds(("connection refused", "items missing")),
    ),
    Mutant(
        "ignore Retry-After on POST",
        "does not rest after a throttled POST or PATCH",
        lambda: [(Gateway, "_receive", _deaf_after_writes)],
        Seeds(("429", "200 with Retry-After")),
    ),
    Mutant(
        "ignore Retry-After",
        "does not rest when it is told to",
        lambda: list(_on_deaf_pace()),
        Seeds(("429", "200 with Retry-After")),
    ),
    Mutant(
        "no pace",
        "asks as often as it likes",
        lambda: [(Pace, "admit", _at_once)],
    ),
)
