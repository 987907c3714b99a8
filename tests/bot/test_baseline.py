"""The baseline: what follows from saying that a number ran in an environment before Shunter came."""

from __future__ import annotations

import pytest

from bot.baseline import Baseline, NoBaseline, baseline_of
from bot.defect import State
from bot.rfc import RfcState
from tests.bot.world import (
    SIT_A,
    a_defect,
    a_party,
    a_picture,
    a_programme,
    an_environment,
    an_rfc,
    at,
    deployed,
    number,
)

NEW = a_programme(parties=[a_party(baseline={"UIT": number("5.2.14.0")})])
DEFECTS = (
    a_defect(1, version="5.2.14.0", state=State.CLOSED, state_text="Closed"),
    a_defect(2, version="5.2.15.0"),
    a_defect(3, version="5.2.15.0", found_in="UIT"),
    a_defect(4, version="5.2.16.0"),
    a_defect(5, version="configuration"),
    a_defect(6, version="5.2.15.0", party="Elexon"),
)


def test_the_fixes_of_its_party_up_to_the_number_count_as_being_there() -> None:
    found = baseline_of("SIT-A", "dcc", "5.2.15", a_picture(*DEFECTS, programme=NEW))
    assert isinstance(found, Baseline)
    assert found.numbers == {"UIT": number("5.2.14.0"), "SIT-A": number("5.2.15.0")}
    assert found.words == "SIT-A then counts as running DCC 5.2.15.0 until a deployment is known"
    assert {row.defect: (row.state, row.then) for row in found.counted} == {
        1: ("Closed", ""),
        2: ("resolved", "runs there, on no note"),
        3: ("resolved", "left out"),
    }


def test_it_is_told_where_a_deployment_says_more() -> None:
    rfc = an_rfc(state=RfcState.DEPLOYED, deployed_at=at("2026-12-02 09:30"))
    found = baseline_of("SIT-A", "DCC", "5.2.14.0", a_picture(rfc, programme=NEW, histories={951: deployed(rfc)}))
    assert isinstance(found, Baseline)
    assert found.words == (
        "SIT-A runs DCC 5.2.16.0 since Wed 02-Dec-2026 09:30 GMT (RFC 951): a baseline is what ran before that, and "
        "does not change it"
    )


def test_it_is_that_of_the_partys_place() -> None:
    sit = an_environment("SIT", stands_for=("SIT-A", "SIT-B"))
    programme = a_programme([SIT_A, sit], [a_party(environments=("SIT",), baseline={})])
    found = baseline_of("SIT-A", "DCC", "5.2.15.0", a_picture(programme=programme))
    assert isinstance(found, Baseline)
    assert found.numbers == {"SIT": number("5.2.15.0")}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        pytest.param(("SIT-A", "DXC", "5.2.15.0"), "there is no party DXC; the parties are DCC, Elexon", id="no party"),
        pytest.param(
            ("QAS2", "DCC", "5.2.15.0"),
            "DCC does not deploy to QAS2: name one of SIT-A, SIT-B, UIT",
            id="no environment of it",
        ),
        pytest.param(("SIT-A", "DCC", "IR7"), "“IR7” is no release number: write one such as 5.2.15.0", id="no number"),
    ],
)
def test_what_cannot_be_set_is_told(asked: tuple[str, str, str], words: str) -> None:
    assert baseline_of(*asked, a_picture()) == NoBaseline(words)
