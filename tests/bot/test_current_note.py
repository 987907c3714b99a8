"""The current note: provisional while its list may change, confirmed by its RFC, and never of two minds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.candidate_list import ListState, Role
from bot.current_note import NoNote, current_note, quoted_in_note
from bot.facts import Facts
from bot.picture import Picture
from bot.release_note import ReleaseNote
from bot.rfc import RfcState
from tests.bot.any_world import any_facts
from tests.bot.world import (
    MONDAY,
    WEEK,
    a_change_request,
    a_defect,
    a_list,
    a_picture,
    a_sealed_list,
    an_entry,
    an_rfc,
    entries,
)

FIXES = (a_defect(123), a_change_request(31), a_defect(613, tags=frozenset({"known-issue"})))
ON_IT = entries(here=[123]) | {an_entry(31, Role.CHANGE)}
SEALED = a_sealed_list(901, state=ListState.RAISED, entries=ON_IT)
RFC = an_rfc(951, of=SEALED)
DEPLOYED = RfcState.DEPLOYED


def note(id: int, picture: Picture) -> ReleaseNote:
    found = current_note(id, picture)
    assert isinstance(found, ReleaseNote), found
    return found


def test_the_note_of_a_proposed_list_is_provisional_and_says_until_when() -> None:
    provisional = note(901, a_picture(*FIXES, a_list(901, entries=ON_IT)))

    assert provisional.title == "Provisional: DCC 5.2.16.0 to SIT-A: 1 defect fixed, 1 change request"
    assert provisional.reason == (
        "Provisional: it may change until the defect manager has agreed list 901, by Fri 04-Dec-2026 09:00 GMT. "
        "1 defect fixed, 1 change request."
    )
    assert (provisional.edition, provisional.seal) == (0, "")


def test_the_note_of_an_agreed_list_is_provisional_until_its_rfc_is_raised() -> None:
    provisional = note(901, a_picture(*FIXES, replace(SEALED, state=ListState.AGREED)))

    assert provisional.reason.startswith("Provisional: list 901 is agreed, and its RFC has not been raised yet. ")
    assert provisional.seal == SEALED.seal


def test_an_rfc_that_was_raised_by_hand_has_a_note_of_its_own() -> None:
    by_hand = replace(RFC, list_id=None, seal="", state=RfcState.DEPLOYED)
    picture = a_picture(*FIXES, SEALED, by_hand)

    assert note(901, picture).reason.startswith(
        "Provisional: list 901 is agreed, and RFC 951 was raised by hand, with a note of its own. "
    )
    assert current_note(951, picture) == NoNote("RFC 951 was not raised from a list: its note is what stands on it")


@pytest.mark.parametrize("id", [901, 951], ids=["by the list", "by the RFC"])
def test_the_note_of_an_rfc_is_confirmed_and_holds_what_people_wrote_on_it(id: int) -> None:
    written: dict[str, Any] = {
        "downtime": "30 minutes",
        "instructions": "Run install.sh",
        "way_back": "Restore 5.2.15.0",
        "roadmap": "IR7.1",
    }
    rfc = replace(RFC, state=RfcState.APPROVED, **written)

    confirmed = note(id, a_picture(*FIXES, SEALED, rfc))

    assert confirmed.title == "RFC 951: DCC 5.2.16.0 to SIT-A: 1 defect fixed, 1 change request"
    assert confirmed.reason == "RFC 951 is approved. 1 defect fixed, 1 change request."
    assert {name: getattr(confirmed, name) for name in written} == written


def test_what_nobody_wrote_on_the_rfc_is_asked_for() -> None:
    confirmed = note(951, a_picture(*FIXES, SEALED, RFC))

    assert confirmed.downtime == "Not stated; the party's release manager adds it to the RFC."
    assert confirmed.instructions == confirmed.downtime
    assert confirmed.way_back.startswith("Rollback.")


@pytest.mark.parametrize("state", [RfcState.REJECTED, RfcState.WITHDRAWN, RfcState.ROLLED_BACK])
def test_a_note_that_does_not_stand_any_more_says_so_first(state: RfcState) -> None:
    over = note(951, a_picture(*FIXES, SEALED, replace(RFC, state=state)))

    assert over.title.startswith(f"{state.value.capitalize()}: RFC 951: ")


@pytest.mark.parametrize(
    ("state", "outcome", "title", "reason"),
    [
        pytest.param(DEPLOYED, "succeeded", "RFC 951: ", "RFC 951 is deployed. ", id="it succeeded"),
        pytest.param(
            DEPLOYED,
            "failed",
            "Failed: RFC 951: ",
            "RFC 951 is deployed, but the deployment failed. ",
            id="it failed",
        ),
        pytest.param(
            DEPLOYED,
            "partial",
            "Partial: RFC 951: ",
            "RFC 951 is deployed, but only a part of it was deployed. ",
            id="not all of it arrived",
        ),
        pytest.param(
            RfcState.ROLLED_BACK,
            "rolled back",
            "Rolled back: RFC 951: ",
            "RFC 951 is rolled back. ",
            id="it was taken back",
        ),
        pytest.param(
            RfcState.CLOSED,
            "rolled back",
            "Rolled back: RFC 951: ",
            "RFC 951 is closed, but it was rolled back. ",
            id="it was taken back, and closed",
        ),
        pytest.param(RfcState.CLOSED, "succeeded", "RFC 951: ", "RFC 951 is closed. ", id="it succeeded, and closed"),
    ],
)
def test_a_note_says_first_what_came_of_the_deployment(state: RfcState, outcome: str, title: str, reason: str) -> None:
    rfc = an_rfc(951, of=SEALED, state=state, outcome=outcome, deployed_at=MONDAY)
    told = note(951, a_picture(*FIXES, SEALED, rfc, now=MONDAY + WEEK))

    assert told.title.startswith(title)
    assert told.reason.startswith(reason)


def test_while_an_rfc_is_agreed_anew_the_list_has_the_note() -> None:
    reopened = replace(SEALED, state=ListState.PROPOSED, seal="", entries=entries(here=[123]))
    picture = a_picture(*FIXES, reopened, replace(RFC, state=RfcState.REJECTED))

    assert note(901, picture).title == "Provisional: DCC 5.2.16.0 to SIT-A: 1 defect fixed"
    assert current_note(951, picture) == NoNote("RFC 951 is being agreed anew: its next note is that of list 901")


@pytest.mark.parametrize(
    ("id", "words"),
    [
        (123, "123 is neither a candidate list nor an RFC"),
        (952, "RFC 952 was not raised from a list: its note is what stands on it"),
        (902, "list 902 has no release number yet"),
        (903, "DCC or SIT-Z is not configured"),
    ],
)
def test_where_there_is_no_note_the_reason_is_told(id: int, words: str) -> None:
    picture = a_picture(
        *FIXES, SEALED, replace(RFC, id=952, list_id=None), a_list(902, release=""), a_list(903, environment="SIT-Z")
    )

    assert current_note(id, picture) == NoNote(words)


def test_what_it_quotes_at_length_has_to_be_read_by_id() -> None:
    picture = a_picture(*FIXES, SEALED, RFC)

    assert quoted_in_note(951, picture) == quoted_in_note(901, picture) == {31, 613, 951}
    assert quoted_in_note(123, picture) == frozenset()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_facts())
def test_every_list_of_any_world_has_a_note_with_what_is_on_it_or_words(world: Facts) -> None:
    picture = Picture(world)
    for found in world.lists.values():
        told = current_note(found.id, picture)
        assert told.words if isinstance(told, NoNote) else told.count == len(found.entries)
