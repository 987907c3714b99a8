"""The story of a release: everything that is recorded of it, with names, times, and what was not as it should be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from bot.candidate_list import CandidateList, ListState, Role
from bot.facts import Facts
from bot.history import Step
from bot.number import Number
from bot.picture import Picture
from bot.recorded_release import Recorded, UnknownRelease, recorded
from bot.release_story import CarriedRow, ContentRow, ReleaseStory, release_story
from bot.rfc import Rfc, RfcState
from tests.bot.a_run import run
from tests.bot.any_world import any_facts
from tests.bot.people import agrees, approves, deploys, later, sets, the_list, the_rfc
from tests.bot.world import (
    BOT,
    DEFECT_MANAGER,
    DEPLOYER,
    MONDAY,
    NOW,
    PASSER_BY,
    RELEASE_MANAGER,
    a_change_request,
    a_defect,
    a_list,
    a_party,
    a_picture,
    a_programme,
    a_sealed_list,
    an_entry,
    an_rfc,
    approved,
    at,
    deployed,
    entries,
    facts,
    steps,
)

HOUR = timedelta(hours=1)


def told(picture: Picture, number: str = "5.2.16.0", party: str = "DCC") -> ReleaseStory:
    release = recorded(party, number, picture)
    assert isinstance(release, Recorded)
    return release_story(release, picture)


def why_not(picture: Picture, party: str, number: str) -> str:
    unknown = recorded(party, number, picture)
    assert isinstance(unknown, UnknownRelease)
    return unknown.words


def a_release() -> tuple[CandidateList, Rfc]:
    sealed = a_sealed_list(901, state=ListState.RAISED, entries=entries(here=[123], elsewhere=[246]))
    return sealed, an_rfc(951, of=sealed, state=RfcState.DEPLOYED, roadmap="IR7.1")


def a_week() -> Facts:
    """5.2.16.0 agreed and raised for SIT-A and SIT-B, and deployed to SIT-A."""
    defects = a_defect(123), a_defect(246, found_in="SIT-B", severity="1 - Critical")
    world = run(facts(*defects, programme=a_programme(parties=[a_party()])))
    world = agrees(agrees(world, "SIT-A"), "SIT-B")
    world = run(run(later(world, NOW + HOUR)), times=2)
    world = run(approves(later(world, NOW + 2 * HOUR), "SIT-A"))
    return run(deploys(later(world, MONDAY + HOUR), "SIT-A"))


@pytest.mark.parametrize(
    ("party", "number", "words"),
    [
        ("Capgemini", "1.0.0.0", "there is no party Capgemini; the parties are DCC, Elexon"),
        ("DCC", "next week", "“next week” is no release number: write one such as 5.2.16.0"),
        (
            "DCC",
            "5.2.17.0",
            (
                "no list and no RFC of DCC is for 5.2.17.0; defects that name it as their version: 1; "
                "those of DCC are 5.2.16.0"
            ),
        ),
        ("Elexon", "5.2.16.0", "no list and no RFC of Elexon is for 5.2.16.0; Elexon has none yet"),
    ],
    ids=["party", "no number", "number", "of another party"],
)
def test_what_is_unknown_is_told_with_what_is_known(party: str, number: str, words: str) -> None:
    picture = a_picture(a_list(), a_defect(7, version="5.2.17.0"))

    assert why_not(picture, party, number) == words


def test_a_release_is_found_however_it_is_spelt() -> None:
    assert told(a_picture(a_list()), "5.2.16", " dcc ").number == "5.2.16.0"


def test_what_has_to_be_read_are_the_histories_of_its_lists_and_rfcs() -> None:
    sealed, rfc = a_release()
    other = a_list(902, release="5.2.17.0")

    release = recorded("DCC", "5.2.16.0", a_picture(sealed, rfc, other))

    assert isinstance(release, Recorded)
    assert release.ids == {901, 951}
    assert release.number == Number(5, 2, 16)


def test_its_content_names_the_role_of_each_fix_in_each_environment() -> None:
    world = a_week()

    assert told(Picture(world)).content == (
        ContentRow(
            246, "1 - Critical", "5.2.16.0", "SIT-B", "resolved",
            ("SIT-A: retest elsewhere", "SIT-B: retest here", "UIT: retest elsewhere"), "Defect 246",
        ),
        ContentRow(
            123, "2 - High", "5.2.16.0", "SIT-A", "ready for retest",
            ("SIT-A: retest here", "SIT-B: retest elsewhere", "UIT: retest elsewhere"), "Defect 123",
        ),
    )  # fmt: skip


def test_a_fix_that_was_accepted_on_its_rfc_is_part_of_it() -> None:
    sealed, rfc = a_release()

    rows = told(a_picture(sealed, replace(rfc, accepted=frozenset({555})), a_defect(555))).content

    assert [row.roles for row in rows if row.defect == 555] == [("SIT-A: accepted on RFC 951",)]


def test_a_fix_that_cannot_be_read_any_more_is_still_named() -> None:
    sealed, rfc = a_release()

    assert [(r.defect, r.title) for r in told(a_picture(sealed, rfc)).content] == [
        (123, "(this work item cannot be read)"),
        (246, "(this work item cannot be read)"),
    ]


def test_what_it_brings_along_from_older_releases_is_named() -> None:
    carried = an_entry(900, Role.CARRIED, "5.2.15.1")
    missed = an_entry(17, Role.RETEST_HERE, "5.2.14.0")
    change = an_entry(31, Role.CHANGE)
    sealed = a_sealed_list(901, entries=frozenset({carried, missed, change, an_entry(123)}))

    assert told(a_picture(sealed, a_change_request(31))).carried_over == (
        CarriedRow(17, "5.2.14.0", "SIT-A", "SIT-A did not have it from 5.2.14.0"),
        CarriedRow(900, "5.2.15.1", "SIT-A", "SIT-A ran it already, by 5.2.15.1"),
    )


def test_its_lists_say_who_agreed_what() -> None:
    world = a_week()
    rows = {row.environment: row for row in told(Picture(world)).lists}

    agreed = rows["SIT-A"]
    assert (agreed.state, agreed.edition, agreed.fixes, agreed.window) == ("raised", 1, 2, MONDAY)
    assert (agreed.agreed_by, agreed.agreed_at) == (DEFECT_MANAGER, NOW)
    assert agreed.seal == the_list(world, "SIT-A").seal
    assert (rows["UIT"].state, rows["UIT"].agreed_by, rows["UIT"].agreed_at) == ("proposed", "", None)


def test_its_rfcs_say_who_approved_and_deployed_and_what_is_open() -> None:
    world = a_week()
    done, waiting = told(Picture(world)).rfcs

    assert (done.environment, done.state, done.deployed_at) == ("SIT-A", "deployed", MONDAY + HOUR)
    assert done.approval == f"{RELEASE_MANAGER}, SI Release Manager, Thu 03-Dec-2026 11:30 GMT"
    assert done.deployment == f"deployed by {DEPLOYER}, Mon 07-Dec-2026 10:00 GMT; complete"
    assert "open, SI Release Manager: 9 Rollout closure approved" in done.open_points
    assert waiting.approval == "nobody has approved it yet"
    assert "open, SI Release Manager: 7 RFC approved, 9 Rollout closure approved" in waiting.open_points
    assert waiting.next_step.startswith("The SI Release Manager approves or rejects this RFC before")


def test_a_refusal_names_who_refused() -> None:
    sealed, rfc = a_release()
    rejected = replace(rfc, state=RfcState.REJECTED)
    history = steps((BOT, RfcState.RAISED), (RELEASE_MANAGER, RfcState.REJECTED))

    story = told(a_picture(sealed, rejected, histories={951: history}))

    assert story.rfcs[0].approval == f"rejected by {RELEASE_MANAGER}, Thu 26-Nov-2026 11:30 GMT"


def test_a_rollback_names_who_rolled_back() -> None:
    sealed, rfc = a_release()
    history = (*deployed(rfc), Step(4, MONDAY + HOUR, DEPLOYER, RfcState.ROLLED_BACK, rfc.seal))

    story = told(a_picture(sealed, replace(rfc, state=RfcState.ROLLED_BACK), histories={951: history}))

    assert story.rfcs[0].deployment == (
        f"deployed by {DEPLOYER}, Mon 07-Dec-2026 09:00 GMT; rolled back by {DEPLOYER}, Mon 07-Dec-2026 10:00 GMT"
    )


def test_a_week_without_trouble_has_no_deviations() -> None:
    assert told(Picture(a_week())).deviations == ()


def test_a_deployment_without_approval_is_a_deviation() -> None:
    sealed, rfc = a_release()
    history = (Step(1, NOW, BOT, RfcState.RAISED), Step(2, MONDAY, PASSER_BY, RfcState.DEPLOYED))

    (row,) = told(a_picture(sealed, rfc, histories={951: history})).deviations

    assert (row.rule, row.rfc, row.environment, row.by, row.since) == ("approval", 951, "SIT-A", PASSER_BY, MONDAY)
    assert row.words == "deployed without a valid approval: nobody has approved it"


def test_an_approval_that_does_not_count_is_a_deviation_before_anything_is_deployed() -> None:
    sealed, rfc = a_release()
    rfc = replace(rfc, state=RfcState.APPROVED)

    (row,) = told(a_picture(sealed, rfc, histories={951: approved(rfc, PASSER_BY)})).deviations

    assert (row.rule, row.by) == ("approval", PASSER_BY)
    assert row.words == f"the approval does not count: {PASSER_BY} is not SI Release Manager for SIT-A"


def test_a_deployment_outside_of_its_window_is_a_deviation() -> None:
    sealed, rfc = a_release()
    (row,) = told(a_picture(sealed, rfc, histories={951: deployed(rfc, MONDAY + 5 * HOUR)})).deviations

    assert (row.rule, row.by, row.since) == ("window", DEPLOYER, MONDAY + 5 * HOUR)
    assert row.words == (
        "deployed on Mon 07-Dec-2026 14:00 GMT, outside its window, "
        "Mon 07-Dec-2026 09:00 GMT to Mon 07-Dec-2026 11:00 GMT"
    )


@pytest.mark.parametrize(
    ("waiver", "excuse"), [("", "no waiver is recorded"), ("Agreed with Rhona.", "waived: Agreed with Rhona.")]
)
def test_an_rfc_that_was_raised_after_its_notice_is_a_deviation(waiver: str, excuse: str) -> None:
    sealed, rfc = a_release()
    late = steps((BOT, RfcState.RAISED), since=at("2026-12-04 09:00"))
    raised = replace(rfc, state=RfcState.RAISED)

    (row,) = told(a_picture(replace(sealed, waiver=waiver), raised, histories={951: late})).deviations

    assert (row.rule, row.by) == ("notice", BOT)
    assert row.words == f"raised after its notice ran out on Fri 04-Dec-2026 09:00 GMT; {excuse}"


def test_the_trail_tells_every_step_in_its_order() -> None:
    world = a_week()
    first, rfc = the_list(world, "SIT-A"), the_rfc(world, "SIT-A")
    names = {f"list {first.id} SIT-A", f"RFC {rfc.id} SIT-A"}

    trail = [
        (row.item, row.what, row.by) for row in told(Picture(world)).trail if row.item in names and row.what != "raised"
    ]

    assert trail == [
        (f"list {first.id} SIT-A", "created, proposed", BOT),
        (f"list {first.id} SIT-A", "agreed", DEFECT_MANAGER),
        (f"list {first.id} SIT-A", f"sealed {first.seal[:12]}", BOT),
        (f"RFC {rfc.id} SIT-A", "created, raised", BOT),
        (f"RFC {rfc.id} SIT-A", "approved", RELEASE_MANAGER),
        (f"RFC {rfc.id} SIT-A", "deployed", DEPLOYER),
    ]


def test_a_list_that_is_agreed_anew_shows_both_seals() -> None:
    world = sets(a_week(), "SIT-B", RfcState.REJECTED, RELEASE_MANAGER)
    listed = the_list(world, "SIT-B")

    what = [row.what for row in told(Picture(run(world))).trail if row.item == f"list {listed.id} SIT-B"]

    assert what[-1] == "proposed, seal removed"


def test_an_environment_that_is_not_configured_any_more_hides_nothing() -> None:
    sealed = a_sealed_list(901, environment="SIT-Z", state=ListState.RAISED)
    rfc = an_rfc(951, of=sealed)

    story = told(a_picture(sealed, rfc, histories={951: deployed(rfc)}))

    assert (story.rfcs[0].environment, story.rfcs[0].next_step) == ("SIT-Z", "SIT-Z is not configured")
    assert [row.item for row in story.trail] == ["RFC 951 SIT-Z"] * 3


def test_a_roadmap_name_is_told_once() -> None:
    sealed, rfc = a_release()

    assert told(a_picture(sealed, rfc, replace(rfc, id=952))).roadmap == "IR7.1"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_facts())
def test_every_release_of_any_world_has_a_story(world: Facts) -> None:
    picture = Picture(world)
    for rfc in world.rfcs.values():
        release = recorded(rfc.party, str(rfc.number), picture)
        if isinstance(release, Recorded):
            assert rfc.id in {row.rfc for row in release_story(release, picture).rfcs}
        else:
            assert rfc.number is None or rfc.party not in world.programme.parties
