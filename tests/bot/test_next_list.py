"""The next list: where a fix that becomes ready now would be, and by when it has to be ready."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.candidate_list import CandidateList, ListState
from bot.next_list import NextList
from bot.number import ReleaseType
from bot.rfc import Rfc, RfcState
from tests.bot.world import (
    DCC,
    a_defect,
    a_list,
    a_picture,
    a_programme,
    a_sealed_list,
    a_window,
    an_environment,
    an_rfc,
    approved,
    at,
)

RAISED = a_sealed_list(state=ListState.RAISED)
RFC = an_rfc(of=RAISED)
LATER = a_window(at("2026-12-14 09:00"))
ELSEWHERE = a_sealed_list(902, environment="SIT-B")


def the_next(*items: CandidateList | Rfc, now: str = "2026-12-03 09:30") -> NextList:
    return a_picture(*items, a_defect(99), now=at(now)).next_lists(DCC, ReleaseType.PATCH)["SIT-A"]


@pytest.mark.parametrize(
    ("items", "now", "day", "agree_by"),
    [
        pytest.param((), "2026-12-03 09:30", "2026-12-07", "2026-12-04 09:00", id="the first window"),
        pytest.param(
            (), "2026-12-04 09:01", "2026-12-14", "2026-12-11 09:00", id="its notice has passed: the one after"
        ),
        pytest.param(
            (RAISED, RFC), "2026-12-03 09:30", "2026-12-14", "2026-12-11 09:00", id="an RFC has taken the first"
        ),
        pytest.param(
            (replace(RAISED, state=ListState.AGREED),),
            "2026-12-03 09:30",
            "2026-12-14",
            "2026-12-11 09:00",
            id="the list for the first is sealed",
        ),
        pytest.param(
            (a_list(), ELSEWHERE),
            "2026-12-03 09:30",
            "2026-12-14",
            "2026-12-11 09:00",
            id="the list for the first takes what another environment agreed",
        ),
        pytest.param(
            (a_list(window=LATER),),
            "2026-12-03 09:30",
            "2026-12-14",
            "2026-12-11 09:00",
            id="a list stands for another",
        ),
        pytest.param(
            (a_list(waiver="Agreed with RM"),),
            "2026-12-05 12:00",
            "2026-12-07",
            "2026-12-04 09:00",
            id="its notice has passed, and is waived",
        ),
    ],
)
def test_a_fix_that_is_ready_now_is_on_this_list(
    items: tuple[CandidateList | Rfc, ...], now: str, day: str, agree_by: str
) -> None:
    found = the_next(*items, now=now)

    assert (found.day, found.agree_by) == (date.fromisoformat(day), at(agree_by))


def test_a_fix_planned_for_a_day_before_that_list_is_on_it() -> None:
    planned = a_defect(77, version="5.2.17.0", planned_for=date(2026, 12, 10))

    drafted = a_picture(planned, RAISED, RFC).drafts["DCC"]

    assert {fix.defect for fix in drafted.fixes} == {77}


@pytest.mark.parametrize(
    ("planned_for", "day"),
    [
        ("2026-12-01", "2026-12-07"),
        ("2026-12-07", "2026-12-07"),
        ("2026-12-08", "2026-12-14"),
        ("2026-12-26", "2026-12-29"),
    ],
    ids=["before it", "its day", "the day after", "a week that a bank holiday moves"],
)
def test_a_planned_day_has_its_list(planned_for: str, day: str) -> None:
    found = the_next().on(date.fromisoformat(planned_for))

    assert found is not None
    assert found.day == date.fromisoformat(day)


def test_without_windows_there_is_none() -> None:
    assert (
        a_picture(programme=a_programme([an_environment("SIT-A", weekly=())])).next_lists(DCC, ReleaseType.PATCH) == {}
    )


def test_an_rfc_that_is_over_takes_no_window() -> None:
    withdrawn = an_rfc(of=RAISED, state=RfcState.WITHDRAWN)

    found = a_picture(RAISED, withdrawn, histories={withdrawn.id: approved(withdrawn)}).next_lists(
        DCC, ReleaseType.PATCH
    )["SIT-A"]

    assert found.window.start == datetime.fromisoformat("2026-12-07T09:00:00+00:00")
