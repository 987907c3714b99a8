"""Verifying the audit: the chain is worked out again, and held against the heads that stand in Azure DevOps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.instants import read_instant
from adapters.azure_devops.reading import CHANGED_DATE
from adapters.azure_devops.rows import ItemRow
from adapters.azure_devops.spelling import Spelling
from adapters.configuration.configuration import Configuration
from adapters.store.chain_check import Checked
from adapters.store.store import opened
from adapters.terminal.talk import Talk
from bot.dates import spoken
from bot.proof import Compared, Head, compare
from jobs.find_run import REACH, mark_of
from jobs.run import Ending
from jobs.wiring import boards_of, private_cache


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the proof came to. `earlier`: heads from before this store began, of which it can say nothing."""

    whole: bool
    rows: int
    began: datetime | None
    heads: int
    earlier: int
    removed_until: datetime | None
    breaks: tuple[str, ...]


def verify_audit(configuration: Configuration, said: Talk) -> int:
    """What stands in Azure DevOps is read first: what the ledger gains meanwhile cannot seem to be missing."""
    with opened(configuration.store) as store:
        began = store.ledger.began()
    private_cache(configuration.folder)
    try:
        written = tuple(_heads(boards_of(configuration, Event()), configuration, began))
        unread = None
    except Failure as failure:
        written, unread = (), failure
    with opened(configuration.store) as store:
        checked = store.ledger.check()
    compared = compare(written, checked.heads, checked.began, checked.removed_until)
    verdict = _verdict(checked, compared)
    said.record(verdict)
    _tell(verdict, compared, configuration, said)
    if unread is not None:
        said.say(f"{configuration.connection.organisation_url}: {unread}: the ledger is held against nothing outside")
        return Ending.of(unread).value
    return Ending.DONE.value if verdict.whole else Ending.FAILED.value


def _heads(boards: Boards, configuration: Configuration, began: datetime | None) -> Iterator[Head]:
    """By one feed: the revisions that Shunter made since the store began, and in the weeks before."""
    boards.signed_in_as()  # the first answer: from here on the server's time is known
    for row in boards.revisions_by(configuration.sign_in.account, (began or boards.server_time()) - REACH):
        head = _head(row, configuration.spelling)
        if head is not None:
            yield head


def _head(row: ItemRow, spelling: Spelling) -> Head | None:
    mark, at = mark_of(row, spelling), read_instant(row.fields.get(CHANGED_DATE))
    if mark is None or not mark.head or at is None:
        return None
    return Head(row.id, row.rev, at, mark.run, mark.head)


def _verdict(checked: Checked, compared: Compared) -> Verdict:
    unknown = tuple(f"{head}, and the ledger has none like it" for head in compared.unknown)
    return Verdict(
        whole=not checked.breaks and not unknown,
        rows=checked.rows,
        began=checked.began,
        heads=len(compared.known),
        earlier=len(compared.earlier),
        removed_until=checked.removed_until,
        breaks=(*checked.breaks, *unknown),
    )


def _tell(verdict: Verdict, compared: Compared, configuration: Configuration, said: Talk) -> None:
    zone = configuration.programme.zone
    if compared.earlier:
        when = f" on {spoken(verdict.began, zone)}" if verdict.began is not None else ""
        said.say(
            f"this store was begun anew{when}: {verdict.earlier} heads in Azure DevOps are from before, of a store "
            "that was lost or put away. That is no tampering if somebody knows of the loss"
        )
    if compared.unknown:
        said.say(
            "heads that the ledger does not know: rows were cut off or changed, or another store, or an older copy, "
            "was put in its place; unless a second Shunter writes under the same account with a store of its own"
        )
    if verdict.whole:
        said.say(f"whole: {verdict.rows} rows, and {verdict.heads} heads in Azure DevOps stand among them")
    else:
        said.say("broken: put a copy of the store aside before anything else, and compare it with the latest backup")
