"""Opening a store: private, by one who acts and many who look, and with a clear word where it cannot be used."""

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from adapters.store.failures import StoreError, StoreTaken
from adapters.store.ledger_revision import known_revisions
from adapters.store.schema import CURRENT
from adapters.store.store import opened
from tests.adapters.store.another_process import started
from tests.adapters.store.samples import NOW, a_move, an_item
from tests.adapters.store.site import Site

HEAD = known_revisions()[-1]


def test_what_was_kept_is_there_at_the_next_opening(site: Site) -> None:
    with opened(site.place, to_act=True) as store:
        store.mirror.absorb([an_item()], token=("items", "a"))
        ids = store.ledger.intend("r1", [a_move()], NOW)

    with opened(site.place, to_act=True) as store:
        assert store.mirror.items(["Bug"]) == (an_item(),)
        assert store.mirror.token("items") == "a"
        assert tuple(intent.id for intent in store.ledger.open_intents()) == ids


def test_a_second_process_that_would_act_is_refused_and_one_that_looks_is_not(site: Site) -> None:
    with started("act", site.spelled) as said:
        assert said.readline() == "open\n"
        with (
            pytest.raises(StoreTaken, match=r"process \d+.* acts on it already\. Stop "),
            opened(site.place, to_act=True),
        ):
            pass
        with opened(site.place) as store:
            store.mirror.absorb([an_item()])

    site.let_a_minute_pass()
    with opened(site.place, to_act=True) as store:
        assert store.mirror.items(["Bug"]) == (an_item(),)


def test_once_it_is_closed_another_may_act(site: Site) -> None:
    for _ in range(2):
        with opened(site.place, to_act=True):
            pass


def test_two_that_look_see_what_the_other_wrote(site: Site) -> None:
    with opened(site.place) as one, opened(site.place) as other:
        one.mirror.absorb([an_item(rev=2)], token=("items", "b"))
        other.mirror.absorb([an_item(rev=1)])

        assert other.mirror.item(123) == one.mirror.item(123) == an_item(rev=2)


def test_somebody_else_s_database_is_left_alone(site: Site) -> None:
    site.sql("CREATE TABLE customers (number INTEGER)")

    with (
        pytest.raises(StoreError, match=r"a database of something else\. Name another place"),
        opened(site.place, to_act=True),
    ):
        pass
    assert site.tables() == {"customers"}


def test_a_ledger_of_a_newer_version_is_kept(site: Site) -> None:
    with opened(site.place) as store:
        store.ledger.intend("r1", [a_move()], NOW)
    site.sql("UPDATE ledger_revision SET version_num = '9999'")

    words = rf"revision 9999, and this Shunter knows {HEAD} as the latest\. Start the Shunter that wrote it"
    for to_act in (True, False):
        with pytest.raises(StoreError, match=words), opened(site.place, to_act=to_act):
            pass
    site.sql(f"UPDATE ledger_revision SET version_num = '{HEAD}'")
    with opened(site.place) as store:
        assert len(store.ledger.open_intents()) == 1


def test_a_mirror_of_another_version_is_read_anew_and_the_ledger_stays(site: Site) -> None:
    with opened(site.place) as store:
        store.mirror.absorb([an_item()], token=("items", "a"))
        store.ledger.intend("r1", [a_move()], NOW)
    site.sql(
        "UPDATE shunter_schema SET version = 99 WHERE part = 'mirror'",
        "ALTER TABLE mirror_items RENAME COLUMN fields TO something_else",
        "CREATE TABLE mirror_of_tomorrow (number INTEGER)",
    )

    with opened(site.place, to_act=True) as store:
        assert (store.mirror.item(123), store.mirror.token("items")) == (None, None)
        store.mirror.absorb([an_item()])
        assert len(store.ledger.open_intents()) == 1


def test_who_only_looks_does_not_take_the_mirror_from_who_acts(site: Site) -> None:
    with opened(site.place) as store:
        store.mirror.absorb([an_item()])
    site.sql("UPDATE shunter_schema SET version = 99 WHERE part = 'mirror'")

    with (
        pytest.raises(StoreError, match=r"mirror was written by another version.*Let `shunter run`"),
        opened(site.place),
    ):
        pass
    site.sql(f"UPDATE shunter_schema SET version = {CURRENT} WHERE part = 'mirror'")
    with opened(site.place) as store:
        assert store.mirror.item(123) == an_item()


@pytest.mark.parametrize("statement", ["UPDATE {} SET run = 'x'", "DELETE FROM {}"], ids=["changed", "taken away"])
@pytest.mark.parametrize("table", ["ledger_runs", "ledger_intents"])
def test_what_stands_in_the_ledger_cannot_be(site: Site, statement: str, table: str) -> None:
    with opened(site.place) as store:
        store.ledger.intend("r1", [a_move()], NOW)
        store.ledger.record_run("r1", NOW, ["retest"], "DONE")

    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError), match="the ledger is only ever added to"):
        site.sql(statement.format(table))


def test_a_token_that_cannot_be_kept_takes_what_it_came_with_along(site: Site) -> None:
    with opened(site.place) as store:
        site.sql("ALTER TABLE mirror_tokens RENAME COLUMN token TO something_else")
        with pytest.raises(DBAPIError):
            store.mirror.absorb([an_item()], token=("items", "a"))

        assert store.mirror.item(123) is None
