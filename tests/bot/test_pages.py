"""What people read on a list and on a release note: every value, in order, and nothing twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.candidate_list import CandidateList, Entry, ListState, Role
from bot.change import Field
from bot.compose_list import compose_list
from bot.compose_note import compose_note, reason_of, title_of
from bot.defect import State
from bot.list_page import LeftOutLine, ListGroup, ListLine
from bot.number import ReleaseType
from bot.propose_lists import plan_lists
from bot.release_note import ChangeLine, KnownIssue, NoteGroup, NoteLine
from tests.bot.after import edited
from tests.bot.world import (
    a_change_request,
    a_defect,
    a_list,
    a_picture,
    a_programme,
    a_sealed_list,
    a_window,
    an_entry,
    entries,
    number,
)

FIXES = (
    a_defect(123, severity="3 - Medium"),
    a_defect(456, severity="1 - Critical"),
    a_defect(789, severity=""),
    a_defect(246, found_in="SIT-B"),
    a_change_request(31, title="New tariff", summary="As agreed in CR 31"),
    a_defect(77, tags=frozenset({"Hold"}), title="Left out"),
)
ENTRIES = entries(here=[123, 456, 789], elsewhere=[246]) | {an_entry(31, Role.CHANGE)}
SEALED = a_sealed_list(entries=ENTRIES)


def test_a_list_says_for_whom_what_and_by_when() -> None:
    page = compose_list("SIT-A", "DCC", number("5.2.16.0"), a_window(), ENTRIES, a_picture(*FIXES))

    assert page.heading == "DCC 5.2.16.0 to SIT-A"
    assert (page.programme, page.environment, page.party) == ("MHHS", "SIT-A", "DCC")
    assert page.release == "5.2.16.0 (patch)"
    assert page.window == "Mon 07-Dec-2026 09:00 GMT to Mon 07-Dec-2026 11:00 GMT"
    assert page.agree_by == "Fri 04-Dec-2026 09:00 GMT"
    assert page.standing == (
        "Proposed. The defect manager agrees it by setting its state. To keep a fix off the list, tag its defect Hold; "
        "to move it to a later window, set the planned-for date of its defect. Its party keeps it out of the build."
    )
    assert page.count == 5


def test_a_list_groups_its_fixes_by_role_and_shows_the_worst_first() -> None:
    page = compose_list("SIT-A", "DCC", number("5.2.16.0"), a_window(), ENTRIES, a_picture(*FIXES))

    assert [(group.heading, [line.id for line in group.lines]) for group in page.groups] == [
        ("Retest in SIT-A", [456, 123, 789]),
        ("Delivered here, retested elsewhere", [246]),
        ("Change requests", [31]),
    ]
    assert page.groups[0].lines[2] == ListLine(789, "no severity", "Defect 789", "5.2.16.0", "SIT-A", "resolved")


def test_a_list_shows_what_is_left_out_and_what_would_change_it() -> None:
    page = compose_list("SIT-A", "DCC", number("5.2.16.0"), a_window(), ENTRIES, a_picture(*FIXES))

    assert page.left_out == (
        LeftOutLine(
            77,
            "2 - High",
            "Left out",
            "SIT-A",
            "a person holds it (tag Hold)",
            "in the list for Mon 07-Dec-2026 if the tag Hold is removed by Fri 04-Dec-2026 09:00 GMT",
        ),
    )


def test_what_is_in_is_not_shown_as_left_out_too() -> None:
    picture = a_picture(*FIXES, replace(SEALED, environment="SIT-B"), SEALED)

    pages = [edited(action)[Field.BODY] for action in plan_lists(picture) if Field.BODY in edited(action)]

    assert pages
    for page in pages:
        assert not {line.id for group in page.groups for line in group.lines} & {line.id for line in page.left_out}


@pytest.mark.parametrize(
    ("agreed", "words"),
    [
        pytest.param(a_list(state=ListState.AGREED), "waiting to be sealed", id="agreed"),
        pytest.param(replace(SEALED, edition=2), "sealed as edition 2", id="sealed"),
    ],
)
def test_an_agreed_list_says_so(agreed: CandidateList, words: str) -> None:
    page = compose_list("SIT-A", "DCC", number("5.2.16.0"), a_window(), ENTRIES, a_picture(*FIXES), standing=agreed)

    assert page.standing == f"Agreed, and {words}. An RFC is raised from what is sealed."


def test_a_fix_that_can_no_longer_be_read_stays_on_list_and_note() -> None:
    gone = a_sealed_list(entries=entries(here=[999]))
    picture = a_picture()

    page = compose_list("SIT-A", "DCC", number("5.2.16.0"), a_window(), gone.entries, picture)

    words = "(this work item cannot be read)"
    assert page.groups == (ListGroup("Retest in SIT-A", (ListLine(999, "no severity", words, "5.2.16.0", "", ""),)),)
    assert compose_note(gone, picture).groups == (
        NoteGroup("Retest in SIT-A", (NoteLine(999, "no severity", words, "5.2.16.0", ""),)),
    )


def test_a_note_says_everything_that_an_rfc_has_to_carry() -> None:
    note = compose_note(SEALED, a_picture(*FIXES))

    assert note.title == "RFC: DCC 5.2.16.0 to SIT-A: 4 defects fixed, 1 change request"
    assert note.reason == "4 defects fixed, 1 change request"
    assert (note.programme, note.environment, note.party, note.components) == ("MHHS", "SIT-A", "DCC", "DCC core")
    assert (note.number, note.type, note.date) == ("5.2.16.0", "patch", "Mon 07-Dec-2026")
    assert note.window == "Mon 07-Dec-2026 09:00 GMT to Mon 07-Dec-2026 11:00 GMT"
    assert note.way_back == "Rollback. The plan is DCC's to attach to the RFC, for whoever approves it."
    assert note.downtime == "Not stated; the party's release manager adds it to the RFC."
    assert (note.candidate_list, note.edition, note.seal) == (901, 1, SEALED.seal)


def test_a_note_lists_defects_by_role_and_change_requests_apart() -> None:
    note = compose_note(SEALED, a_picture(*FIXES))

    assert [(group.heading, [line.id for line in group.lines]) for group in note.groups] == [
        ("Retest in SIT-A", [456, 123, 789]),
        ("Delivered here, retested elsewhere", [246]),
    ]
    assert note.groups[1].lines[0] == NoteLine(246, "2 - High", "Defect 246", "5.2.16.0", "SIT-B")
    assert note.changes == (ChangeLine(31, "New tariff", "As agreed in CR 31"),)
    assert note.count == len(SEALED.entries)


def test_what_a_list_carries_over_has_a_heading_of_its_own() -> None:
    carried = a_sealed_list(entries=frozenset({an_entry(900, Role.CARRIED, "5.2.15.1")}))

    note = compose_note(carried, a_picture(a_defect(900, version="5.2.15.1")))

    assert [group.heading for group in note.groups] == ["Carried over: runs in SIT-A already"]
    assert note.groups[0].lines[0].number == "5.2.15.1"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        pytest.param(entries(here=[1]), "1 defect fixed", id="one"),
        pytest.param(entries(here=[1], elsewhere=[2]), "2 defects fixed", id="two"),
        pytest.param(frozenset({an_entry(31, Role.CHANGE)}), "1 change request", id="a change request alone"),
    ],
)
def test_the_reason_counts_what_the_release_brings(found: frozenset[Entry], words: str) -> None:
    sealed = a_sealed_list(entries=found)

    assert reason_of(sealed) == words
    assert title_of(sealed) == f"RFC: DCC 5.2.16.0 to SIT-A: {words}"


def test_a_party_that_fixes_forward_is_asked_for_no_rollback_plan() -> None:
    note = compose_note(a_sealed_list(party="Elexon"), a_picture())

    assert note.way_back == "Elexon fixes forward: no rollback plan is asked for."


def test_known_issues_are_those_that_stay_open_here() -> None:
    tag = frozenset({"Known-Issue"})
    issues = [
        a_defect(1, state=State.OPEN, tags=tag, severity="", workaround="Restart"),
        a_defect(2, state=State.OPEN, tags=tag, severity="1 - Critical", workaround="Resend"),
        a_defect(3, state=State.CLOSED, tags=tag),
        a_defect(4, state=State.OPEN, tags=tag, found_in="SIT-B"),
        a_defect(5, state=State.OPEN),
        a_defect(6, state=State.OPEN, tags=tag, party="Elexon", severity="2 - High"),
    ]

    assert compose_note(SEALED, a_picture(*issues)).known_issues == (
        KnownIssue(2, "1 - Critical", "Defect 2", "Resend"),
        KnownIssue(6, "2 - High", "Defect 6", ""),
        KnownIssue(1, "no severity", "Defect 1", "Restart"),
    )


def test_types_go_by_the_programmes_names() -> None:
    programme = a_programme(type_names={ReleaseType.PATCH: "Regular"})
    picture = a_picture(*FIXES, programme=programme)

    assert compose_note(SEALED, picture).type == "Regular"
    assert (
        compose_list("SIT-A", "DCC", number("5.2.16.0"), a_window(), ENTRIES, picture).release == "5.2.16.0 (Regular)"
    )
