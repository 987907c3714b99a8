"""The ledger: what was meant and what came of it can be read back, and cannot be changed."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from adapters.azure_devops.outcomes import Applied, Outcome, Refused, Unknown
from adapters.store.differences import Difference
from adapters.store.records import Conclusion, Result, RunRecord
from adapters.store.store import Store
from bot.fence import FEED_LAG, QUARANTINE
from tests.adapters.store.samples import LATER, NOW, a_move, a_new_list, a_new_rfc

NO = Refused("TF401320: Rule error for field Reason", is_lasting=True)
BUSY = Refused("the project is being moved")
LOST = Unknown("PATCH work item: no answer")


def test_an_intent_says_what_why_and_field_by_field(store: Store) -> None:
    (id,) = store.ledger.intend("r1", [a_move()], NOW)
    (intent,) = store.ledger.open_intents()

    assert (intent.id, intent.run, intent.at) == (id, "r1", NOW)
    assert (intent.rule, intent.kind, intent.reason) == ("retest", "move to Ready for Retest", "5.2.16.0 arrived")
    assert (intent.subject, intent.item, intent.rev) == ("defect 123", 123, 4)
    assert intent.differences == (
        Difference("state", "resolved", "ready for retest"),
        Difference("delivered by", "", "900"),
        Difference("assigned to", "", "tess@st.example, else theo@st.example"),
    )


def test_the_intent_of_an_rfc_names_its_key_and_claim(store: Store) -> None:
    store.ledger.intend("r1", [a_new_rfc(800)], NOW)
    (intent,) = store.ledger.open_intents()

    assert (intent.item, intent.rev, intent.list_id) == (None, None, 800)
    assert (intent.key, intent.claim) == ("DCC 5.2.16.0 to SIT-A", "DCC 5.2.16.0 to SIT-A, edition 1")
    assert intent.differences == (
        Difference("number", "", "5.2.16.0"),
        Difference("link: candidate list", "", "800"),
        Difference("link: fix", "", "123 (5.2.16.0, retest here)"),
    )


def test_no_two_intents_have_one_id(store: Store) -> None:
    ids = [
        *store.ledger.intend("r1", [a_move(1), a_move(2)], NOW),
        *store.ledger.intend("r1", [a_move(3)], NOW),
        *store.ledger.intend("r2", [a_move(4)], NOW),
    ]

    assert ids == ["r1.1", "r1.2", "r1.3", "r2.1"]


def test_nothing_intended_is_nothing_kept(store: Store) -> None:
    assert store.ledger.intend("r1", [], NOW) == ()
    store.ledger.conclude({}, NOW)

    assert store.ledger.open_intents() == ()


@pytest.mark.parametrize(
    ("outcomes", "is_open"),
    [
        pytest.param([], True, id="not concluded"),
        pytest.param([LOST], True, id="unknown"),
        pytest.param([Applied(123, 5)], False, id="applied"),
        pytest.param([NO], False, id="refused"),
        pytest.param([LOST, LOST, Applied(123, 5)], False, id="unknown, then found applied"),
        pytest.param([LOST, BUSY], False, id="unknown, then found not done"),
    ],
)
def test_an_intent_is_open_until_it_is_known_what_came_of_it(
    store: Store, outcomes: list[Outcome], is_open: bool
) -> None:
    (id,) = store.ledger.intend("r1", [a_move()], NOW)
    for outcome in outcomes:
        store.ledger.conclude({id: outcome}, LATER)

    assert [intent.id for intent in store.ledger.open_intents()] == ([id] if is_open else [])


def test_what_is_known_once_is_not_concluded_again(store: Store) -> None:
    """A look may find the write of another thread before that thread has heard the answer."""
    first, second = store.ledger.intend("r1", [a_move(123), a_move(456)], NOW)
    store.ledger.conclude({first: Applied(123, 5)}, NOW, "found")
    store.ledger.conclude({first: Applied(123, 5), second: Applied(456, 5)}, LATER)

    told = [[conclusion.at for conclusion in entry.conclusions] for entry in store.ledger.entries_of_run("r1")]
    assert told == [[NOW], [LATER]]


def test_an_item_knows_everything_that_was_done_to_it_oldest_first(store: Store) -> None:
    first, other = store.ledger.intend("r1", [a_move(123), a_move(456)], NOW)
    store.ledger.conclude({first: LOST, other: Applied(456, 5)}, NOW)
    store.ledger.conclude({first: Applied(123, 5)}, LATER)
    (second,) = store.ledger.intend("r2", [a_move(123, rev=5)], LATER)
    entries = store.ledger.entries(123)

    assert [entry.intent.id for entry in entries] == [first, second]
    assert [entry.conclusions for entry in entries] == [
        (
            Conclusion(NOW, Result.UNKNOWN, LOST.why, None, None, is_lasting=False),
            Conclusion(LATER, Result.APPLIED, "", 123, 5, is_lasting=False),
        ),
        (),
    ]


def test_an_rfc_and_its_list_both_know_how_it_was_raised(store: Store) -> None:
    (id,) = store.ledger.intend("r1", [a_new_rfc(800)], NOW)
    store.ledger.conclude({id: Applied(900, 1)}, NOW)

    assert [entry.intent.id for entry in store.ledger.entries(800)] == [id]
    assert store.ledger.entries(900) == store.ledger.entries(800)
    assert store.ledger.entries(123) == ()


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        pytest.param([NO], NO.why, id="refused for good"),
        pytest.param([BUSY, NO], NO.why, id="refused for good in the end"),
        pytest.param([BUSY], None, id="refused for now"),
        pytest.param([LOST], None, id="unknown"),
        pytest.param([NO, BUSY], None, id="refused for good, then for now"),
        pytest.param([NO, Applied(123, 5)], None, id="refused, then taken"),
    ],
)
def test_a_refusal_that_repeating_cannot_change_is_remembered(
    store: Store, outcomes: list[Outcome], words: str | None
) -> None:
    for number, outcome in enumerate(outcomes):
        (id,) = store.ledger.intend(f"r{number}", [a_move()], NOW)
        store.ledger.conclude({id: outcome}, NOW)

    assert store.ledger.quarantined(NOW).get((123, 4)) == words


def test_it_is_remembered_for_its_revision_alone(store: Store) -> None:
    ids = store.ledger.intend("r1", [a_move(123, 4), a_move(123, 5), a_move(456, 4), a_new_list()], NOW)
    store.ledger.conclude(dict(zip(ids, (NO, LOST, Applied(456, 5), NO), strict=True)), NOW)

    assert store.ledger.quarantined(NOW) == {(123, 4): NO.why}


def test_it_is_not_remembered_for_ever(store: Store) -> None:
    (id,) = store.ledger.intend("r1", [a_move()], NOW)
    store.ledger.conclude({id: NO}, NOW)

    assert store.ledger.quarantined(NOW + timedelta(seconds=1)) == {}


def test_a_creation_that_may_still_arrive_is_uncertain(store: Store) -> None:
    actions = [a_new_list(subject) for subject in ("crashed", "lost", "made", "refused")]
    _, lost, done, refused = store.ledger.intend("r1", [*actions], NOW)
    store.ledger.intend("r1", [a_move()], NOW)
    store.ledger.conclude({lost: LOST, done: Applied(800, 1), refused: NO}, NOW)

    assert store.ledger.uncertain_creations(LATER) == {"crashed", "lost"}
    found_by = NOW + QUARANTINE + FEED_LAG
    assert store.ledger.uncertain_creations(found_by - timedelta(seconds=1)) == {"crashed", "lost"}
    assert store.ledger.uncertain_creations(found_by) == frozenset()


def test_runs_are_told_newest_first(store: Store) -> None:
    store.ledger.record_run("r1", None, ["retest"], "FAILED", "GET feed: signed out")
    store.ledger.intend("r2", [a_move()], NOW)
    store.ledger.record_run("r2", NOW, ["retest", "agree"], "DONE")

    done = RunRecord("r2", NOW, ("retest", "agree"), "DONE", "")
    failed = RunRecord("r1", None, ("retest",), "FAILED", "GET feed: signed out")
    assert store.ledger.runs(10) == (done, failed)
    assert store.ledger.runs(1) == (done,)


def test_a_run_knows_everything_that_it_meant_to_do_and_how_it_ended(store: Store) -> None:
    first, second = store.ledger.intend("r1", [a_move(1), a_new_list()], NOW)
    (other,) = store.ledger.intend("r2", [a_move(2)], NOW)
    store.ledger.conclude({first: Applied(1, 5), other: Applied(2, 5)}, LATER)
    store.ledger.record_run("r1", NOW, ["retest"], "PARTLY_DONE", "why")

    entries = store.ledger.entries_of_run("r1")

    assert [entry.intent.id for entry in entries] == [first, second]
    assert [[(c.item, c.rev) for c in entry.conclusions] for entry in entries] == [[(1, 5)], []]
    assert store.ledger.record_of("r1") == RunRecord("r1", NOW, ("retest",), "PARTLY_DONE", "why")
    assert (store.ledger.entries_of_run("r3"), store.ledger.record_of("r3")) == ((), None)


def test_a_run_that_had_nothing_to_do_leaves_only_its_pulse(store: Store) -> None:
    store.ledger.record_run("r1", NOW, ["retest"], "DONE")
    store.ledger.record_run("r2", LATER, ["retest"], "DONE")

    assert store.ledger.runs(10) == ()
    assert store.ledger.last_success("retest") == LATER


@pytest.mark.parametrize("ending", ["FAILED", "PARTLY_DONE", "SIGNED_OUT"])
def test_a_run_that_failed_is_no_success_of_its_jobs(store: Store, ending: str) -> None:
    store.ledger.record_run("r1", NOW, ["retest", "agree"], "DONE")
    store.ledger.record_run("r2", LATER, ["retest"], ending, "why")

    assert [store.ledger.last_success(job) for job in ("retest", "agree", "propose")] == [NOW, NOW, None]


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="naive"):
        store.ledger.intend("r1", [a_move()], NOW.replace(tzinfo=None))

    assert store.ledger.open_intents() == ()


def test_words_that_no_database_takes_do_not_keep_an_outcome_from_being_written(store: Store) -> None:
    (id,) = store.ledger.intend("r1", [a_move()], NOW)
    store.ledger.conclude({id: Refused("no \ud800 \0 " + "x" * 5000)}, NOW)
    (entry,) = store.ledger.entries(123)

    assert entry.conclusions[0].words.startswith("no ? \ufffd xxx")
    assert len(entry.conclusions[0].words) == 2000


def test_what_was_not_intended_cannot_be_concluded(store: Store) -> None:
    with pytest.raises(IntegrityError):
        store.ledger.conclude({"r1.1": LOST}, NOW)
