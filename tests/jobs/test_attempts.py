"""Attempts, played through the sandbox: failed and tried again, superseded, deployed anew, and whose word counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.sandbox.cast import DEPLOYMENT_MANAGER, TEST_MANAGER
from adapters.sandbox.mhhs_seeds.people import SIT_RELEASE_MANAGER, TESS
from adapters.sandbox.work_item import WorkItem
from bot.matrix import matrix_rows
from bot.where import Where
from tests.jobs.play import Play, fixes_of, playing, text
from tests.jobs.small_world import IN_SIT_A, OPEN, Seed, small_programme, small_world

RETEST, RECORDED = "Ready for Retest", "RFC DCC SIT-A deployment recorded"
MOVED = [f"{id} Resolved -> Ready for Retest" for id in IN_SIT_A]
NEXT = Seed(901, "The next build's own fix", "SIT-A", "5.2.17.0", state="Active")


def the_rfc(play: Play) -> WorkItem:
    return play.cast.rfcs("SIT-A", "DCC")[0]


def points(play: Play) -> str:
    return text(the_rfc(play), "Custom.ControlPoints")


def attempt(play: Play) -> tuple[object, ...]:
    fields = the_rfc(play).fields
    return tuple(fields.get(f"Custom.{name}") for name in ("Attempt", "Outcome", "DeployedAt", "SmokeTest"))


def failed(play: Play) -> None:
    play.approved()
    play.at(7, 10)
    play.cast.fail("SIT-A", "DCC")
    play.look()


def test_a_build_that_failed_is_deployed_again_on_the_same_rfc_and_counts_then(play: Play) -> None:
    failed(play)
    assert play.states(*IN_SIT_A) == ["Resolved"] * 3
    assert play.where(123).where is Where.INCOMPLETE
    assert attempt(play) == (1, "failed", datetime(2026, 12, 7, 10, tzinfo=UTC), None)
    play.seen()

    play.at(7, 11)
    play.cast.try_again("SIT-A", "DCC")
    play.look()
    assert attempt(play) == (2, None, None, None)
    assert play.where(123).words.endswith("the deployment failed with RFC 804 (5.2.16.0, attempt 1)")
    assert play.news() == [RECORDED]

    play.at(7, 12)
    play.cast.deploy("SIT-A", "DCC")
    play.look()
    assert attempt(play) == (2, "succeeded", datetime(2026, 12, 7, 12, tzinfo=UTC), None)
    assert play.news() == [*MOVED, RECORDED]
    assert "Attempt 1: failed, said by dora.okafor@si.example" in points(play)
    assert "Lessons are asked for, because attempt 1: the deployment failed." in points(play)

    play.look()
    assert play.news() == []


def test_tried_again_before_anybody_looked_it_is_the_second_attempt_all_the_same(play: Play) -> None:
    play.approved()
    play.at(7, 10)
    play.cast.fail("SIT-A", "DCC")
    play.cast.try_again("SIT-A", "DCC")
    play.at(7, 11)
    play.cast.deploy("SIT-A", "DCC")

    play.look()

    assert attempt(play) == (2, "succeeded", datetime(2026, 12, 7, 11, tzinfo=UTC), None)
    assert play.states(*IN_SIT_A) == [RETEST] * 3
    play.seen()
    play.look()


@pytest.fixture
def bot_closes(tmp_path: Path) -> Iterator[Play]:
    """SIT-A leaves closing to Shunter; a fix of the next build is still being made."""
    yield from _next_build(tmp_path, "bot")


@pytest.fixture
def manager_closes(tmp_path: Path) -> Iterator[Play]:
    yield from _next_build(tmp_path, "release_manager")


def _next_build(folder: Path, closes: str) -> Iterator[Play]:
    table = small_programme()
    table["environments"]["SIT-A"] |= {"closes": closes}
    azure = small_world()
    azure.put(NEXT.id, NEXT.type, NEXT.fields, by=NEXT.raised_by, at=azure.clock.now())
    with playing(azure, folder, table) as play:
        failed(play)
        play.at(7, 15)
        play.cast.resolve(NEXT.id)
        play.look()
        play.cast.agree("SIT-A", "DCC")
        play.look()
        play.at(7, 15, 10)
        play.look()
        play.seen()
        yield play


def test_a_changed_build_closes_the_rfc_that_it_supersedes_and_takes_its_fixes_along(bot_closes: Play) -> None:
    play = bot_closes
    old, new = play.cast.rfcs("SIT-A", "DCC")
    assert set(IN_SIT_A) <= set(fixes_of(new))

    play.look()
    play.look()

    closed = ["RFC DCC SIT-A Deployed -> Closed", "RFC DCC SIT-A control points", "list DCC SIT-A Raised -> Closed"]
    assert play.news() == closed
    remarks = " ".join(revision.comment for revision in play.azure.item(old.id).history)
    assert "Closed: superseded by RFC" in remarks
    assert "(5.2.17.0)" in remarks
    assert play.where(123).where is Where.IN_RFC

    play.at(11, 9)
    play.cast.approve("SIT-A", "DCC")
    play.look()
    play.at(14, 10)
    play.cast.deploy("SIT-A", "DCC")
    play.look()

    assert play.states(*IN_SIT_A, NEXT.id) == [RETEST] * 4
    assert play.azure.item(123).fields["Custom.DeliveredBy"] == new.id
    play.seen()


def test_where_the_release_manager_closes_it_is_said_on_the_rfc(manager_closes: Play) -> None:
    play = manager_closes
    old, new = play.cast.rfcs("SIT-A", "DCC")

    play.look()

    assert play.news() == ["RFC DCC SIT-A control points"]
    assert play.state(old.id) == "Deployed"
    assert f"It is superseded by RFC {new.id} (5.2.17.0). The SI Release Manager closes this RFC." in points(play)
    play.look()
    assert play.news() == []


def since(play: Play) -> tuple[str, datetime | None]:
    row = next(r for r in matrix_rows(play.picture()) if (r.environment, r.party) == ("SIT-A", "DCC"))
    return row.version, row.since


def test_what_was_deployed_and_closed_is_deployed_anew_and_nothing_moves_twice(play: Play) -> None:
    play.delivered("SIT-A")
    play.at(8, 9)
    play.cast.close("SIT-A", "DCC")
    play.look()
    play.look()
    play.cast.retest(123)
    note = text(the_rfc(play), "Custom.ReleaseNote")

    play.at(9, 9)
    play.cast.try_again("SIT-A", "DCC", state="Closed")
    play.look()
    assert attempt(play)[:2] == (2, None)
    assert since(play) == ("5.2.16.0", datetime(2026, 12, 7, 10, tzinfo=UTC)), "it runs as before"
    assert play.cast.lists("SIT-A", "DCC")[0].state == "Closed"

    play.at(9, 14)
    play.cast.deploy("SIT-A", "DCC")
    play.seen()
    play.look()

    assert since(play) == ("5.2.16.0", datetime(2026, 12, 9, 14, tzinfo=UTC))
    assert play.news() == [RECORDED]
    assert play.states(*IN_SIT_A) == ["Closed", RETEST, RETEST]
    assert text(the_rfc(play), "Custom.ReleaseNote") == note
    play.look()


def test_what_was_deployed_anew_and_rolled_back_is_put_back_once_and_stays_there(play: Play) -> None:
    play.delivered("SIT-A")
    play.look()
    play.at(8, 9)
    play.cast.try_again("SIT-A", "DCC")
    play.look()
    play.at(8, 14)
    play.cast.deploy("SIT-A", "DCC")
    play.look()
    play.seen()
    play.at(9, 9)
    play.cast.roll_back("SIT-A", "DCC")
    play.look()
    assert play.states(*IN_SIT_A) == ["Resolved"] * 3
    play.seen()

    play.azure.clock.advance(timedelta(minutes=2))
    play.look()

    assert play.states(*IN_SIT_A) == ["Resolved"] * 3
    play.seen()


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Play]:
    """SIT-A asks for a smoke test by its test manager."""
    table = small_programme()
    table["environments"]["SIT-A"] |= {"smoke_test": True, "test_managers": [TEST_MANAGER]}
    with playing(small_world(), tmp_path, table) as play:
        play.approved()
        play.at(7, 10)
        yield play
        assert play.news() == []


def test_a_smoke_test_that_failed_and_then_passed_by_the_test_managers_word(strict: Play) -> None:
    play = strict
    play.cast.deploy("SIT-A", "DCC")
    play.azure.person(TEST_MANAGER).edit(the_rfc(play).id, {"Custom.SmokeTest": "failed"})
    play.look()
    assert play.where(123).words.endswith("but its smoke test failed")

    play.azure.person(DEPLOYMENT_MANAGER).edit(the_rfc(play).id, {"Custom.SmokeTest": "passed"})
    play.look()
    assert f"{DEPLOYMENT_MANAGER} is no test manager of SIT-A" in play.where(123).words
    assert f"{DEPLOYMENT_MANAGER} is no test manager of SIT-A" in points(play)

    play.azure.person(TEST_MANAGER).edit(the_rfc(play).id, {"Custom.SmokeTest": ""})
    play.cast.sign_off("SIT-A", "DCC")
    play.look()
    assert play.states(*IN_SIT_A) == [RETEST] * 3
    play.seen()


def test_what_somebody_accepted_who_may_not_waits_for_the_release_manager(play: Play) -> None:
    play.delivered("SIT-A")
    play.cast.resolve(OPEN, "5.2.16.0")
    play.azure.person(DEPLOYMENT_MANAGER).edit(the_rfc(play).id, {"Custom.Accepted": str(OPEN)})

    play.look()
    assert play.state(OPEN) == "Resolved"
    why = f"{DEPLOYMENT_MANAGER} is not SI Release Manager for SIT-A"
    assert f"accepted {OPEN}: it does not count, because {why}" in points(play)

    play.cast.accept(the_rfc(play).id, OPEN, 512)
    play.look()
    assert play.state(OPEN) == RETEST
    assert "does not count" not in points(play)
    play.seen()


def test_what_a_stranger_reported_waits_for_a_deployment_manager(play: Play) -> None:
    play.approved()
    play.at(7, 10)
    play.azure.person(TESS).set_state(the_rfc(play).id, "Deployed")
    play.look()
    assert play.states(*IN_SIT_A) == ["Resolved"] * 3
    why = f"{TESS} is not deployment manager or SI Release Manager for SIT-A"
    assert f"nobody whose word counts says so: {why}" in points(play)

    play.azure.person(DEPLOYMENT_MANAGER).edit(the_rfc(play).id, {"Custom.Evidence": "Seen on the status page."})
    play.look()
    assert play.states(*IN_SIT_A) == [RETEST] * 3
    assert text(the_rfc(play), "Custom.Evidence") == "Seen on the status page."
    play.seen()
    play.look()


def test_who_closes_an_rfc_that_is_not_theirs_to_close_is_told(play: Play) -> None:
    play.delivered("SIT-A")
    play.azure.person(TESS).set_state(the_rfc(play).id, "Closed")

    play.look()

    why = f"{TESS} is not {'SI Release Manager'} for SIT-A"
    assert f"closed by somebody who does not approve closure: {why}" in points(play)
    play.seen()
    assert SIT_RELEASE_MANAGER not in points(play).split("Otherwise than agreed")[1]
