"""Release numbers: those that Shunter gives, two lists that want the same, and what people type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.jobs.play import Play, fixes_of, playing, text
from tests.jobs.small_world import IN_SIT_A, OPEN, SEEDS, small_programme, small_world
from tests.jobs.test_people_decide import last_words

NUMBER = "Custom.ReleaseNumber"
RETEST = "Ready for Retest"


@pytest.fixture
def by_shunter(tmp_path: Path) -> Iterator[Play]:
    """DCC leaves the numbers to Shunter, writes no versions, and deploys to UIT as well."""
    table = small_programme()
    places = ["SIT-A", "SIT-B", "UIT"]
    table["parties"].pop("Electralink")
    table["parties"]["DCC"] |= {
        "numbers": "shunter",
        "environments": places,
        "baseline": dict.fromkeys(places, "5.2.15.0"),
    }
    seeds = [replace(seed, version="") if seed.party == "DCC" and seed.state == "Resolved" else seed for seed in SEEDS]
    with playing(small_world(seeds), tmp_path, table) as play:
        yield play


def numbers(play: Play) -> set[tuple[str, str]]:
    return {(text(item, "Custom.ReleaseEnvironment"), text(item, NUMBER)) for item in play.cast.lists(party="DCC")}


def test_shunter_gives_one_number_to_one_release_everywhere(by_shunter: Play) -> None:
    by_shunter.look()
    assert numbers(by_shunter) == {(environment, "5.2.16.0") for environment in ("SIT-A", "SIT-B", "UIT")}

    by_shunter.at(3, 11)
    for environment in ("SIT-A", "SIT-B"):
        by_shunter.cast.agree(environment)
    by_shunter.look()
    by_shunter.at(3, 11, 10)
    by_shunter.look()
    by_shunter.at(4, 8)
    by_shunter.cast.approve("SIT-A")
    by_shunter.at(7, 10)
    by_shunter.cast.deploy("SIT-A")
    by_shunter.look()

    assert by_shunter.states(*IN_SIT_A) == [RETEST] * 3
    assert {text(rfc, NUMBER) for rfc in by_shunter.cast.rfcs()} == {"5.2.16.0"}


def test_a_number_that_was_withdrawn_is_not_given_again(by_shunter: Play) -> None:
    by_shunter.look()
    by_shunter.at(3, 11)
    by_shunter.cast.agree("SIT-A")
    by_shunter.look()
    by_shunter.at(3, 11, 10)
    by_shunter.look()
    by_shunter.cast.withdraw("SIT-A", "DCC")
    by_shunter.look()
    by_shunter.at(3, 12)
    by_shunter.look()

    assert text(by_shunter.cast.the_list("SIT-A", "DCC"), NUMBER) == "5.2.17.0"
    skipped = "its number 5.2.17.0 skips 5.2.16.0 (RFC 804 asked for it, and was withdrawn)"
    assert skipped in text(by_shunter.cast.the_list("SIT-A", "DCC"), "System.Description")


def racing(play: Play) -> None:
    """Somebody touches UIT's list, so that it is rewritten at once; SIT-A's waits for its quarter of an hour."""
    play.look()
    play.at(3, 9, 35)
    play.cast.resolve(OPEN)
    play.cast.waive("UIT", "DCC", "Testing waits for it.")
    play.look()
    play.seen()
    play.at(3, 9, 37)
    play.cast.agree("SIT-A")
    play.cast.agree("UIT")
    play.look()


def test_of_two_lists_agreed_at_once_with_other_content_one_keeps_the_number(by_shunter: Play) -> None:
    racing(by_shunter)

    assert by_shunter.news() == ["list DCC SIT-A sealed as edition 1", "list DCC UIT Agreed -> Proposed"]
    first, second = by_shunter.cast.the_list("SIT-A", "DCC"), by_shunter.cast.the_list("UIT", "DCC")
    assert (OPEN in fixes_of(first), OPEN in fixes_of(second)) == (False, True)
    assert f"5.2.16.0 stands for what list {first.id} of SIT-A names" in last_words(second)


def test_and_the_other_gets_the_next(by_shunter: Play) -> None:
    racing(by_shunter)
    by_shunter.at(3, 10)
    by_shunter.look()
    by_shunter.look()

    assert {("SIT-A", "5.2.16.0"), ("SIT-B", "5.2.16.0"), ("UIT", "5.2.17.0")} <= numbers(by_shunter)
    by_shunter.cast.agree("UIT")
    by_shunter.look()
    by_shunter.at(3, 10, 10)
    by_shunter.look()
    assert sorted(text(rfc, NUMBER) for rfc in by_shunter.cast.rfcs()) == ["5.2.16.0", "5.2.17.0"]


@pytest.mark.parametrize("typed", ["5.2", "01.0.0.0", "1.0.0.0-rc1"])
def test_a_number_that_cannot_be_read_is_kept_told_and_not_agreed(play: Play, typed: str) -> None:
    play.proposed()
    play.at(3, 11)
    play.cast.set_number("SIT-A", "DCC", typed)
    play.look()
    problem = f"its number reads “{typed}”, which is no release number such as 1.2.3.0"
    assert text(play.cast.the_list("SIT-A", "DCC"), NUMBER) == typed
    assert problem in text(play.cast.the_list("SIT-A", "DCC"), "System.Description")

    play.at(3, 11, 30)
    play.cast.agree("SIT-A")
    play.look()
    assert play.news() == ["list DCC SIT-A Agreed -> Proposed", "list DCC SIT-A rewritten"]
    assert problem in last_words(play.cast.the_list("SIT-A", "DCC"))

    play.cast.set_number("SIT-A", "DCC", "5.2.16")
    play.cast.agree("SIT-A")
    play.look()
    play.look()
    assert text(play.cast.the_list("SIT-A", "DCC"), "Custom.Edition") == "1"
    play.seen()
