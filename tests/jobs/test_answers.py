"""People answer an RFC: whose words count, what holds its approval, and what becomes of it when they come late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.azure_devops.text_values import plain
from adapters.sandbox.azure import Azure
from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER, SIT_RELEASE_MANAGER, TESS
from tests.jobs.play import Play, Stage, playing, text
from tests.jobs.small_world import DCC_FIXES, IN_SIT_A, small_programme

GOVERNOR, ENVIRONMENTS_MANAGER, TEST_MANAGER = "eve.lund@si.example", "eve.lund@si.example", "tom.ellis@si.example"
RESOLVED, RETEST = ["Resolved"] * 3, ["Ready for Retest"] * 3
UPDATED = ["RFC DCC SIT-A control points"]


def governed() -> dict[str, Any]:
    table = small_programme()
    table["programme"] |= {"governance": [GOVERNOR], "concerned": {"Test": [TEST_MANAGER], "Participants": []}}
    table["environments"]["SIT-A"]["environments_managers"] = [ENVIRONMENTS_MANAGER]
    return table


@pytest.fixture(scope="module")
def stages() -> dict[str, Stage]:
    """Those of the governed programme."""
    return {}


@pytest.fixture
def play(azure: Azure, tmp_path: Path, stages: dict[str, Stage]) -> Iterator[Play]:
    with playing(azure, tmp_path, governed(), stages) as play:
        play.raised()
        play.at(3, 12)
        yield play
        assert play.news() == []


def rfc(play: Play) -> int:
    return play.cast.the_rfc("SIT-A", "DCC").id


def page(play: Play) -> str:
    """What people read on the RFC."""
    return plain(text(play.azure.item(rfc(play)), "Custom.ControlPoints")).replace("\u2060", "")


@pytest.fixture
def major(azure: Azure, tmp_path: Path) -> Iterator[Play]:
    """The release opens the next phase."""
    table = governed()
    window = {"start": datetime(2026, 12, 7, 9), "end": datetime(2026, 12, 7, 17), "type": "major"}  # noqa: DTZ001
    table["environments"]["SIT-A"]["extra_windows"] = [window]
    with playing(azure, tmp_path, table) as play:
        for id in DCC_FIXES:
            play.cast.name_version(id, "6.0.0.0")
        play.look()
        play.cast.agree("SIT-A")
        play.look()
        play.at(3, 12)
        play.look()
        play.seen()
        yield play
        assert play.news() == []


def test_a_major_that_governance_approves_late_waits_until_then(major: Play) -> None:
    major.look()
    assert "First, governance forum: governance has not approved it yet (point 2)." in page(major)
    major.at(4, 8)
    major.cast.approve("SIT-A")
    major.look()
    assert "Next, governance forum: governance has not approved it yet (point 2). Then the approval counts." in page(
        major
    )
    major.at(7, 10)
    major.cast.deploy("SIT-A")
    major.seen()
    major.look()
    assert major.states(*IN_SIT_A) == RESOLVED
    assert "deployed without a valid approval: governance has not approved it yet (point 2)" in page(major)
    assert major.news() == ["RFC DCC SIT-A deployment recorded"]

    major.at(7, 12)
    major.cast.answer(rfc(major), "2: approved, go/no-go of 7 Dec", by=GOVERNOR)
    major.look()

    assert major.states(*IN_SIT_A) == RETEST
    assert f"{GOVERNOR}, Mon 07-Dec-2026 12:00 GMT: go/no-go of 7 Dec" in page(major)
    assert "without a valid approval" not in page(major)
    major.seen()
    assert not major.look().plan


def test_an_answer_of_the_wrong_person_is_shown_and_does_not_count(major: Play) -> None:
    major.cast.approve("SIT-A")
    major.cast.answer(rfc(major), "2: approved, says I", "3: met", by=TESS)
    major.look()

    assert f"“approved, says I” does not count: {TESS} is not among those named as governance forum" in page(major)
    assert f"“met” does not count: {TESS} is not among those named as environments manager of SIT-A" in page(major)
    assert "governance has not approved it yet (point 2)" in page(major)
    assert major.news() == UPDATED


def test_what_the_bot_itself_wrote_is_no_answer(major: Play) -> None:
    major.cast.approve("SIT-A")
    major.cast.answer(rfc(major), "2: approved", "Participants: ready", by=BOT)
    major.seen()
    major.look()

    assert f"“approved” does not count: {BOT} is Shunter itself, which answers nothing" in page(major)
    assert f"“ready” does not count: {BOT} is Shunter itself" in page(major)
    assert major.news() == UPDATED


def test_a_line_that_a_second_person_changed_is_theirs(play: Play) -> None:
    play.cast.answer(rfc(play), "3: met, baseline 5.2", by=ENVIRONMENTS_MANAGER)
    play.look()
    assert f"{ENVIRONMENTS_MANAGER}, Thu 03-Dec-2026 12:00 GMT: baseline 5.2" in page(play)
    assert play.news() == UPDATED

    play.at(3, 13)
    play.azure.person(TESS).edit(rfc(play), {"Custom.Answers": "<p>3: met, baseline 5.3</p>"})
    play.look()

    assert f"“met, baseline 5.3” does not count: {TESS} is not among" in page(play)
    assert play.news() == UPDATED


def test_a_line_stays_whose_it_is_when_others_write_below_it_and_the_database_is_lost(play: Play) -> None:
    play.cast.answer(rfc(play), "3: met, baseline 5.2", by=ENVIRONMENTS_MANAGER)
    play.at(3, 13)
    play.cast.answer(rfc(play), "Participants: ready", "hm, what about the weekend?", by=TESS)
    play.look()
    told = page(play)

    assert f"{ENVIRONMENTS_MANAGER}, Thu 03-Dec-2026 12:00 GMT: baseline 5.2" in told
    assert f"Participants ready nothing {TESS}, Thu 03-Dec-2026 13:00 GMT" in told
    assert "“hm, what about the weekend?”: write it as" in told
    assert play.news() == UPDATED

    play.forget()
    assert not play.look().plan


def test_readiness_is_awaited_told_and_where_that_is_set_waited_for(azure: Azure, tmp_path: Path) -> None:
    table = governed()
    table["programme"]["readiness_blocks"] = True
    with playing(azure, tmp_path, table) as play:
        play.raised()
        assert "First, Test and Participants: Test has not said that it is ready yet" in page(play)
        play.at(4, 8)
        play.cast.answer(rfc(play), "Test: not ready, no data", "Participants: ready", by=TEST_MANAGER)
        play.cast.approve("SIT-A")
        play.look()
        assert "Next, Test: Test is not ready. Then the approval counts." in page(play)

        play.at(4, 9)
        play.azure.person(TEST_MANAGER).edit(rfc(play), {"Custom.Answers": "test: ready\nParticipants: ready"})
        play.look()
        assert "It is deployed in the window from Mon 07-Dec-2026 09:00 GMT" in page(play)


@pytest.mark.parametrize("is_changed", [True, False], ids=["with other content", "with the same content"])
def test_what_was_said_of_other_content_does_not_count_for_the_next_edition(play: Play, is_changed: bool) -> None:
    play.cast.answer(rfc(play), "3: met, baseline 5.2", by=ENVIRONMENTS_MANAGER)
    play.cast.reject("SIT-A")
    play.look()
    rejected = f"It was rejected by {SIT_RELEASE_MANAGER} on Thu 03-Dec-2026 12:00 GMT: its list goes back to proposed"
    assert rejected in page(play)
    if is_changed:
        play.azure.person(SIT_DEFECT_MANAGER).set_state(play.cast.the_list("SIT-B", "DCC").id, "Proposed")
        play.cast.plan_for(789, date(2026, 12, 18))
    play.at(3, 12, 40)
    play.look()
    play.cast.agree("SIT-A")
    play.look()
    play.at(3, 13)
    play.look()

    doubt = "“met, baseline 5.2” does not count: it was said of other content: the RFC was changed afterwards"
    assert (play.state(rfc(play)), doubt in page(play)) == ("Raised", is_changed)
    play.look()
    play.seen()
    assert not play.look().plan


def test_a_withdrawn_rfc_says_who_and_when(play: Play) -> None:
    id = rfc(play)
    play.cast.withdraw("SIT-A")
    play.look()

    told = plain(text(play.azure.item(id), "Custom.ControlPoints")).replace("\u2060", "")
    assert "Nothing: it was withdrawn by rm@dcc.example on Thu 03-Dec-2026 12:00 GMT; its list closes" in told
    assert {"RFC DCC SIT-A control points", "list DCC SIT-A Raised -> Closed"} < set(play.news())
    play.look()
    play.seen()
    assert not play.look().plan
