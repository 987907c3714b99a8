"""Writing: creating and updating work items, and finding out what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from adapters.azure_devops.answers import Declined, Failure
from adapters.azure_devops.batch_answer import Reply, replies
from adapters.azure_devops.encode import Encoding
from adapters.azure_devops.outcomes import Applied, Outcome, Refused, Unknown
from adapters.azure_devops.places import Places, names_places
from adapters.azure_devops.reading import item_row
from adapters.azure_devops.refusals import (
    is_conflict,
    is_its_own,
    is_unknown_person,
    outcome_of,
    was_not_done,
)
from adapters.azure_devops.rows import ItemRow
from adapters.azure_devops.settling import Settling
from adapters.azure_devops.work_items import MOST_AT_ONCE, Document, WorkItems
from adapters.portions import portions
from bot.change import Change

Rows = Mapping[int, ItemRow]
MOST_ROUNDS = 20
"""So many requests one batch may become: enough to find one part among 200, and never as many as it has parts."""
FORBIDDEN = 403
NOT_WHERE_TOLD = "links do not stand where they are told to, so that none can be taken off: to be done by hand"


class Reads(Protocol):
    """What writing has to read: links before it changes them, and items after a write whose end is not known."""

    def signed_in_as(self) -> str: ...
    def closely(self, ids: Iterable[int]) -> tuple[ItemRow, ...]: ...
    def alone(self, id: int) -> ItemRow: ...
    def revision(self, id: int, rev: int) -> ItemRow | None: ...


@dataclass(frozen=True, slots=True)
class Pending:
    """An update that is still to be sent. `names` are the assignees left to try; the last is nobody.

    `document`: what is sent, for the first of these names; None where it has to be made. `refusal`: of a batch that
    it was part of, as a whole.
    """

    change: Change
    id: int
    rev: int
    row: ItemRow | None
    names: tuple[str | None, ...]
    document: Document | None = None
    was_sent_again: bool = False
    refusal: Declined | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    reads: Reads
    work_items: WorkItems
    encoding: Encoding
    places: Places
    named: Collection[str]

    def create(self, change: Change, until: float | None) -> Outcome:
        outcome: Outcome = Refused("there is nobody to try")
        for name in _names(change):
            try:
                return self._created(change, name, until)
            except ValueError as error:
                return Refused(str(error), is_lasting=True)
            except Failure as failure:
                outcome = outcome_of(failure)
                if not is_unknown_person(failure):
                    return outcome
        return outcome

    def validate(self, change: Change) -> int | None:
        """What is only validated has no id, or one below zero."""
        type_name = self.encoding.spelling.types[change.kind][0]
        answer = self.work_items.validate(type_name, self.encoding.creation(change, None))
        id = answer.get("id")
        answer.node("fields")
        return id if isinstance(id, int) and id > 0 else None

    def update(self, changes: Sequence[Change], just_read: Rows, until: float | None) -> tuple[Outcome, ...]:
        ids = [change.id for change in changes if change.id is not None]
        if len(set(ids)) < len(changes):
            raise ValueError(f"each update needs a work item of its own, got {ids}")
        outcomes: dict[int, Outcome] = {}
        pending = list(self._prepared(changes, just_read, outcomes))
        together = [one for one in pending if not names_places(one.document or ())]
        for some in portions(together, MOST_AT_ONCE):
            outcomes.update(self._carried_out(some, until))
        outcomes |= {one.id: self._by_place(one, until) for one in pending if one.id not in outcomes}
        return tuple(outcomes[id] for id in ids)

    def _created(self, change: Change, name: str | None, until: float | None) -> Applied:
        document = self.encoding.creation(change, name)
        type_name = self.encoding.spelling.types[change.kind][0]
        row = item_row(self.work_items.create(type_name, document, until), self.named, closely=True)
        return Applied(row.id, row.rev, row)

    def _prepared(self, changes: Sequence[Change], just_read: Rows, outcomes: dict[int, Outcome]) -> Iterator[Pending]:
        """Those that can be sent; `outcomes` takes those that cannot, or need not be."""
        unread = Refused("its links did not come when they were asked for")  # and may the next time
        try:
            rows = self._with_links(changes, just_read)
        except Failure as failure:
            rows, unread = just_read, Refused(str(failure), cause=failure)
        for change in changes:
            if change.id is None or change.rev is None:
                continue
            if _needs_links(change, rows):
                outcomes[change.id] = unread
                continue
            one = Pending(change, change.id, change.rev, rows.get(change.id), _names(change))
            try:
                document = self._document(one)
            except ValueError as error:
                outcomes[one.id] = Refused(str(error), is_lasting=True)
                continue
            if document:
                yield replace(one, document=document)
            else:
                outcomes[one.id] = Applied(one.id, one.rev, one.row)

    def _by_place(self, one: Pending, until: float | None) -> Outcome:
        """Each by itself: right after its places were asked for."""
        if one.id in self.places.elsewhere:
            return Refused(NOT_WHERE_TOLD)
        try:
            row = self.reads.alone(one.id)
        except Failure as failure:
            return Refused(str(failure), cause=failure)
        document = self.encoding.update(one.change, one.names[0], row)
        if not document:
            return Applied(one.id, one.rev, row)
        outcome = self._carried_out([replace(one, row=row, document=document)], until)[one.id]
        return self.places.put_right(one.change, row, outcome, until) if isinstance(outcome, Applied) else outcome

    def _with_links(self, changes: Sequence[Change], just_read: Rows) -> Rows:
        missing = [change.id for change in changes if change.id is not None and _needs_links(change, just_read)]
        return {**just_read, **{row.id: row for row in self.reads.closely(missing)}} if missing else just_read

    def _document(self, one: Pending) -> Document:
        return one.document or self.encoding.update(one.change, one.names[0], one.row)

    def _carried_out(self, pending: Sequence[Pending], until: float | None) -> dict[int, Outcome]:
        """Sent at once; and again, without those that were refused, if that kept the others from being done.

        What is refused as a whole goes out in halves: one of its parts may be meant, or there are too many.
        """
        outcomes: dict[int, Outcome] = {}
        waiting = [pending]
        for _ in range(MOST_ROUNDS):
            if not waiting:
                break
            results = self._round(waiting.pop(0), until)
            outcomes |= {id: result for id, result in results.items() if not isinstance(result, Pending)}
            waiting += _to_send([result for result in results.values() if isinstance(result, Pending)])
        return outcomes | {one.id: _given_up(one.refusal) for some in waiting for one in some}

    def _round(self, pending: Sequence[Pending], until: float | None) -> dict[int, Outcome | Pending]:
        sent = self._sent(pending, until)
        if isinstance(sent, Failure):
            # What a refusal of a whole batch says about its parts is not documented.
            is_vague = isinstance(sent, Declined) and (len(pending) > 1 or is_conflict(sent))
            settled = self._settled(pending, must_look=is_vague or not was_not_done(sent))
            return {one.id: _result_of_all(one, sent, settled[one.id], pending) for one in pending}
        if all(isinstance(reply, ItemRow) for reply in sent):
            return {reply.id: Applied(reply.id, reply.rev, reply) for reply in sent if isinstance(reply, ItemRow)}
        settled = self._settled(pending, must_look=True)
        words = Counter(reply.message for reply in sent if isinstance(reply, Declined))
        return {one.id: _result(one, reply, settled[one.id], words) for one, reply in zip(pending, sent, strict=True)}

    def _sent(self, pending: Sequence[Pending], until: float | None) -> list[Reply] | Failure:
        """What came for each; or the one failure of the request that carried them."""
        try:
            if len(pending) == 1:
                (one,) = pending
                return [self.places.patch(one.id, self._document(one), until)]
            answer = self.work_items.update_all([(one.id, self._document(one)) for one in pending], until)
            return replies(answer, [one.id for one in pending], self.named)
        except Failure as failure:
            return failure

    def _settled(self, pending: Sequence[Pending], *, must_look: bool) -> dict[int, Outcome | None]:
        """What stands there now, by one read for all; None where nothing has changed, or no one needs to look."""
        if not must_look:
            return {one.id: None for one in pending}
        try:
            after = {row.id: row for row in self.reads.closely(one.id for one in pending)}
            settling = Settling(self.encoding, self.reads.signed_in_as(), self.reads.revision)
            return {one.id: settling.settle(one.change, one.rev, after.get(one.id)) for one in pending}
        except Failure as failure:
            return {one.id: Unknown(str(failure), cause=failure) for one in pending}


def _result_of_all(
    one: Pending, failure: Failure, settled: Outcome | None, pending: Sequence[Pending]
) -> Outcome | Pending:
    """Of one request that failed as a whole: nobody knows which update of a batch was to blame."""
    if isinstance(failure, Declined) and len(pending) == 1:
        return _refused(one, failure, settled)
    if settled is None and isinstance(failure, Declined) and failure.status != FORBIDDEN:
        return replace(one, refusal=failure)
    return settled or outcome_of(failure)


def _to_send(pending: Sequence[Pending]) -> Iterator[Sequence[Pending]]:
    half = len(pending) // 2 if any(one.refusal for one in pending) else 0
    return filter(None, (pending[:half], pending[half:]))


def _result(one: Pending, reply: Reply, settled: Outcome | None, words: Counter[str]) -> Outcome | Pending:
    if isinstance(reply, Declined) and is_its_own(reply, is_shared=words[reply.message] > 1):
        return _refused(one, reply, settled)
    if settled is not None:
        return settled
    if isinstance(reply, Failure) and not isinstance(reply, Declined):
        return outcome_of(reply)
    return replace(one, was_sent_again=True) if not one.was_sent_again else _given_up(reply)


def _refused(one: Pending, reply: Declined, settled: Outcome | None) -> Outcome | Pending:
    if is_unknown_person(reply) and len(one.names) > 1:
        return replace(one, names=one.names[1:], document=None)
    # Somebody was faster: perhaps it was our own write of a moment ago, whose answer was lost.
    if is_conflict(reply) and isinstance(settled, Applied | Refused):
        return settled
    return outcome_of(reply)


def _given_up(reply: Reply | None) -> Refused:
    """It was undone, or not tried, because another update of its batch was refused; and then once more."""
    cause = reply if isinstance(reply, Failure) else None
    return Refused(str(cause or "not done, because another update of the same batch was refused"), cause=cause)


def _names(change: Change) -> tuple[str | None, ...]:
    return (*(name for name in change.assignees if name.strip()), None)


def _needs_links(change: Change, rows: Rows) -> bool:
    row = rows.get(change.id) if change.id is not None else None
    return bool(change.links or change.unlinks) and (row is None or row.relations is None)
