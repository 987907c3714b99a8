"""Checking a list before it binds: a number that cannot stand, and a release that would bring more than is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.agree import objection
from bot.candidate_list import CandidateList, ListState
from bot.change import Field
from bot.compose_control_points import compose_control_points
from bot.defect import Defect
from bot.facts import Facts
from bot.list_check import lacks, number_problem
from bot.list_page import ListPage
from bot.number import ReleaseType
from bot.picture import Picture
from bot.plan import ActionKind
from bot.proposal import Proposal, proposals
from bot.rewrite_list import PACE
from bot.rfc import RfcState
from bot.window import Window
from tests.bot.a_run import approved_and_deployed, decided, raised, run
from tests.bot.after import edited
from tests.bot.people import (
    agrees,
    approves,
    edits_list,
    later,
    rejects,
    resolves,
    rolls_back,
    sets,
    the_list,
    the_rfc,
)
from tests.bot.world import (
    DEFECT_MANAGER,
    MONDAY,
    NOW,
    RELEASE_MANAGER,
    WEEK,
    a_defect,
    a_list,
    a_picture,
    a_sealed_list,
    a_window,
    an_rfc,
    entries,
    facts,
    number,
)

TOO_LOW = "its number 5.2.1.0 is not above 5.2.15.0, which the party has released already"


def chosen(release: str, **other: Any) -> CandidateList:
    """A list whose number a person has set."""
    return a_list(release=release, **{"written": None} | other)


@pytest.mark.parametrize(
    ("candidate_list", "problem"),
    [
        pytest.param(a_list(release="5.2.1.0"), "", id="the bot's own number is not judged here"),
        pytest.param(chosen("5.2.16.0"), "", id="the next"),
        pytest.param(chosen("5.2.19.0"), "", id="it may skip some"),
        pytest.param(chosen(""), "", id="none"),
        pytest.param(chosen("5.2.1.0"), TOO_LOW, id="a digit is missing"),
        pytest.param(chosen("5.2.15.0"), TOO_LOW.replace("5.2.1.0", "5.2.15.0"), id="what runs already"),
        pytest.param(
            chosen("5.3.0.0"), "its number 5.3.0.0 is of type minor, and this list is for a patch", id="another type"
        ),
        pytest.param(
            chosen("5.2.16.1"),
            "its number 5.2.16.1 is of type emergency, and this list is for a patch",
            id="an emergency's",
        ),
        pytest.param(chosen("5.2.15.1", type=ReleaseType.EMERGENCY), "", id="an emergency's list has its own rules"),
        pytest.param(chosen("5.2.1.0", party="Capgemini"), "", id="of a party that nobody configured"),
        pytest.param(chosen("5.2.1.0", environment="SIT-C"), TOO_LOW, id="for an environment that nobody configured"),
    ],
)
def test_the_number_that_a_person_set(candidate_list: CandidateList, problem: str) -> None:
    assert number_problem(candidate_list, a_picture(a_defect(), candidate_list)) == problem


def test_a_number_that_was_sealed_elsewhere_stands_here_too() -> None:
    sealed = [
        a_sealed_list(902, environment="SIT-B", release="5.2.16.0"),
        a_sealed_list(903, environment="UIT", release="5.2.17.0"),
    ]

    assert number_problem(chosen("5.2.16.0"), a_picture(a_defect(), *sealed)) == ""


def typed_wrongly() -> Any:
    return edits_list(run(facts(a_defect())), "SIT-A", number=number("5.2.1.0"))


def test_a_number_typed_wrongly_closes_nothing_and_is_told() -> None:
    world = typed_wrongly()

    (rewritten,) = [a for a in decided(world) if a.subject == f"list {the_list(world, 'SIT-A').id}"]
    world = run(world, times=3)

    assert edited(rewritten)[Field.BODY].notices == (f"{TOO_LOW}: correct or clear it",)
    assert {c.state for c in world.lists.values()} == {ListState.PROPOSED}
    assert len(world.lists) == 3
    assert the_list(world, "SIT-A").number == number("5.2.1.0")
    assert the_list(world, "SIT-B").number == number("5.2.16.0")


def test_nor_is_it_agreed() -> None:
    world = agrees(run(typed_wrongly()), "SIT-A")

    (action,) = [a for a in decided(world) if a.kind in (ActionKind.SEAL, ActionKind.REOPEN_LIST)]
    world = run(world, times=3)

    assert (action.kind, action.reason) == (ActionKind.REOPEN_LIST, TOO_LOW)
    assert (the_list(world, "SIT-A").state, the_list(world, "SIT-A").seal) == (ListState.PROPOSED, "")


@pytest.mark.parametrize(
    ("corrected", "stands"),
    [
        pytest.param(number("5.2.17.0"), "5.2.17.0", id="corrected it is kept as theirs"),
        pytest.param(None, "5.2.16.0", id="cleared it is the bot's again"),
    ],
)
def test_until_it_is_corrected_or_cleared(corrected: Any, stands: str) -> None:
    world = edits_list(run(typed_wrongly()), "SIT-A", number=corrected)

    world = run(world, times=2)

    assert the_list(world, "SIT-A").number == number(stands)
    assert the_list(world, "SIT-A").written is not None
    assert (the_list(world, "SIT-A").chosen_number is not None) is (corrected is not None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("5.2", id="two places"),
        pytest.param("01.0.0.0", id="a leading zero"),
        pytest.param("1.0.0.0-rc1", id="a suffix"),
        pytest.param("next week's", id="words"),
    ],
)
def test_a_number_that_cannot_be_read_is_kept_told_and_not_agreed(text: str) -> None:
    world = edits_list(run(facts(a_defect())), "SIT-A", number=None, number_text=text)
    problem = f"its number reads “{text}”, which is no release number such as 1.2.3.0"

    (rewritten,) = [a for a in decided(world) if a.subject == f"list {the_list(world, 'SIT-A').id}"]
    assert edited(rewritten)[Field.BODY].notices == (f"{problem}: correct or clear it",)
    assert Field.NUMBER not in edited(rewritten)

    world = agrees(run(world, times=2), "SIT-A")
    reasons = [a.reason for a in decided(world) if a.kind is ActionKind.REOPEN_LIST]
    world = run(world, times=3)

    assert reasons == [problem]
    assert (the_list(world, "SIT-A").number_text, the_list(world, "SIT-A").state) == (text, ListState.PROPOSED)
    assert the_list(world, "SIT-B").number == number("5.2.16.0")


def test_corrected_it_stands() -> None:
    world = run(edits_list(run(facts(a_defect())), "SIT-A", number=None, number_text="5.2"))

    world = run(edits_list(world, "SIT-A", number=number("5.2.17.0"), number_text="5.2.17.0"), times=2)
    world = run(agrees(world, "SIT-A"), times=3)

    assert (the_list(world, "SIT-A").number, the_list(world, "SIT-A").state) == (number("5.2.17.0"), ListState.RAISED)


BEFORE = a_sealed_list(901, state=ListState.RAISED)
THERE = a_sealed_list(902, environment="SIT-B", entries=entries([], [123]))
NEXT = a_sealed_list(
    903, release="5.2.17.0", window=a_window(MONDAY + WEEK), entries=entries([77], fixed_by="5.2.17.0")
)
BOTH: tuple[Defect, ...] = (a_defect(123), a_defect(77, version="5.2.17.0"))


@pytest.mark.parametrize(
    ("state", "missing"),
    [
        pytest.param(RfcState.RAISED, (), id="its RFC is under way"),
        pytest.param(RfcState.APPROVED, (), id="its RFC is approved"),
        pytest.param(RfcState.DEPLOYED, (), id="it has arrived"),
        pytest.param(RfcState.WITHDRAWN, (123,), id="its RFC was withdrawn"),
        pytest.param(RfcState.ROLLED_BACK, (123,), id="it was rolled back"),
    ],
)
def test_a_list_names_all_that_its_release_would_bring_here(state: RfcState, missing: tuple[int, ...]) -> None:
    rfc = an_rfc(of=BEFORE, state=state, deployed_at=NOW if state is not RfcState.WITHDRAWN else None)

    assert lacks(NEXT, a_picture(*BOTH, BEFORE, THERE, NEXT, rfc)) == missing


@pytest.mark.parametrize(
    "stray",
    [
        pytest.param(a_list(environment="SIT-C"), id="an environment that nobody configured"),
        pytest.param(a_list(party="Capgemini"), id="a party that nobody configured"),
        pytest.param(a_list(release=""), id="no number"),
    ],
)
def test_of_a_list_that_cannot_be_judged_nothing_is_said(stray: CandidateList) -> None:
    assert lacks(stray, a_picture(*BOTH)) == ()


def test_a_list_that_lacks_what_a_withdrawn_rfc_was_to_bring_is_agreed_again() -> None:
    world = raised(facts(a_defect(123), a_defect(246, found_in="SIT-B")), "SIT-A", "SIT-B")
    world = run(later(resolves(approves(world, "SIT-A"), a_defect(77, version="5.2.17.0")), NOW + WEEK / 28))
    assert the_list(world, "SIT-A").number == number("5.2.17.0")
    world = run(agrees(world, "SIT-A"))
    assert (the_list(world, "SIT-A").state, the_list(world, "SIT-A").edition) == (ListState.AGREED, 1)
    assert {e.fix.defect for e in the_list(world, "SIT-A").entries} == {77}

    world = sets(world, "SIT-A", RfcState.WITHDRAWN, RELEASE_MANAGER)
    (action,) = [a for a in decided(world) if a.kind is ActionKind.REOPEN_LIST]
    assert action.reason == "its release would bring 123, 246 too, and it does not name them"

    world = run(world, times=2)
    world = run(later(world, world.now + WEEK / 28), times=2)
    assert the_list(world, "SIT-A").state is ListState.PROPOSED
    assert {e.fix.defect for e in the_list(world, "SIT-A").entries} == {77, 123, 246}

    world = run(agrees(world, "SIT-A"), times=3)
    assert (the_list(world, "SIT-A").edition, the_list(world, "SIT-A").state) == (2, ListState.RAISED)


def test_and_nothing_of_it_is_agreed_meanwhile() -> None:
    agreed = a_list(
        903,
        state=ListState.AGREED,
        release="5.2.17.0",
        window=a_window(MONDAY + WEEK),
        entries=entries([77], fixed_by="5.2.17.0"),
    )
    withdrawn = an_rfc(of=BEFORE, state=RfcState.WITHDRAWN)

    assert lacks(agreed, Picture(facts(*BOTH, BEFORE, THERE, agreed, withdrawn))) == (123,)


def test_raised_already_its_rfc_says_what_its_note_does_not_name_until_it_is_agreed_anew() -> None:
    """The release before it was to bring 123 first, and is rolled back while this one is under way."""
    world = run(approved_and_deployed(raised(facts(a_defect(123)), "SIT-A", "SIT-B"), "SIT-A"), times=2)
    world = run(later(resolves(world, a_defect(77, version="5.2.17.0")), world.now + WEEK / 28))
    world = run(agrees(world, "SIT-A", release="5.2.17.0"), times=3)
    assert {e.fix.defect for e in the_list(world, "SIT-A").entries} == {77}
    assert against(world) == ()

    world = run(rolls_back(world, "SIT-A", release="5.2.16.0"), times=2)
    assert against(world) == (
        "it would bring 123 too, and its list does not name them: reject the RFC to agree it anew",
    )

    world = run(rejects(world, "SIT-A"))
    world = run(later(world, world.now + WEEK / 28), times=2)
    world = run(agrees(world, "SIT-A"), times=3)
    assert {e.fix.defect for e in the_list(world, "SIT-A").entries} == {77, 123}
    assert against(world) == ()


def against(world: Facts) -> tuple[str, ...]:
    """What stands on SIT-A's newest RFC below the ten points."""
    points = compose_control_points(the_rfc(world, "SIT-A"), Picture(world)).points
    return tuple(point.evidence for point in points if point.number > 10)


