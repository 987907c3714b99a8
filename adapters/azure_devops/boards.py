"""The boards: the work items of one project, asked for and changed in the words of the process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain

from adapters.azure_devops import wiql
from adapters.azure_devops.answers import TooLarge, Unreadable
from adapters.azure_devops.discussions import read_comments
from adapters.azure_devops.encode import Encoding
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.node import Node
from adapters.azure_devops.outcomes import Outcome
from adapters.azure_devops.people import sign_in_of
from adapters.azure_devops.places import Places
from adapters.azure_devops.ranges import Found, in_ranges
from adapters.azure_devops.reading import (
    CHANGED_BY,
    CHANGED_DATE,
    DELETED,
    TYPE,
    item_page,
    item_row,
    item_rows,
    link_page,
    moving_on,
)
from adapters.azure_devops.revisions import revisions
from adapters.azure_devops.rows import ItemRow, LinkRow, Page
from adapters.azure_devops.security import Security
from adapters.azure_devops.spelling import Spelling
from adapters.azure_devops.updates import is_latest, steps
from adapters.azure_devops.work_items import MOST_AT_ONCE, WorkItems
from adapters.azure_devops.writing import Writing
from adapters.portions import portions
from bot.change import Change, Document, Field, LinkKind
from bot.defect import Kind
from bot.discussion import Comment
from bot.history import Step
from bot.revision import Revision

QUERY_PAGE = 19_999
"""One query gives at most 20,000 ids; a page of as many cannot be told from one that was cut."""
BETWEEN_DEFECTS = frozenset({LinkKind.DEPENDS_ON, LinkKind.DUPLICATE_OF})


class Boards:
    """Reads raise a `Failure`; writes never do, they say what came of them.

    `render` makes the HTML of a document; `query_page` is how many ids one query asks for.
    """

    def __init__(
        self,
        gateway: Gateway,
        spelling: Spelling,
        render: Callable[[Document], str],
        *,
        query_page: int = QUERY_PAGE,
    ) -> None:
        self.gateway = gateway
        self._spelling = spelling
        self.work_items = WorkItems(gateway, spelling.project)
        self.security = Security(gateway)
        self._query_page = query_page
        self._lock = threading.Lock()
        self._me: str | None = None
        self._as_of: datetime | None = None
        encoding = Encoding(spelling, render, gateway.url)
        places = Places(encoding, self, self._patched)
        self._writing = Writing(self, self.work_items, encoding, places, self._all_named())

    def server_time(self) -> datetime:
        return self.gateway.server_time()

    def elapsed(self) -> float:
        """Seconds of the clock by which `create` gives up."""
        return self.gateway.elapsed()

    def pause(self, seconds: float) -> None:
        """Until then, or until the program is told to stop: then a `Failure`."""
        self.gateway.pause(seconds)

    def hang_up(self) -> None:
        """Ends all waiting for answers. For the end of the process."""
        self.gateway.hang_up()

    def signed_in_as(self) -> str:
        """Our sign-in name, in lower case; asked once."""
        with self._lock:
            if self._me is None:
                answer = self.work_items.connection()
                account = answer.node("authenticatedUser").node("properties").node("Account")
                self._me = account.text("$value").lower()
            return self._me

    def project_id(self) -> str:
        """By which others know the project, in lower case."""
        return self.work_items.project().text("id").lower()

    def everything(self) -> Iterator[tuple[ItemRow, ...]]:
        """All items of the process, up to 200 at a time, with their short fields but without people.

        The first query goes out at once, so that `as_of` can be asked; what follows, as it is taken.
        """
        found = in_ranges(self._ids_between, self._query_page)
        first = next(found)
        self._as_of = first.answer.instant("asOf")
        return self._all_of(chain([first], found))

    def as_of(self) -> datetime:
        """The time of the server's data at which `everything` began."""
        if self._as_of is None:
            raise Unreadable("POST wiql", "not everything has been asked for yet")
        return self._as_of

    def changed_items(self, token: str | None, since: datetime | None) -> Page[ItemRow]:
        """Items that changed after `token` (or, the first time, `since`), latest revision, deleted ones too."""
        fields = self._named(with_people=True) | {DELETED}
        answer = self.work_items.revisions_feed(self._spelling.all_types, sorted(fields), token, since)
        return moving_on(item_page(answer, fields - {TYPE, DELETED}), token, answer.asked)

    def changed_links(self, token: str | None, since: datetime | None) -> Page[LinkRow]:
        return self._links(self._spelling.links.keys(), token, since)

    def links_of_defects(self, token: str | None) -> Page[LinkRow]:
        """Those that a rule reads, from the first that there ever was."""
        return self._links(BETWEEN_DEFECTS & self._spelling.links.keys(), token, None)

    def _links(self, kinds: Collection[LinkKind], token: str | None, since: datetime | None) -> Page[LinkRow]:
        rels = sorted({self._spelling.links[kind] for kind in kinds})
        answer = self.work_items.links_feed(self._spelling.all_types, rels, token, since)
        return moving_on(link_page(answer), token, answer.asked)

    def closely(self, ids: Iterable[int]) -> tuple[ItemRow, ...]:
        """With links, people and long texts. What is deleted or out of sight is not in the result."""
        asked = portions(sorted(set(ids)), MOST_AT_ONCE)
        return tuple(row for some in asked for row in self._closely(some))

    def _closely(self, ids: Sequence[int]) -> Iterator[ItemRow]:
        """In halves, where their texts are too much for one answer."""
        try:
            answer = self.work_items.batch(ids, None)
        except TooLarge:
            if len(ids) == 1:
                raise
            middle = len(ids) // 2
            yield from self._closely(ids[:middle])
            yield from self._closely(ids[middle:])
        else:
            yield from item_rows(answer, self._all_named(), closely=True)

    def alone(self, id: int) -> ItemRow:
        """The same of one item, with its links in the order by which a write names them."""
        return item_row(self.work_items.item(id), self._all_named(), closely=True)

    def _patched(self, id: int, document: Sequence[object], until: float | None) -> ItemRow:
        return item_row(self.work_items.update(id, document, until), self._all_named(), closely=True)

    def in_sight(self, ids: Iterable[int]) -> frozenset[int]:
        """Those that a query still finds."""
        asked = portions(sorted(set(ids)), MOST_AT_ONCE)
        return frozenset(id for some in asked for id in self._in_sight(some))

    def revision(self, id: int, rev: int) -> ItemRow | None:
        answer = self.work_items.revision(id, rev)
        rows = item_rows(answer, self._named(with_people=True) - {TYPE}, closely=False)
        return next((row for row in rows if row.rev == rev), None)

    def revisions_by(self, author: str, since: datetime) -> Iterator[ItemRow]:
        """Every revision that somebody has made since then, of whatever item, with its short fields; oldest first."""
        fields, token, is_last = self._named(with_people=True), None, False
        while not is_last:
            answer = self.work_items.revisions_feed(
                self._spelling.all_types, sorted(fields), token, None if token else since, latest_only=False
            )
            page = moving_on(item_page(answer, fields - {TYPE}), token, answer.asked)
            yield from (row for row in page.rows if sign_in_of(str(row.fields.get(CHANGED_BY, ""))) == author)
            token, is_last = page.token, page.is_last

    def history(self, id: int, kind: Kind) -> tuple[Step, ...]:
        return steps(self.updates(id), kind, self._spelling)

    def revisions(self, id: int, kind: Kind) -> tuple[Revision, ...]:
        """The same history, with what each revision changed."""
        return revisions(self.updates(id), kind, self._spelling)

    def updates(self, id: int) -> tuple[Node, ...]:
        """All that was ever changed, of links too. In smaller parts, where the texts are too much for one answer."""
        updates: list[Node] = []
        top = MOST_AT_ONCE
        while not updates or not is_latest(updates[-1]):
            try:
                page = list(self.work_items.updates(id, len(updates), top).nodes("value"))
            except TooLarge:
                if top == 1:
                    raise
                top //= 2
                continue
            if not page:
                break
            if updates and page[0].number("id") <= updates[-1].number("id"):
                raise Unreadable(page[0].asked, "the same page came again")
            updates += page
        return tuple(updates)

    def comments(self, id: int) -> tuple[Comment, ...]:
        """The discussion of the item, oldest first."""
        return read_comments(self.work_items, id)

    def create(self, change: Change, *, until: float | None = None) -> Outcome:
        """One request, never repeated. Past `until`, by `elapsed`, nothing is sent any more."""
        return self._writing.create(change, until)

    def validate(self, change: Change) -> int | None:
        """Whether a creation would be taken: raises a `Failure` where not. The id of what was saved all the same."""
        return self._writing.validate(change)

    def update(
        self,
        changes: Sequence[Change],
        just_read: Mapping[int, ItemRow] | None = None,
        *,
        until: float | None = None,
    ) -> tuple[Outcome, ...]:
        """One outcome for each change, in their order. No two may be of one item.

        `just_read`: items read closely a moment ago; links to change on others are read first. Past `until`, by
        `elapsed`, nothing is sent any more.
        """
        return self._writing.update(changes, just_read or {}, until)

    def _all_of(self, found: Iterable[Found]) -> Iterator[tuple[ItemRow, ...]]:
        return (self._portion(some) for one in found for some in portions(one.ids, MOST_AT_ONCE))

    def _ids_between(self, last: int, end: int) -> Node:
        return self.work_items.query(wiql.items_between(last, end, self._spelling.all_types), self._query_page)

    def _portion(self, ids: Sequence[int]) -> tuple[ItemRow, ...]:
        fields = self._named(with_people=False)
        rows = tuple(item_rows(self.work_items.batch(ids, sorted(fields)), fields - {TYPE}, closely=False))
        self._insist_on(set(ids) - {row.id for row in rows})
        return rows

    def _insist_on(self, missing: set[int]) -> None:
        """An item that a query names and a read leaves out was deleted in between, or the read was not whole."""
        if not missing:
            return
        if still := self._in_sight(sorted(missing)):
            named = ", ".join(map(str, still[:10]))
            raise Unreadable("POST workitemsbatch", f"{len(still)} work items did not come, among them {named}")

    def _in_sight(self, ids: Sequence[int]) -> list[int]:
        answer = self.work_items.query(wiql.items_among(ids, self._spelling.all_types), MOST_AT_ONCE)
        return sorted(node.number("id") for node in answer.nodes("workItems"))

    def _named(self, *, with_people: bool) -> set[str]:
        standing = {TYPE, CHANGED_DATE} | ({CHANGED_BY} if with_people else set())
        return standing | set(self._spelling.flat_fields(with_people=with_people))

    def _all_named(self) -> set[str]:
        """With long texts; but what was said last is no field of an item, only of its revision."""
        named = {name for (_, meaning), name in self._spelling.fields.items() if meaning is not Field.REMARK}
        return named | {CHANGED_BY, CHANGED_DATE}
