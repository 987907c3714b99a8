"""The mirror: every work item and link as it was last read, and how far each feed has been followed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, bindparam, delete, func, insert, inspect, select, table

from adapters.azure_devops.evidence.rows import Kept
from adapters.azure_devops.rows import ItemRow, LinkRow
from adapters.store import steps as step_json
from adapters.store.database import Database
from adapters.store.merging import newest
from adapters.store.mirror_tables import histories, tables, tokens
from adapters.store.mirrored_evidence import keep, kept_of
from adapters.store.mirrored_items import (
    changed_ids,
    forget,
    known_ids,
    known_items,
    living_items,
    living_types,
    settled_ids,
    take_in,
    unlinked_ids,
)
from adapters.store.mirrored_links import standing_links, take_in_links
from bot.history import Step

FeedToken: TypeAlias = tuple[str, str]
"""The name of a feed, and the token that continues after what it brought."""

# Statements are made once: to make one costs more than to carry it out.
_TOKEN = select(tokens.c.token).where(tokens.c.feed == bindparam("f"))
_FORGET_TOKEN = delete(tokens).where(tokens.c.feed == bindparam("f"))
_KEEP_TOKEN = insert(tokens)
_HISTORY = select(histories.c.rev, histories.c.steps).where(histories.c.id == bindparam("i"))
_FORGET_HISTORY = delete(histories).where(histories.c.id == bindparam("i"))
_KEEP_HISTORY = insert(histories)


class Mirror:
    """A cache: whatever is missing here is read again. Each call is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def absorb(
        self, rows: Iterable[ItemRow] = (), links: Iterable[LinkRow] = (), token: FeedToken | None = None
    ) -> None:
        """Takes in what was read, and the token with it. Nothing is written where nothing is new.

        A link that came or went makes the relations of both its ends unknown, until they are read again.
        """
        read, reported = newest(rows), tuple(links)
        with self._database.writing() as connection:
            take_in(connection, read)
            take_in_links(connection, reported)
            _remember(connection, token)

    def replace_all(
        self,
        rows: Iterable[ItemRow],
        token: FeedToken | None = None,
        *,
        anew: str = "",
        spared: Collection[int] = (),
    ) -> None:
        """Takes in a reading of everything: an item that stood here before it began and is not in it is gone.

        `rows` may be read while they are taken; should that fail, nothing has changed. `anew`: a feed whose token
        is forgotten with it; `spared`: items that stay although they are not in it.
        """
        with self._database.reading() as connection:
            before = known_ids(connection)
        read = newest(rows)
        with self._database.writing() as connection:
            forget(connection, before - read.keys() - frozenset(spared))
            take_in(connection, read)
            _remember(connection, token)
            connection.execute(_FORGET_TOKEN, {"f": anew})

    def changed_since(self, at: datetime) -> frozenset[int]:
        """The items that were changed after that, as far as is known here."""
        with self._database.reading() as connection:
            return frozenset(changed_ids(connection, at))

    def forget_token(self, feed: str) -> None:
        """The feed is followed from its beginning the next time."""
        with self._database.writing() as connection:
            connection.execute(_FORGET_TOKEN, {"f": feed})

    def forget_all(self) -> None:
        """So that everything is read again."""
        with self._database.writing() as connection:
            for table in tables.sorted_tables:
                connection.execute(delete(table))

    def items(self, types: Collection[str]) -> tuple[ItemRow, ...]:
        """Those of these types that are not deleted, by id."""
        with self._database.reading() as connection:
            return tuple(living_items(connection, types))

    def types(self) -> Mapping[int, str]:
        """By id, of every item that is not deleted."""
        with self._database.reading() as connection:
            return living_types(connection)

    def forget_items(self, ids: Collection[int]) -> None:
        """They are gone for good."""
        with self._database.writing() as connection:
            forget(connection, ids)

    def item(self, id: int) -> ItemRow | None:
        """As last read, also where it has been deleted since."""
        with self._database.reading() as connection:
            return known_items(connection, [id]).get(id)

    def links(self) -> tuple[LinkRow, ...]:
        """The links that stand, each once: from its forward end where the feed tells the ends apart."""
        with self._database.reading() as connection:
            return tuple(standing_links(connection))

    def stale_relations(self, ids: Iterable[int]) -> frozenset[int]:
        """Those among `ids` whose relations have to be read before anything rests on them."""
        wanted = set(ids)
        with self._database.reading() as connection:
            return frozenset(wanted - settled_ids(connection, wanted))

    def unlinked(self, types: Collection[str]) -> frozenset[int]:
        """Those of these types that are not deleted, and whose relations have to be read."""
        with self._database.reading() as connection:
            return frozenset(unlinked_ids(connection, types))

    def token(self, feed: str) -> str | None:
        with self._database.reading() as connection:
            return connection.scalar(_TOKEN, {"f": feed})

    def sizes(self) -> Mapping[str, int]:
        """How many rows each table has of the database that this is a part of."""
        with self._database.reading() as connection:
            names = sorted(inspect(connection).get_table_names())
            counts = {name: connection.scalar(select(func.count()).select_from(table(name))) for name in names}
        return {name: count or 0 for name, count in counts.items()}

    def jot(self, name: str, text: str) -> None:
        """Kept beside the tokens, and read like one. The latest may be lost with the machine's power."""
        with self._database.writing(is_lasting=False) as connection:
            _remember(connection, (name, text))

    def keep_evidence(self, poll: str, kept: Kept) -> None:
        """What the poll of this name has brought. Nothing is written where nothing is new."""
        if kept != self.evidence(poll):
            with self._database.writing() as connection:
                keep(connection, poll, kept)

    def evidence(self, poll: str) -> Kept:
        with self._database.reading() as connection:
            return kept_of(connection, poll)

    def keep_history(self, id: int, rev: int, steps: Iterable[Step]) -> None:
        """The steps of the item up to its revision `rev`."""
        row = {"id": id, "rev": rev, "steps": step_json.to_json(steps)}
        with self._database.writing() as connection:
            connection.execute(_FORGET_HISTORY, {"i": id})
            connection.execute(_KEEP_HISTORY, row)

    def history(self, id: int) -> tuple[int, tuple[Step, ...]] | None:
        """The revision up to which it was read, and its steps."""
        with self._database.reading() as connection:
            found = connection.execute(_HISTORY, {"i": id}).one_or_none()
        return None if found is None else (found.rev, step_json.from_json(found.steps))


def _remember(connection: Connection, token: FeedToken | None) -> None:
    if token is None:
        return
    feed, text = token
    if connection.scalar(_TOKEN, {"f": feed}) != text:
        connection.execute(_FORGET_TOKEN, {"f": feed})
        connection.execute(_KEEP_TOKEN, {"feed": feed, "token": text})