@pytest.mark.parametrize(
    ("window", "state", "missing"),
    [
        pytest.param(a_window(MONDAY), RfcState.RAISED, (), id="it comes a week before"),
        pytest.param(a_window(MONDAY), RfcState.APPROVED, (), id="it is approved"),
        pytest.param(a_window(MONDAY), RfcState.REJECTED, (123,), id="it was rejected, and comes only if raised anew"),
        pytest.param(a_window(MONDAY + WEEK), RfcState.RAISED, (), id="it comes in the same window"),
        pytest.param(a_window(MONDAY + 2 * WEEK), RfcState.RAISED, (123,), id="it was postponed to a week after"),
    ],
)
def test_a_release_is_built_on_a_lower_one_that_comes_there_before(
    window: Window, state: RfcState, missing: tuple[int, ...]
) -> None:
    """Deployed first, it brings the fixes of the other one too: its note has to name them."""
    lower = a_sealed_list(901, state=ListState.RAISED, window=window)
    higher = a_sealed_list(
        902,
        state=ListState.RAISED,
        release="5.2.17.0",
        window=a_window(MONDAY + WEEK),
        entries=entries(here=[456], fixed_by="5.2.17.0"),
    )
    defects = (a_defect(123), a_defect(456, version="5.2.17.0"))
    picture = a_picture(*defects, lower, an_rfc(951, of=lower, state=state), higher, an_rfc(952, of=higher))

    assert lacks(higher, picture) == missing


