"""The seal: it stands for the values that were agreed, each of them, and for nothing else."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.candidate_list import CandidateList, Entry, Role, seal_of, still_sealed
from bot.defect import Fix
from bot.number import ReleaseType
from tests.bot.world import LONDON, MONDAY, a_sealed_list, a_window, an_entry, at, entries, number

SEALED = a_sealed_list(entries=entries(here=[123, 456], elsewhere=[246]))
NUMBERS = st.sampled_from([number("5.2.16.0"), number("5.2.17.0"), number("5.2.16.1")])
ENTRIES = st.builds(Entry, st.builds(Fix, st.integers(1, 30), NUMBERS), st.sampled_from(Role))


def seal(agreed: CandidateList) -> str:
    return seal_of(agreed.key, agreed.type, agreed.window, agreed.entries)


@given(st.lists(ENTRIES, max_size=8), st.randoms())
def test_the_order_of_the_entries_does_not_matter(found: list[Entry], random: Any) -> None:
    shuffled = random.sample(found, len(found))

    assert seal(replace(SEALED, entries=frozenset(found))) == seal(replace(SEALED, entries=frozenset(shuffled)))


@given(st.frozensets(ENTRIES, max_size=4), st.frozensets(ENTRIES, max_size=4))
def test_seals_are_equal_exactly_when_the_entries_are(one: frozenset[Entry], other: frozenset[Entry]) -> None:
    assert (seal(replace(SEALED, entries=one)) == seal(replace(SEALED, entries=other))) == (one == other)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"environment": "SIT-B"}, id="the environment"),
        pytest.param({"party": "Elexon"}, id="the party"),
        pytest.param({"number": number("5.2.17.0")}, id="the number"),
        pytest.param({"number": None}, id="the number taken away"),
        pytest.param({"type": ReleaseType.MINOR}, id="the type"),
        pytest.param({"window": a_window(MONDAY + timedelta(minutes=1))}, id="the start of the window"),
        pytest.param({"entries": SEALED.entries | {an_entry(468)}}, id="a fix more"),
        pytest.param({"entries": entries(here=[123, 456])}, id="a fix less"),
        pytest.param({"entries": entries(here=[123, 456, 246])}, id="a role"),
        pytest.param({"entries": entries([123, 456], [246], fixed_by="5.2.15.0")}, id="the build of a fix"),
        pytest.param({"seal": ""}, id="the seal itself"),
    ],
)
def test_a_change_of_any_sealed_value_breaks_the_seal(changes: dict[str, Any]) -> None:
    assert still_sealed(SEALED)
    assert not still_sealed(replace(SEALED, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"title": "Candidate list: corrected typo"}, id="the title"),
        pytest.param({"rev": 17}, id="the revision"),
        pytest.param({"waiver": "agreed by Rhona: late delivery"}, id="a waiver"),
        pytest.param({"claim": "an intent"}, id="a claim"),
        pytest.param({"edition": 2}, id="the edition"),
        pytest.param({"window": replace(SEALED.window, end=MONDAY + timedelta(hours=9))}, id="the end of the window"),
    ],
)
def test_what_is_not_sealed_may_change(changes: dict[str, Any]) -> None:
    assert still_sealed(replace(SEALED, **changes))


def test_the_same_instant_in_another_zone_is_the_same_window() -> None:
    summer = a_sealed_list(window=a_window(at("2026-06-08 09:00")))
    there = replace(summer.window, start=summer.window.start.astimezone(LONDON))

    assert still_sealed(replace(summer, window=there))


def test_a_seal_stays_the_same_from_one_version_of_the_bot_to_the_next() -> None:
    assert seal(SEALED) == "2b2bfcda1a49ec5cfc18f3cc8a8ddcadeba42c8e5a901fa25a4788fddb9dbaaa"
