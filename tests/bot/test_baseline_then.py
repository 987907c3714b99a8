"""The baseline of then: a number that arrived only later did not run before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.baseline_then import programme_then
from bot.rfc import RfcState
from tests.bot.a_past import by_hand
from tests.bot.world import MONDAY, a_party, a_programme, deployed, facts, number

DAY = timedelta(days=1)


def baselines(baseline: str, since: datetime, release: str = "5.2.16.0") -> tuple[list[str], tuple[str, ...]]:
    """What is left of it in SIT-A, where the release arrived on Monday; and what is said."""
    party = a_party(baseline={"SIT-A": number(baseline)})
    rfc = replace(by_hand(951, release=release), state=RfcState.DEPLOYED)
    known = facts(rfc, programme=a_programme(parties=[party]), histories={951: deployed(by_hand(951))})
    programme, words = programme_then(known, since)
    return [str(n) for n in programme.parties["DCC"].baseline.values()], words


@pytest.mark.parametrize(
    ("baseline", "since", "left"),
    [
        pytest.param("5.2.15.0", MONDAY - DAY, ["5.2.15.0"], id="what ran before"),
        pytest.param("5.2.16.0", MONDAY - DAY, [], id="what arrived within the time"),
        pytest.param("5.2.19.0", MONDAY - DAY, [], id="what must have come after it"),
        pytest.param("5.2.19.0", MONDAY + DAY, ["5.2.19.0"], id="nothing has arrived since"),
    ],
)
def test_a_baseline_of_today_is_put_aside(baseline: str, since: datetime, left: list[str]) -> None:
    found, words = baselines(baseline, since)

    assert found == left
    assert bool(words) == (not left)


def test_what_is_put_aside_is_told_with_what_to_do() -> None:
    assert baselines("5.2.19.0", MONDAY - DAY)[1] == (
        (
            "the baseline 5.2.19.0 of DCC in SIT-A is put aside: 5.2.16.0 arrived within this time: "
            "to count what was there before, name what ran then in a copy of the settings"
        ),
    )


def test_it_is_the_lowest_number_that_arrived_which_counts() -> None:
    arrived = [
        replace(by_hand(id, release=release), state=RfcState.DEPLOYED, deployed_at=MONDAY + days * DAY)
        for id, release, days in ((951, "5.2.16.0", 0), (952, "5.2.17.0", 1))
    ]
    programme = a_programme(parties=[a_party(baseline={"UIT": number("5.2.16.0")})])

    found, _ = programme_then(facts(*arrived, programme=programme), MONDAY - DAY)

    assert found.parties["DCC"].baseline == {}