ELSEWHERE = "5.2.16.0 is agreed for SIT-A already, and comes here too: one build, one number"


def settled_elsewhere(release: str = "5.2.17.0") -> Facts:
    """5.2.16.0 is agreed for SIT-A; on the list of SIT-B a person sets another number."""
    world = run(agrees(run(facts(a_defect())), "SIT-A"))
    assert the_list(world, "SIT-A").is_sealed
    return edits_list(world, "SIT-B", number=number(release), number_text=release)


def test_a_persons_number_is_left_where_another_release_comes_there_and_the_list_says_why() -> None:
    world = run(settled_elsewhere(), times=2)
    standing = the_list(world, "SIT-B")

    (notice,) = [n for n in page_of(settled_elsewhere(), "SIT-B").notices if "one build" in n]

    assert (str(standing.number), standing.state) == ("5.2.17.0", ListState.PROPOSED)
    assert notice == f"{ELSEWHERE}: correct or clear it"
    assert not decided(later(world, NOW + PACE))


def test_it_cannot_be_agreed_so() -> None:
    world = agrees(run(settled_elsewhere(), times=2), "SIT-B")

    (reason,) = [a.reason for a in decided(world) if a.kind is ActionKind.REOPEN_LIST]

    assert reason == ELSEWHERE
    assert str(the_list(run(world), "SIT-B").number) == "5.2.17.0"


