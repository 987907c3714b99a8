"""A window that a person moves on an RFC or its list: the next edition, notice counted anew, approval asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.approval import Approval, Deviation
from bot.blocks import blocks
from bot.candidate_list import CandidateList, ListState, still_sealed
from bot.change import Field
from bot.environment import Freeze
from bot.facts import Facts
from bot.history import Step
from bot.picture import Picture
from bot.plan import ActionKind
from bot.postponed import Postponed, moved_windows, postponed
from bot.remark import Remark
from bot.rfc import Rfc, RfcState
from bot.window import Window
from tests.bot.a_run import decided, kinds, run
from tests.bot.after import edited
from tests.bot.world import (
    BOT,
    DEFECT_MANAGER,
    MONDAY,
    PARTY_MANAGER,
    RELEASE_MANAGER,
    SIT_B,
    UIT,
    a_defect,
    a_programme,
    a_sealed_list,
    a_window,
    an_environment,
    an_rfc,
    approved,
    at,
    entries,
    facts,
    number,
    writes,
)

WEEK = timedelta(weeks=1)
LATER = a_window(MONDAY + WEEK)
LIST = a_sealed_list(state=ListState.RAISED)
RFC = an_rfc(of=LIST, state=RfcState.APPROVED)
MOVED = replace(RFC, window=LATER)
UNSEALED = replace(LIST, window=LATER)
TOO_SOON = a_window(at("2026-12-04 08:00"))


def a_world(candidate_list: CandidateList = LIST, rfc: Rfc = RFC, by: str = RELEASE_MANAGER, **other: Any) -> Facts:
    """An RFC that was approved, and a list or RFC of which somebody has moved the window since."""
    wrote = {Field.WINDOW_START: rfc.window.start.isoformat()}
    told = approved(rfc)
    told = (replace(told[0], wrote={Field.WINDOW_START: MONDAY.isoformat()}), *told[1:])
    if rfc.window != RFC.window:
        told = (*told, Step(3, at("2026-12-03 09:00"), by, None, rfc.seal, wrote=wrote))
    agreed_for = {Field.WINDOW_START: MONDAY.isoformat()}
    first = Step(1, at("2026-12-01 09:00"), BOT, ListState.PROPOSED, wrote=agreed_for)
    moved = {Field.WINDOW_START: candidate_list.window.start.isoformat()}
    second = Step(2, at("2026-12-03 09:10"), DEFECT_MANAGER, None, LIST.seal, wrote=moved)
    lists = (first, second) if candidate_list.window != LIST.window else (first,)
    histories = {rfc.id: told, candidate_list.id: lists}
    return facts(a_defect(), candidate_list, rfc, histories=histories, **other)


@pytest.mark.parametrize(
    ("candidate_list", "rfc", "start", "by"),
    [
        pytest.param(LIST, MOVED, LATER.start, RELEASE_MANAGER, id="on the RFC"),
        pytest.param(UNSEALED, RFC, LATER.start, DEFECT_MANAGER, id="on the list"),
        pytest.param(UNSEALED, MOVED, LATER.start, RELEASE_MANAGER, id="on both alike"),
        pytest.param(
            replace(LIST, window=a_window(MONDAY + 2 * WEEK)), MOVED, LATER.start, RELEASE_MANAGER, id="the RFC's holds"
        ),
        pytest.param(LIST, replace(MOVED, state=RfcState.RAISED), LATER.start, RELEASE_MANAGER, id="before approval"),
    ],
)
def test_a_window_that_was_moved_is_seen_with_who_moved_it(
    candidate_list: CandidateList, rfc: Rfc, start: datetime, by: str
) -> None:
    world = a_world(candidate_list, rfc)

    assert postponed(candidate_list, rfc, world) == Postponed(MONDAY, a_window(start), by)
    assert moved_windows(world) == {candidate_list.id, rfc.id}


@pytest.mark.parametrize(
    ("candidate_list", "rfc"),
    [
        pytest.param(LIST, RFC, id="nobody has touched it"),
        pytest.param(LIST, replace(RFC, window=Window(MONDAY, LATER.end, RFC.type)), id="only its end was moved"),
        pytest.param(LIST, replace(MOVED, state=RfcState.DEPLOYED), id="it is deployed already"),
        pytest.param(LIST, replace(MOVED, state=RfcState.REJECTED), id="it is rejected: its list is agreed anew"),
        pytest.param(LIST, replace(MOVED, edition=0), id="the next edition is on its way"),
        pytest.param(replace(UNSEALED, entries=entries(here=[123, 124])), RFC, id="more than the window has changed"),
        pytest.param(LIST, replace(MOVED, number=number("5.2.17.0")), id="its number too"),
    ],
)
def test_what_is_not_postponed(candidate_list: CandidateList, rfc: Rfc) -> None:
    assert postponed(candidate_list, rfc, a_world(candidate_list, rfc)) is None


def test_where_only_the_start_was_moved_it_lasts_as_long_as_before() -> None:
    rfc = replace(RFC, window=Window(LATER.start, RFC.window.end, RFC.type))

    found = postponed(LIST, rfc, a_world(LIST, rfc))

    assert found is not None
    assert found.window == LATER


@pytest.mark.parametrize(("candidate_list", "rfc"), [(LIST, MOVED), (UNSEALED, RFC), (UNSEALED, MOVED)])
def test_the_list_gets_its_next_edition_and_its_rfc_asks_again(candidate_list: CandidateList, rfc: Rfc) -> None:
    world = a_world(candidate_list, rfc)
    first = decided(world)
    (seal,) = (a for a in first if a.subject == f"list {LIST.id}")

    assert seal.kind is ActionKind.SEAL
    assert edited(seal)[Field.EDITION] == 2
    by = RELEASE_MANAGER if rfc is MOVED else DEFECT_MANAGER
    told = f"its window was moved from Mon 07-Dec-2026 09:00 GMT to Mon 14-Dec-2026 09:00 GMT by {by}"
    words = f"Edition 2: {told}. Its RFC 951 has to be approved again."
    assert edited(seal)[Field.REMARK] == Remark((words,), (951,))

    world = run(world)
    assert still_sealed(world.lists[LIST.id])
    assert isinstance(Picture(world).approval_of(world.rfcs[RFC.id]), Deviation)
    world = run(world)

    raised = world.rfcs[RFC.id]
    assert (raised.state, raised.edition, raised.window) == (RfcState.RAISED, 2, LATER)
    assert raised.seal == world.lists[LIST.id].seal
    assert kinds(decided(run(world))) == []


@pytest.mark.parametrize(
    ("window", "programme", "waiver", "words"),
    [
        pytest.param(
            TOO_SOON,
            a_programme(),
            "",
            "whose notice ran out on Thu 03-Dec-2026 08:00 GMT: choose a later one, or record a waiver on this RFC",
            id="its notice has passed",
        ),
        pytest.param(
            LATER,
            a_programme(
                [an_environment(freezes=(Freeze(date(2026, 12, 14), date(2026, 12, 18), "Migration"),)), SIT_B, UIT]
            ),
            "",
            "and SIT-A is frozen then (Migration): choose another one",
            id="in a freeze",
        ),
        pytest.param(TOO_SOON, a_programme(), "agreed with the RM", "", id="its notice has passed, and is waived"),
        pytest.param(LATER, a_programme(), "", "", id="in time"),
    ],
)
def test_a_window_that_cannot_be_is_said_and_nothing_moves(
    window: Window, programme: Any, waiver: str, words: str
) -> None:
    world = a_world(LIST, replace(RFC, window=window, waiver=waiver), programme=programme)

    told = blocks(LIST, Picture(world))
    sealing = [a for a in decided(world) if a.kind is ActionKind.SEAL]

    assert (len(told), len(sealing)) == ((1, 0) if words else (0, 1))
    assert all(text.endswith(words) for text in told)


@pytest.mark.parametrize(
    ("item", "by", "is_refused"),
    [
        pytest.param(RFC, RELEASE_MANAGER, False, id="the release manager, on the RFC"),
        pytest.param(RFC, PARTY_MANAGER, True, id="the party itself, on the RFC"),
        pytest.param(LIST, RELEASE_MANAGER, False, id="the release manager, on its list"),
        pytest.param(LIST, PARTY_MANAGER, True, id="the party itself, on its list"),
    ],
)
def test_who_may_waive_the_notice_of_a_moved_window(item: CandidateList | Rfc, by: str, is_refused: bool) -> None:
    text = "needed for cycle 3"
    candidate_list = replace(LIST, waiver=text if item is LIST else "")
    world = a_world(candidate_list, replace(RFC, window=TOO_SOON, waiver=text if item is RFC else ""))
    told = writes(tuple(world.histories[item.id]), by, waiver=text)
    world = replace(world, histories={**world.histories, item.id: told})

    assert (ActionKind.SEAL in kinds(decided(world))) is not is_refused
    assert bool(blocks(candidate_list, Picture(world))) is is_refused


def test_an_approval_does_not_count_while_a_moved_window_is_not_agreed() -> None:
    found = Picture(a_world(LIST, replace(RFC, window=TOO_SOON))).approval_of(replace(RFC, window=TOO_SOON))

    assert found == Deviation("its window was moved to Fri 04-Dec-2026 08:00 GMT")


@pytest.mark.parametrize(
    ("rfc", "words"),
    [
        pytest.param(RFC, "", id="untouched"),
        pytest.param(
            replace(RFC, number=number("5.2.17.0")),
            "it asks for DCC 5.2.17.0 to SIT-A (patch), and its list 901 for DCC 5.2.16.0 to SIT-A (patch)",
            id="another number",
        ),
        pytest.param(
            replace(RFC, environment="SIT-B"),
            "it asks for DCC 5.2.16.0 to SIT-B (patch), and its list 901 for DCC 5.2.16.0 to SIT-A (patch)",
            id="another environment",
        ),
        pytest.param(replace(RFC, seal="abc"), "its seal is not that of list 901", id="another seal"),
    ],
)
def test_the_approval_of_an_rfc_that_was_changed_by_hand_does_not_count(rfc: Rfc, words: str) -> None:
    """Also once it is deployed; until it is set back, or its list is agreed anew."""
    told = approved(rfc)
    picture = Picture(facts(a_defect(), LIST, rfc, histories={rfc.id: told}))
    deployed = replace(rfc, state=RfcState.DEPLOYED, deployed_at=MONDAY)
    arrived = Picture(facts(a_defect(), LIST, deployed, histories={rfc.id: told})).deployment_of(deployed)

    assert arrived is not None
    for judged in (picture.approval_of(rfc), arrived.approval):
        assert isinstance(judged, Deviation if words else Approval)
        assert not isinstance(judged, Deviation) or judged.words == words
    told_on_it = blocks(LIST, picture)
    assert [text.split(": set it back")[0] for text in told_on_it] == ([words] if words else [])


@pytest.mark.parametrize(
    ("by", "counts"),
    [
        pytest.param(RELEASE_MANAGER, True, id="the release manager"),
        pytest.param("rm@dcc.example", False, id="the release manager of its party"),
        pytest.param(BOT, False, id="Shunter itself"),
    ],
)
def test_only_whose_waiver_counts_can_waive_the_notice_of_the_new_window(by: str, counts: bool) -> None:
    rfc = replace(RFC, window=TOO_SOON, waiver="it cannot wait")
    world = a_world(LIST, rfc)
    told = {**world.histories, rfc.id: writes(tuple(world.histories[rfc.id]), by, waiver="it cannot wait")}

    blocking = blocks(LIST, Picture(replace(world, histories=told)))

    assert (blocking == ()) is counts
