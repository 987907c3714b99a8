"""The chain: whatever is recorded is found as it was written, and the head stands for all of it."""

from datetime import timedelta

from adapters.azure_devops.outcomes import Applied, Refused, Unknown
from adapters.store.store import Store
from bot.written import HEAD
from tests.adapters.store.samples import LATER, NOW, a_move, a_new_list, a_new_rfc


def test_whatever_is_recorded_reads_back_as_it_was_chained(store: Store) -> None:
    odd = a_new_list("a subject with \0 and \ud800, “quotes” and \n lines")
    ids = store.ledger.intend("r1", [a_move(), odd, a_new_rfc()], NOW + timedelta(microseconds=1))
    ended = (Applied(123, 5), Refused("no \ud800 \0 " + "x" * 5000, is_lasting=True), Unknown("no answer"))
    store.ledger.conclude(dict(zip(ids, ended, strict=True)), LATER, "as it were")
    store.ledger.record_run("r1", None, ["retest", "agree"], "FAILED", "why \0")

    checked = store.ledger.check()

    assert (checked.rows, checked.breaks) == (8, ())
    assert checked.began == NOW + timedelta(microseconds=1)
    assert store.ledger.head()[:HEAD] in checked.heads


def test_the_head_moves_with_every_row_and_with_nothing_else(store: Store) -> None:
    heads = [store.ledger.head()]
    (id,) = store.ledger.intend("r1", [a_move()], NOW)
    heads.append(store.ledger.head())
    store.ledger.conclude({id: Applied(123, 5)}, NOW)
    heads.append(store.ledger.head())
    store.ledger.record_run("r1", NOW, ["retest"], "DONE")
    heads.append(store.ledger.head())
    store.ledger.record_run("idle", NOW, ["retest"], "DONE")
    heads.append(store.ledger.head())

    assert len(set(heads)) == 4
    assert heads[3] == heads[4], "an idle run leaves nothing"


def test_a_store_that_began_with_a_failure_nobody_could_date_knows_its_first_intent(store: Store) -> None:
    store.ledger.record_run("r1", None, ["retest"], "FAILED", "signed out")
    assert store.ledger.began() is None

    store.ledger.intend("r2", [a_move()], LATER)

    assert store.ledger.began() == LATER
    assert store.ledger.check().breaks == ()