def test_once_it_is_cleared_the_release_comes_under_its_own() -> None:
    world = run(settled_elsewhere(), times=2)

    world = run(edits_list(world, "SIT-B", number=None, number_text=""))

    assert str(the_list(world, "SIT-B").number) == "5.2.16.0"


def test_of_two_numbers_that_people_chose_for_one_release_the_second_is_left_and_told() -> None:
    world = run(facts(a_defect()))
    for environment, release in (("SIT-A", "5.2.18.0"), ("UIT", "5.2.19.0")):
        world = edits_list(world, environment, number=number(release), number_text=release)
    first = the_list(world, "SIT-A").id
    world = run(later(world, NOW + PACE), times=2)

    assert [str(the_list(world, e).number) for e in ("SIT-A", "SIT-B", "UIT")] == ["5.2.18.0", "5.2.18.0", "5.2.19.0"]
    assert number_problem(the_list(world, "UIT"), Picture(world)) == (
        f"its release comes with the number 5.2.18.0, which a person set on list {first}: one build, one number"
    )


def test_a_person_may_choose_among_what_is_agreed() -> None:
    """5.2.17.0 is agreed for SIT-A and 5.2.16.0 for UIT: SIT-B, which is level with SIT-A, may take the lower one."""
    lower = a_sealed_list(901, environment="UIT")
    higher = a_sealed_list(902, release="5.2.17.0", entries=entries([123]) | entries([77], fixed_by="5.2.17.0"))
    mine = chosen("5.2.16.0", id=903, environment="SIT-B", entries=entries(elsewhere=[123]))
    picture = a_picture(a_defect(), a_defect(77, version="5.2.17.0"), lower, higher, mine)

    assert number_problem(mine, picture) == ""
    assert [p.number for p in proposals(picture)["SIT-B", "DCC"] if isinstance(p, Proposal)] == [mine.number]


