"""Standing: each resolved defect is in exactly one bucket, with words that say where and what happens next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.candidate_list import CandidateList, ListState
from bot.defect import Defect, State
from bot.left_out import Reason
from bot.list_check import lacks
from bot.picture import Picture
from bot.proposal import Proposal, proposals
from bot.rfc import Rfc, RfcState
from bot.standing import standings
from bot.where import Standing, Where
from tests.bot.numbered_world import BY_SHUNTER
from tests.bot.world import (
    BOT,
    DEPLOYER,
    MONDAY,
    SIT_B,
    UIT,
    a_change_request,
    a_defect,
    a_list,
    a_picture,
    a_programme,
    a_sealed_list,
    a_window,
    an_environment,
    an_rfc,
    at,
    deployed,
    entries,
    facts,
    number,
    steps,
    writes,
)

THEN = at("2026-12-02 11:02")
ON_LIST = a_sealed_list(state=ListState.RAISED)
ARRIVED = an_rfc(of=ON_LIST, state=RfcState.DEPLOYED)


def standing(defect: Defect, *items: Defect | CandidateList | Rfc, **world: Any) -> Standing:
    return standings(a_picture(defect, *items, **world))[defect.id]


def arrived(defect: Defect, rfc: Rfc = ARRIVED, on: CandidateList = ON_LIST, **world: Any) -> Standing:
    return standing(defect, on, rfc, histories={rfc.id: deployed(rfc, THEN)}, **world)


def test_arrived_where_it_was_found_it_goes_to_its_tester() -> None:
    found = arrived(a_defect())

    assert (found.where, found.words) == (
        Where.MOVE,
        "DCC 5.2.16.0 to SIT-A arrived on Wed 02-Dec-2026 11:02 GMT (RFC 951)",
    )
    assert found.next_step == "it goes to its tester in this run"
    assert found.deployment is not None
    assert found.deployment.rfc.id == 951


@pytest.mark.parametrize(
    ("defect", "delivered", "where", "words", "next_step"),
    [
        pytest.param(
            a_defect(123),
            {456},
            Where.NOT_DELIVERED,
            "RFC 951 promised it, and DCC's delivered list lacks it",
            "DCC names the build that carries it as its version",
            id="promised, and not delivered",
        ),
        pytest.param(
            a_defect(555),
            {123, 555},
            Where.ON_NO_NOTE,
            "RFC 951 delivered it without having promised it",
            "the release manager accepts it on that RFC; then it goes to its tester",
            id="delivered, and not promised",
        ),
        pytest.param(
            a_defect(555, found_in="SIT-B"),
            {123, 555},
            Where.LEFT_OUT,
            "its version 5.2.16.0 is not above 5.2.16.0, which was agreed without it",
            "if 5.2.16.0 carries it, the release manager accepts it on its RFC; or in the list for Mon 07-Dec-2026 "
            "if a later version is named by Fri 04-Dec-2026 09:00 GMT",
            id="delivered where it was not found",
        ),
    ],
)
def test_what_the_party_delivered_otherwise_than_promised_waits_for_people(
    defect: Defect, delivered: set[int], where: Where, words: str, next_step: str
) -> None:
    found = arrived(defect, replace(ARRIVED, delivered=frozenset(delivered)))

    assert (found.where, found.words, found.next_step) == (where, words, next_step)
    assert (found.deployment is None) is (where is Where.LEFT_OUT)


def test_what_a_failed_deployment_did_bring_waits_on_the_list_of_the_next_build() -> None:
    partial = replace(ARRIVED, outcome="partial", delivered=frozenset({123}))
    told = writes(deployed(partial, THEN), DEPLOYER, outcome="partial")
    again = a_list(902, release="5.2.17.0", entries=entries([123]))

    found = standing(a_defect(), ON_LIST, partial, again, histories={951: told})

    assert (found.where, found.list_id) == (Where.ON_LIST, 902)
    assert found.words.endswith("; only a part of it was deployed with RFC 951 (5.2.16.0, attempt 1)")


@pytest.mark.parametrize(
    ("defect", "where"),
    [
        pytest.param(a_defect(123), Where.ROLLED_BACK, id="as it had promised"),
        pytest.param(a_defect(555), Where.LEFT_OUT, id="without having promised it"),
    ],
)
def test_what_was_delivered_and_rolled_back_is_not_to_be_accepted(defect: Defect, where: Where) -> None:
    undone = replace(ARRIVED, state=RfcState.ROLLED_BACK, deployed_at=THEN, delivered=frozenset({123, 555}))

    assert arrived(defect, undone).where is where


def test_what_arrived_under_another_seal_than_its_lists_goes_to_no_tester() -> None:
    """The list was agreed anew since: what it names now is not what was raised and approved."""
    assert arrived(a_defect(), replace(ARRIVED, seal="that of the edition before")).where is Where.LEFT_OUT


def test_not_complete_it_waits_and_says_for_what() -> None:
    found = arrived(a_defect(), programme=a_programme([an_environment("SIT-A", smoke_test=True), SIT_B, UIT]))

    assert found.where is Where.INCOMPLETE
    assert found.words.endswith("(RFC 951), but its smoke test has not passed yet")


def test_taken_back_by_a_person_it_is_left_to_people() -> None:
    found = arrived(a_defect(delivered_by=951))

    assert found.where is Where.TAKEN_BACK
    assert found.words == "RFC 951 brought its fix, and a person took it back to resolved since"


def test_brought_by_another_rfc_since_it_goes_to_its_tester_again() -> None:
    assert arrived(a_defect(delivered_by=940)).where is Where.MOVE


def test_a_fix_that_bounced_waits_for_its_next_version() -> None:
    found = arrived(a_defect(version="5.2.17.0", delivered_by=951))

    assert (found.where, found.left_out is not None and found.left_out.reason) == (Where.LEFT_OUT, Reason.NO_DRAFT)


def test_running_there_and_on_no_note_it_waits_for_the_release_manager() -> None:
    found = arrived(a_defect(555))

    assert (found.where, found.words) == (
        Where.ON_NO_NOTE,
        "5.2.16.0 runs in SIT-A since Wed 02-Dec 11:02 GMT, and no note names this defect",
    )
    assert (
        found.next_step
        == "the release manager accepts it on an RFC of that environment, or its party names a later version"
    )


def test_accepted_by_name_it_goes_to_its_tester() -> None:
    assert arrived(a_defect(555), replace(ARRIVED, accepted=frozenset({555}))).where is Where.MOVE


def test_accepted_by_name_where_it_was_not_found_it_does_not() -> None:
    found = arrived(a_defect(555, found_in="SIT-B"), replace(ARRIVED, accepted=frozenset({555})))

    assert found.where is Where.LEFT_OUT


def test_on_the_note_of_another_environment_only_it_is_on_no_note_here() -> None:
    there = a_sealed_list(902, environment="SIT-B", state=ListState.RAISED, entries=entries([], [123]))
    later = a_sealed_list(901, state=ListState.RAISED, release="5.2.17.0", entries=entries([77], fixed_by="5.2.17.0"))
    rfc = an_rfc(of=later, state=RfcState.DEPLOYED)

    found = standing(a_defect(123), there, later, rfc, histories={951: deployed(rfc, THEN)})

    assert found.where is Where.ON_NO_NOTE


def test_named_for_retest_elsewhere_as_it_was_not_known_to_be_found_here_it_is_on_no_note() -> None:
    on = a_sealed_list(state=ListState.RAISED, entries=entries([], [123]))

    assert arrived(a_defect(123), an_rfc(of=on, state=RfcState.DEPLOYED), on).where is Where.ON_NO_NOTE


@pytest.mark.parametrize(
    ("state", "where"),
    [
        pytest.param(RfcState.RAISED, Where.IN_RFC, id="its own RFC still brings it"),
        pytest.param(RfcState.WITHDRAWN, Where.ON_NO_NOTE, id="its own RFC was given up"),
    ],
)
def test_a_later_build_runs_there_and_its_own_has_not_come(state: RfcState, where: Where) -> None:
    later = a_sealed_list(902, state=ListState.RAISED, release="5.2.17.0", entries=entries([77], fixed_by="5.2.17.0"))
    rfc = an_rfc(952, of=later, state=RfcState.DEPLOYED)
    own = an_rfc(of=ON_LIST, state=state)

    assert standing(a_defect(), ON_LIST, own, later, rfc, histories={952: deployed(rfc, THEN)}).where is where


def test_on_the_baseline_it_says_no_date_because_none_is_known() -> None:
    found = standing(a_defect(version="5.2.15.0"))

    assert (found.where, found.words) == (Where.ON_NO_NOTE, "5.2.15.0 runs in SIT-A, and no note names this defect")


@pytest.mark.parametrize(
    ("state", "words", "next_step"),
    [
        pytest.param(RfcState.RAISED, "raised", "the release manager approves the RFC", id="raised"),
        pytest.param(RfcState.APPROVED, "approved", "it is deployed in its window", id="approved"),
        pytest.param(RfcState.REJECTED, "rejected", "its list is agreed again", id="rejected"),
        pytest.param(RfcState.OTHER, "other", "a person decides on the RFC", id="in a state of its own"),
    ],
)
def test_in_an_rfc_under_way(state: RfcState, words: str, next_step: str) -> None:
    found = standing(a_defect(), ON_LIST, an_rfc(of=ON_LIST, state=state))

    assert found.where is Where.IN_RFC
    assert found.words == f"RFC 951 ({words}) takes DCC 5.2.16.0 to SIT-A, Mon 07-Dec 09:00 GMT"
    assert found.next_step == next_step


@pytest.mark.parametrize(
    ("candidate_list", "state", "next_step"),
    [
        pytest.param(a_list(), "proposed", "the defect manager agrees the list", id="proposed"),
        pytest.param(a_sealed_list(), "agreed", "its RFC, in the next run", id="sealed"),
    ],
)
def test_on_a_list(candidate_list: CandidateList, state: str, next_step: str) -> None:
    found = standing(a_defect(), candidate_list)

    assert (found.where, found.list_id) == (Where.ON_LIST, 901)
    assert found.words == f"list 901 ({state}) proposes DCC 5.2.16.0 to SIT-A, Mon 07-Dec 09:00 GMT"
    assert found.next_step == next_step


def test_on_two_lists_it_stands_on_the_older_one() -> None:
    assert standing(a_defect(), a_list(901), a_list(902)).list_id == 901


def test_on_the_list_of_another_environment_only_it_waits_for_its_own() -> None:
    found = standing(a_defect(), a_list(environment="SIT-B", entries=entries([], [123])))

    assert found.where is Where.LEFT_OUT
    assert found.words == "it is in 5.2.16.0, for which SIT-A has no list yet"


def test_left_out_with_the_reason_of_its_rule() -> None:
    found = standing(a_defect(tags=frozenset({"Hold"})))

    assert (found.where, found.words) == (Where.LEFT_OUT, "a person holds it (tag Hold)")


@pytest.mark.parametrize(
    ("party", "words"),
    [
        pytest.param("Capgemini", "its resolving party “Capgemini” is unknown", id="unknown"),
        pytest.param("", "no resolving party is named", id="not named"),
    ],
)
def test_without_a_party_that_is_known_it_is_left_out(party: str, words: str) -> None:
    found = standing(a_defect(party=party))

    assert (found.where, found.words, found.next_step) == (
        Where.LEFT_OUT,
        words,
        "in the next list of its party if that is named on the defect: DCC, Elexon",
    )


@pytest.mark.parametrize("state", [s for s in State if s is not State.RESOLVED], ids=lambda s: s.value)
def test_only_resolved_defects_stand_anywhere(state: State) -> None:
    assert standings(a_picture(a_defect(state=state))) == {}


def test_change_requests_do_not() -> None:
    assert standings(a_picture(a_change_request())) == {}


def test_a_later_attempt_replaces_a_rollback() -> None:
    undone = an_rfc(950, of=ON_LIST, state=RfcState.ROLLED_BACK, deployed_at=THEN - timedelta(days=7))

    found = standing(
        a_defect(), ON_LIST, undone, ARRIVED, histories={950: steps((BOT, RfcState.RAISED)), 951: deployed(ARRIVED)}
    )

    assert found.where is Where.MOVE


def test_a_rolled_back_deployment_moves_nothing() -> None:
    undone = replace(ARRIVED, state=RfcState.ROLLED_BACK, deployed_at=THEN)

    found = arrived(a_defect(), undone)

    assert (found.where, found.words) == (Where.ROLLED_BACK, "DCC 5.2.16.0 to SIT-A was rolled back (RFC 951)")
    assert found.next_step == "DCC's next build carries it: it is on the list of that build"


def test_rolled_back_and_then_brought_by_a_release_whose_note_lacks_it_it_is_on_no_note() -> None:
    undone = an_rfc(950, of=ON_LIST, state=RfcState.ROLLED_BACK, deployed_at=THEN - timedelta(days=7))
    later = a_sealed_list(902, state=ListState.RAISED, release="5.2.17.0", entries=entries([77], fixed_by="5.2.17.0"))
    rfc = an_rfc(of=later, state=RfcState.DEPLOYED)

    found = standing(a_defect(), ON_LIST, undone, later, rfc, histories={951: deployed(rfc, THEN)})

    assert found.where is Where.ON_NO_NOTE
    assert found.next_step.startswith("the release manager accepts it")


def test_the_sum_of_the_buckets_is_the_number_of_resolved_defects() -> None:
    world = facts(
        a_defect(123),
        a_defect(124, delivered_by=951),
        a_defect(125, found_in="SIT-B"),
        a_defect(126, version="abc"),
        a_defect(127, party="Capgemini"),
        a_defect(128, version="5.2.15.0"),
        a_defect(129, state=State.CLOSED),
        replace(ON_LIST, entries=entries([123, 124], [125])),
        ARRIVED,
        histories={951: deployed(ARRIVED, THEN)},
    )

    found = standings(Picture(world))

    assert set(found) == {123, 124, 125, 126, 127, 128}
    assert all(id == s.defect.id for id, s in found.items())
    assert number("5.2.16.0") == Picture(world).running("SIT-A", "DCC")


@pytest.mark.parametrize(
    ("state", "outcome", "where"),
    [
        pytest.param(RfcState.DEPLOYED, "", Where.ON_NO_NOTE, id="it arrived: the release manager accepts it"),
        pytest.param(RfcState.DEPLOYED, "failed", Where.LEFT_OUT, id="it failed: nothing was brought"),
        pytest.param(RfcState.ROLLED_BACK, "", Where.LEFT_OUT, id="it was rolled back: nothing is left of it"),
    ],
)
def test_what_the_party_delivered_without_having_promised_it(state: RfcState, outcome: str, where: Where) -> None:
    rfc = replace(ARRIVED, state=state, outcome=outcome, delivered=frozenset({123, 777}))
    assert arrived(a_defect(777, version="5.2.17.0"), rfc).where is where


def test_what_was_promised_and_rolled_back_is_not_told_as_delivered_without_a_promise() -> None:
    rfc = replace(ARRIVED, state=RfcState.ROLLED_BACK, delivered=frozenset({123}))
    assert arrived(a_defect(), rfc).where is Where.ROLLED_BACK


SEALED_WITH_TWO = a_sealed_list(state=ListState.RAISED, entries=entries(here=[123, 124], elsewhere=[246]))
WITHOUT_ONE = replace(SEALED_WITH_TWO, entries=entries(here=[124], elsewhere=[246]))
TAKEN_OFF = "a person took it off list 901 after that was sealed"


def taken_off(defect: Defect, state: RfcState, sealed: CandidateList = WITHOUT_ONE, **other: Any) -> Standing:
    rfc = an_rfc(of=SEALED_WITH_TWO, state=state, **other)
    programme = a_programme(parties=[BY_SHUNTER])
    return standing(defect, sealed, rfc, histories={rfc.id: deployed(rfc, THEN)}, programme=programme)


@pytest.mark.parametrize("version", ["5.2.16.0", "configuration", ""])
def test_taken_off_its_list_by_a_person_it_waits_for_the_release_manager(version: str) -> None:
    found = taken_off(a_defect(version=version), RfcState.DEPLOYED)

    assert (found.where, found.words) == (
        Where.ON_NO_NOTE,
        f"DCC 5.2.16.0 to SIT-A arrived on Wed 02-Dec-2026 11:02 GMT (RFC 951), and {TAKEN_OFF}",
    )
    assert found.next_step == "the release manager accepts it on that RFC; then it goes to its tester"


@pytest.mark.parametrize(
    ("defect", "state", "other", "where"),
    [
        pytest.param(a_defect(version=""), RfcState.RAISED, {}, Where.IN_RFC, id="before it is deployed"),
        pytest.param(
            a_defect(version=""), RfcState.DEPLOYED, {"outcome": "failed"}, Where.IN_RFC, id="where that failed"
        ),
        pytest.param(
            a_defect(version=""), RfcState.DEPLOYED, {"accepted": frozenset({123})}, Where.MOVE, id="once accepted"
        ),
        pytest.param(
            a_defect(version="5.2.17.0"), RfcState.RAISED, {}, Where.LEFT_OUT, id="it waits for a later build"
        ),
        pytest.param(a_defect(version=""), RfcState.WITHDRAWN, {}, Where.LEFT_OUT, id="given up"),
        pytest.param(a_defect(version="", found_in="SIT-B"), RfcState.RAISED, {}, Where.LEFT_OUT, id="found elsewhere"),
    ],
)
def test_taken_off_its_list_where_it_stands(
    defect: Defect, state: RfcState, other: dict[str, Any], where: Where
) -> None:
    found = taken_off(defect, state, **other)

    assert found.where is where
    assert (TAKEN_OFF in found.words) is (where is Where.IN_RFC)


def test_linked_again_it_stands_in_its_rfc_as_before() -> None:
    assert taken_off(a_defect(), RfcState.RAISED, SEALED_WITH_TWO).words.startswith("RFC 951 (raised) takes")


def test_what_somebody_took_off_a_raised_list_is_still_in_its_release() -> None:
    """The other environments are offered the build as it was agreed."""
    rfc = an_rfc(of=SEALED_WITH_TWO)
    found = [a_defect(id) for id in (123, 124, 246)]
    picture = a_picture(*found, WITHOUT_ONE, rfc)

    (offered,) = [p for p in proposals(picture)["SIT-B", "DCC"] if isinstance(p, Proposal)]

    assert {entry.fix.defect for entry in offered.entries} == {123, 124, 246}
    assert lacks(WITHOUT_ONE, picture) == (123,)


def test_what_somebody_took_off_a_list_that_was_sealed_for_another_window_since_is_still_in_its_release() -> None:
    """Its RFC bears the seal of before: the new one tells what it was set over."""
    rfc = an_rfc(of=SEALED_WITH_TWO)
    anew = a_sealed_list(
        state=ListState.RAISED, entries=SEALED_WITH_TWO.entries, window=a_window(MONDAY + timedelta(days=2)), edition=2
    )
    picture = a_picture(*(a_defect(id) for id in (123, 124, 246)), replace(anew, entries=WITHOUT_ONE.entries), rfc)

    (offered,) = [p for p in proposals(picture)["SIT-B", "DCC"] if isinstance(p, Proposal)]

    assert {entry.fix.defect for entry in offered.entries} == {123, 124, 246}


def test_what_is_linked_to_the_rfc_alone_is_not_in_the_release_of_a_list_that_was_sealed_without_it() -> None:
    rfc = an_rfc(of=SEALED_WITH_TWO)
    anew = a_sealed_list(state=ListState.RAISED, entries=entries(here=[124, 125], elsewhere=[246]), edition=2)
    less = replace(anew, entries=entries(here=[124], elsewhere=[246]))
    picture = a_picture(*(a_defect(id) for id in (123, 124, 246)), less, rfc)

    (offered,) = [p for p in proposals(picture)["SIT-B", "DCC"] if isinstance(p, Proposal)]

    assert {entry.fix.defect for entry in offered.entries} == {124, 246}
