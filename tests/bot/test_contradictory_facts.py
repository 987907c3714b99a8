"""Contradictory facts: for each there is a named outcome, a reason that people can read, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.agree import plan_agreements
from bot.candidate_list import CandidateList
from bot.comment_commands import plan_comments
from bot.defect import Defect, State
from bot.deviations import deviations_of
from bot.environment import Dated, Freeze, Weekly
from bot.facts import Facts
from bot.follow_rfcs import plan_closures, plan_control_points
from bot.history import Step
from bot.level import level_rows, missing_rows
from bot.matrix import matrix_rows
from bot.number import ReleaseType
from bot.overview import list_rows, rfc_rows
from bot.passport import passport_of
from bot.picture import Picture
from bot.propose_lists import plan_lists
from bot.put_back import plan_put_back
from bot.raise_rfcs import plan_rfcs
from bot.record_deployments import plan_deployments
from bot.recorded_release import Recorded, recorded
from bot.release_story import release_story
from bot.retest import plan_retest
from bot.rfc import Rfc, RfcState
from bot.standing import standings
from bot.window import Window, agree_by, next_window
from bot.window_slots import slots
from bot.working_days import WorkingDays
from tests.bot.world import (
    DCC,
    MONDAY,
    SIT_B,
    UIT,
    a_defect,
    a_picture,
    a_programme,
    a_sealed_list,
    a_window,
    an_environment,
    an_rfc,
    at,
    deployed,
    entries,
    number,
)

AFTER = MONDAY + timedelta(days=1)
SEALED = a_sealed_list(entries=entries(here=[123]))
RFC = an_rfc(of=SEALED, state=RfcState.DEPLOYED, deployed_at=MONDAY)
ORDINARY = a_defect()
Items = list[Defect | CandidateList | Rfc]


def after(items: Items, told: Mapping[int, tuple[Step, ...]] | None = None) -> Picture:
    """A day after the window; each RFC was approved by the release manager, and deployed in its window."""
    histories = {item.id: deployed(item) for item in items if isinstance(item, Rfc)}
    return a_picture(*items, now=AFTER, histories={**histories, **(told or {})})


def deviations(picture: Picture, id: int) -> list[str]:
    return [row.words for row in deviations_of(picture.facts.rfcs[id], picture)]


MOVED = "DCC 5.2.16.0 to SIT-A arrived on Mon 07-Dec-2026 09:00 GMT (RFC 951)"
WEEK_LATER = at("2026-12-14 09:00")


@pytest.mark.parametrize(
    ("items", "words", "told"),
    [
        pytest.param(
            [ORDINARY, SEALED, replace(RFC, deployed_at=WEEK_LATER)],
            "DCC 5.2.16.0 to SIT-A arrived on Mon 14-Dec-2026 09:00 GMT (RFC 951), but it is dated Mon 14-Dec-2026 "
            "09:00 GMT, which has not come yet: correct the time on the RFC",
            "it is dated Mon 14-Dec-2026 09:00 GMT, which has not come yet: correct the time on the RFC",
            id="deployed at a time to come",
        ),
        pytest.param(
            [ORDINARY, SEALED, replace(RFC, deployed_at=at("2026-11-01 09:00"))],
            "DCC 5.2.16.0 to SIT-A arrived on Sun 01-Nov-2026 09:00 GMT (RFC 951)",
            "deployed on Sun 01-Nov-2026 09:00 GMT, before it was raised on Thu 26-Nov-2026 10:30 GMT",
            id="deployed before it was raised",
        ),
        pytest.param(
            [ORDINARY, SEALED, RFC, replace(RFC, id=952, list_id=None)],
            MOVED,
            "RFC 951 stands for DCC 5.2.16.0 to SIT-A already, and this is a second one: withdraw one of them",
            id="two RFCs for one key, the second made by hand",
        ),
        pytest.param(
            [ORDINARY, SEALED, RFC, replace(RFC, id=952, environment="SIT-B")],
            MOVED,
            "RFC 951 stands for DCC 5.2.16.0 to SIT-A already, and this is a second one: withdraw one of them",
            id="two RFCs linked to one list",
        ),
        pytest.param(
            [ORDINARY, SEALED, replace(RFC, environment="SIT-B")],
            "DCC 5.2.16.0 to SIT-B arrived on Mon 07-Dec-2026 09:00 GMT (RFC 951), but it says DCC 5.2.16.0 to SIT-B, "
            "and its list 901 is for DCC 5.2.16.0 to SIT-A: correct the RFC",
            "it says DCC 5.2.16.0 to SIT-B, and its list 901 is for DCC 5.2.16.0 to SIT-A: correct the RFC",
            id="an RFC in another environment than its list",
        ),
        pytest.param(
            [ORDINARY, SEALED, replace(RFC, number=number("5.2.17.0"))],
            "DCC 5.2.17.0 to SIT-A arrived on Mon 07-Dec-2026 09:00 GMT (RFC 951), but it says DCC 5.2.17.0 to SIT-A, "
            "and its list 901 is for DCC 5.2.16.0 to SIT-A: correct the RFC",
            "it says DCC 5.2.17.0 to SIT-A, and its list 901 is for DCC 5.2.16.0 to SIT-A: correct the RFC",
            id="an RFC of another number than its list",
        ),
        pytest.param(
            [ORDINARY, SEALED, replace(RFC, accepted=frozenset({246})), a_defect(246, found_in="SIT-B")],
            MOVED,
            "accepted, and not handed over by it: 246 is retested where it was found: SIT-B, not SIT-A",
            id="accepted, and found elsewhere",
        ),
        pytest.param(
            [ORDINARY, SEALED, replace(RFC, accepted=frozenset({777})), a_defect(777, party="Elexon")],
            MOVED,
            "accepted, and not handed over by it: 777 is resolved by Elexon, and this is a release of DCC",
            id="accepted, and of another party",
        ),
        pytest.param(
            [ORDINARY, SEALED, replace(RFC, accepted=frozenset({999}))],
            MOVED,
            "accepted, and not handed over by it: 999 is no defect that can be read",
            id="accepted, and unknown",
        ),
        pytest.param(
            [ORDINARY, SEALED, replace(RFC, window=Window(MONDAY, MONDAY, ReleaseType.PATCH))],
            MOVED,
            "no window stands on it: write its start and its end",
            id="no window",
        ),
        pytest.param(
            [ORDINARY, SEALED, replace(RFC, delivered=frozenset({123, 999}))],
            MOVED,
            "delivered and not promised: 999",
            id="delivered, and unknown",
        ),
    ],
)
def test_what_contradicts_itself_on_an_rfc_is_told_on_it(items: Items, words: str, told: str) -> None:
    picture = after(items)
    last = max(item.id for item in items if isinstance(item, Rfc))
    assert standings(picture)[123].words == words
    assert told in deviations(picture, last)


def test_what_is_dated_in_the_future_does_not_run_yet_and_runs_once_the_time_has_come() -> None:
    picture = after([ORDINARY, SEALED, replace(RFC, deployed_at=WEEK_LATER)])
    runs = {(row.environment, row.party): row.version for row in matrix_rows(picture)}
    assert (runs["SIT-A", "DCC"], picture.running("SIT-A", "DCC")) == ("5.2.15.0", number("5.2.15.0"))
    later = Picture(replace(picture.facts, now=WEEK_LATER))
    assert later.running("SIT-A", "DCC") == number("5.2.16.0")


@pytest.mark.parametrize("seconds", [0, 59, 299])
def test_clocks_need_not_be_exact(seconds: int) -> None:
    picture = after([ORDINARY, SEALED, replace(RFC, deployed_at=AFTER + timedelta(seconds=seconds))])
    assert picture.running("SIT-A", "DCC") == number("5.2.16.0")


def circle(*, of: tuple[int, ...], state: State = State.RESOLVED) -> Items:
    """Each depends on the next, and the last on the first; `state` is that of the last."""
    pairs = zip(of, [*of[1:], of[0]], strict=True)
    found = [a_defect(id, depends_on=frozenset({other})) for id, other in pairs]
    return [*found[:-1], replace(found[-1], state=state, state_text=state.value)]


IN_DRAFT = "it is in 5.2.16.0, for which SIT-A has no list yet"


@pytest.mark.parametrize(
    ("items", "words"),
    [
        pytest.param(circle(of=(1, 2)), {1: IN_DRAFT, 2: IN_DRAFT}, id="two that depend on each other go together"),
        pytest.param(
            circle(of=(1, 2), state=State.OPEN), {1: "it depends on 2, which is open"}, id="and wait for each other"
        ),
        pytest.param(circle(of=(1,)), {1: IN_DRAFT}, id="one that depends on itself"),
        pytest.param(
            [a_defect(1, duplicate_of=frozenset({2})), a_defect(2, duplicate_of=frozenset({1}))],
            {1: IN_DRAFT, 2: "it is a duplicate of 1"},
            id="two that are duplicates of each other: the lower id is delivered",
        ),
        pytest.param([a_defect(1, duplicate_of=frozenset({1}))], {1: IN_DRAFT}, id="a duplicate of itself"),
        pytest.param(
            [a_defect(1, duplicate_of=frozenset({99}))],
            {1: "it is a duplicate of 99, which cannot be read"},
            id="a duplicate of what is not there",
        ),
        pytest.param(
            [
                a_defect(1, duplicate_of=frozenset({2})),
                a_defect(2, duplicate_of=frozenset({3}), state=State.CLOSED),
                a_defect(3),
            ],
            {1: "it is a duplicate of 3", 3: IN_DRAFT},
            id="a duplicate of one that is closed as a duplicate",
        ),
        pytest.param(
            [a_defect(1, found_in="SIT-A; SIT-B")],
            {1: "it names 2 environments that found it: SIT-A, SIT-B"},
            id="two environments",
        ),
        pytest.param([a_defect(1, party="Nobody")], {1: "its resolving party “Nobody” is unknown"}, id="unknown party"),
        pytest.param(
            [a_defect(1, found_in="QAS9")],
            {1: "it was found in QAS9, which is none of the environments"},
            id="unknown environment",
        ),
        pytest.param([a_defect(1, version="5.2.16")], {1: IN_DRAFT}, id="three places: a regular release"),
        *(
            pytest.param(
                [a_defect(1, version=text)],
                {1: f"its fix version reads “{text}”, which is no release number"},
                id=f"version {text}",
            )
            for text in ("01.0.0.0", "1.0.0.0-rc1", "5", "1.2.3.4.5", "1000000.0.0.0", "9" * 40)
        ),
        pytest.param(
            [a_defect(1, version="9.9.9.1", tags=frozenset({"Emergency"}))],
            {1: "asked for as an emergency, but 9.9.9.1 fixes 9.9.9.0, and SIT-A runs 5.2.15.0"},
            id="an emergency of what does not run",
        ),
    ],
)
def test_each_contradictory_defect_stands_somewhere_for_a_reason(items: Items, words: dict[int, str]) -> None:
    assert {id: found.words for id, found in standings(a_picture(*items)).items()} == words


def test_an_emergency_of_what_nobody_knows_to_run_is_told_as_that() -> None:
    programme = a_programme(parties=[replace(DCC, baseline={})])
    asked = a_defect(900, version="5.2.15.1", tags=frozenset({"Emergency"}))
    found = standings(a_picture(asked, programme=programme))[900]
    assert found.words == "asked for as an emergency, but 5.2.15.1 fixes 5.2.15.0, and SIT-A runs nothing known"


def decided(picture: Picture) -> int:
    """Everything that is decided or told from a picture, whatever it is."""
    plans = (plan_lists, plan_agreements, plan_rfcs, plan_deployments, plan_retest, plan_put_back, plan_closures)
    planned = sum(len(plan(picture)) for plan in (*plans, plan_control_points, plan_comments))
    rows = (list_rows(picture), rfc_rows(picture), matrix_rows(picture), level_rows(picture), missing_rows(picture))
    passports = [passport_of(id, picture) for id in picture.facts.defects]
    stories = (recorded(r.party, str(r.number), picture) for r in picture.facts.rfcs.values())
    told = [release_story(found, picture) for found in stories if isinstance(found, Recorded)]
    return planned + sum(map(len, rows)) + len(passports) + len(told)


@pytest.mark.parametrize(
    ("changes", "waits_for"),
    [
        pytest.param({"environment": "QAS9"}, "its environment QAS9 is unknown", id="an unknown environment"),
        pytest.param({"party": "Helix Ltd"}, "its party Helix Ltd is unknown", id="a party that was renamed"),
    ],
)
@pytest.mark.parametrize("state", list(RfcState))
def test_what_belongs_to_nobody_known_is_shown_as_that_and_keeps_nobody_from_anything(
    state: RfcState, changes: dict[str, Any], waits_for: str
) -> None:
    odd = a_sealed_list(902, **changes)
    stray = an_rfc(952, of=odd, state=state, deployed_at=MONDAY, accepted=frozenset({777}), outcome="succeeded")
    lost = a_defect(777, version="5.2.15.1", tags=frozenset({"Emergency"}), party=changes.get("party", "DCC"))
    picture = after([ORDINARY, SEALED, RFC, odd, stray, lost])
    assert decided(picture)
    assert [a.subject for a in plan_retest(picture)] == ["defect 123"]
    shown = {row.rfc: row.waits_for for row in rfc_rows(picture)}
    assert shown.get(952, waits_for) == waits_for
    assert 777 in standings(picture)


def test_a_renamed_party_finds_its_defects_again_once_they_carry_its_new_name() -> None:
    renamed = a_programme(parties=[replace(DCC, name="DCC Ltd")])
    old, new = a_defect(1), a_defect(2, party="DCC Ltd")
    found = {id: s.words for id, s in standings(a_picture(old, new, programme=renamed)).items()}
    assert found == {1: "its resolving party “DCC” is unknown", 2: IN_DRAFT}


def test_a_window_on_a_bank_holiday_within_a_freeze_is_frozen_where_it_is_moved_to() -> None:
    frozen = Freeze(date(2026, 12, 24), date(2026, 12, 29), "Migration rehearsal")
    environment = an_environment(freezes=(frozen,))
    programme = a_programme([environment, SIT_B, UIT])
    (slot,) = (
        s for s in slots(environment, programme, at("2026-12-22 12:00"), at("2027-01-01 12:00")) if not s.takes_place
    )
    assert slot.why == "Migration rehearsal; from Mon 28-Dec-2026: Boxing Day (substitute day)"
    window = next_window(environment, programme, at("2026-12-22 12:00"))
    assert window is not None
    assert window.start == at("2027-01-04 09:00")


CAIRO = ZoneInfo("Africa/Cairo")
"""Where the clocks change on working days: from Friday 30-Apr-2027 00:00 to 01:00, on Friday 29-Oct-2027 back to
Thursday 23:00."""


@pytest.mark.parametrize(
    ("start", "cut_off"),
    [
        pytest.param(
            "2027-05-02T21:30+00:00", "2027-04-29T22:30+00:00", id="an hour that does not exist: the next one"
        ),
        pytest.param("2027-10-29T21:30+00:00", "2027-10-28T20:30+00:00", id="an hour that comes twice: the first"),
    ],
)
def test_a_cut_off_at_a_clock_change_is_one_instant(start: str, cut_off: str) -> None:
    programme = a_programme(working_days=WorkingDays(CAIRO))
    window = a_window(datetime.fromisoformat(start))
    assert agree_by(window, programme).isoformat(timespec="minutes") == cut_off


@pytest.mark.parametrize(
    ("weekday", "day", "clock", "start"),
    [
        pytest.param(4, date(2027, 4, 30), time(0, 30), "2027-04-29T22:30+00:00", id="in the hour that does not exist"),
        pytest.param(3, date(2027, 10, 28), time(23, 30), "2027-10-28T20:30+00:00", id="in the hour that comes twice"),
    ],
)
def test_a_weekly_window_at_a_clock_change_starts_once(weekday: int, day: date, clock: time, start: str) -> None:
    environment = an_environment(weekly=(Weekly(weekday, clock, timedelta(hours=2)),))
    programme = a_programme([environment], working_days=WorkingDays(CAIRO))
    before = datetime(day.year, day.month, day.day - 5, 9, tzinfo=CAIRO)
    window = next_window(environment, programme, before)
    assert window is not None
    assert window.start.isoformat(timespec="minutes") == start
    assert window.end - window.start == timedelta(hours=2)


def test_an_extra_window_within_the_hour_that_comes_twice_keeps_the_offset_that_was_written() -> None:
    starts = [datetime.fromisoformat(f"2027-10-31T01:30:00+0{offset}:00") for offset in (1, 0)]
    dated = tuple(Dated(s, s + timedelta(hours=1), ReleaseType.PATCH) for s in starts)
    environment = an_environment(weekly=(), dated=dated)
    found = slots(environment, a_programme([environment]), at("2027-10-20 09:00"), at("2027-11-05 09:00"))
    assert sorted(slot.window.start.hour for slot in found) == [0, 1]


def test_nothing_contradictory_is_decided_twice() -> None:
    items: Items = [ORDINARY, SEALED, RFC, replace(RFC, id=952, list_id=None), *circle(of=(1, 2))]
    picture = after(items)
    mirrored = Picture(_turned_round(picture.facts))
    assert [a.subject for a in plan_retest(picture)] == [a.subject for a in plan_retest(mirrored)]
    assert deviations(picture, 952) == deviations(mirrored, 952)


def _turned_round(facts: Facts) -> Facts:
    return replace(
        facts,
        defects=dict(reversed(list(facts.defects.items()))),
        lists=dict(reversed(list(facts.lists.items()))),
        rfcs=dict(reversed(list(facts.rfcs.items()))),
    )