BELOW = "its number 5.2.16.0 is below 5.2.17.0, which was agreed before: the numbers of a party increase"


def two_numbers(first: str, second: str) -> Facts:
    world = run(facts(a_defect(123), a_defect(246, found_in="UIT")))
    for environment, release in (("SIT-A", first), ("UIT", second)):
        world = edits_list(world, environment, number=number(release), number_text=release)
        world = agrees(world, environment)
    return world


@pytest.mark.parametrize(("first", "second"), [("5.2.17.0", "5.2.16.0"), ("5.2.16.0", "5.2.17.0")])
def test_of_two_numbers_that_are_agreed_at_once_the_lower_is_sealed_first_and_alone(first: str, second: str) -> None:
    world = run(two_numbers(first, second))

    sealed = [str(c.number) for c in world.lists.values() if c.is_sealed]

    assert sealed == ["5.2.16.0"]


def test_what_is_agreed_after_a_higher_number_goes_back() -> None:
    sealed = a_sealed_list(901, release="5.2.17.0")
    lower = a_list(902, environment="UIT", state=ListState.AGREED, entries=entries(elsewhere=[123]))

    assert objection(lower, DEFECT_MANAGER, a_picture(a_defect(), sealed, lower)) == BELOW
    assert objection(lower, DEFECT_MANAGER, a_picture(a_defect(), lower)) == ""


@pytest.mark.parametrize(
    ("versions", "release", "left_out"),
    [
        pytest.param(["5.2.16.0"], None, {123}, id="a lower one waits"),
        pytest.param(["5.2.16.0", "5.2.18.0"], "5.2.18.0", set(), id="for the next one"),
        pytest.param(["5.2.17.0"], "5.2.17.0", set(), id="the same one is told as asked for before"),
    ],
)
def test_a_number_that_was_withdrawn_stays_taken(versions: list[str], release: str | None, left_out: set[int]) -> None:
    withdrawn = a_sealed_list(901, release="5.2.17.0", state=ListState.CLOSED, environment="UIT")
    rfc = an_rfc(of=withdrawn, state=RfcState.WITHDRAWN)
    defects = [a_defect(123 + i, version=version) for i, version in enumerate(versions)]
    drafts = a_picture(*defects, withdrawn, rfc).drafts["DCC"]

    assert drafts.number_of(ReleaseType.PATCH) == (number(release) if release else None)
    assert {out.defect for out in drafts.left_out} == left_out


def test_a_person_does_not_go_back_behind_it_either() -> None:
    withdrawn = a_sealed_list(901, release="5.2.17.0", state=ListState.CLOSED, environment="UIT")
    rfc = an_rfc(of=withdrawn, state=RfcState.WITHDRAWN)
    mine = chosen("5.2.16.0", id=902)

    assert number_problem(mine, a_picture(a_defect(), withdrawn, rfc, mine)) == BELOW
    assert number_problem(replace(mine, number=number("5.2.18.0")), a_picture(a_defect(), withdrawn, rfc, mine)) == ""


def page_of(world: Facts, environment: str) -> ListPage:
    standing = the_list(world, environment)
    (action,) = [a for a in decided(world) if a.change.id == standing.id]
    page = edited(action)[Field.BODY]
    assert isinstance(page, ListPage)
    return page
