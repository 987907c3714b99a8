"""Number notices: what a list says of its number, and that stops nothing [M11]."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.candidate_list import ListState
from bot.number_notices import number_notices
from bot.rfc import RfcState
from tests.bot.a_run import run
from tests.bot.people import agrees, edits_list, the_list
from tests.bot.world import (
    DCC,
    a_defect,
    a_picture,
    a_programme,
    a_sealed_list,
    an_rfc,
    entries,
    facts,
    number,
)

NOT_AGAIN = (
    "its number 5.2.17.0 skips 5.2.16.0 (RFC 951 asked for it, and was withdrawn): "
    "that is the next patch after 5.2.15.0"
)
OTHER_CONTENT = (
    "RFC 951 asked for 5.2.16.0 with other content, and was withdrawn: DCC names another number for a changed build"
)
WITHDRAWN = an_rfc(of=a_sealed_list(state=ListState.CLOSED), state=RfcState.WITHDRAWN)


@pytest.mark.parametrize(
    ("release", "items", "notices"),
    [
        pytest.param("5.2.16.0", [], (), id="the next"),
        pytest.param(
            "5.2.18.0", [], ("its number 5.2.18.0 skips 5.2.16.0: that is the next patch after 5.2.15.0",), id="a gap"
        ),
        pytest.param("5.3.0.0", [], (), id="the next minor"),
        pytest.param("6.0.0.0", [], (), id="the next major"),
        pytest.param(
            "7.0.0.0", [], ("its number 7.0.0.0 skips 6.0.0.0: that is the next major after 5.2.15.0",), id="of a major"
        ),
        pytest.param(
            "5.3.2.0",
            [],
            ("its number 5.3.2.0 skips 5.2.16.0: that is the next patch after 5.2.15.0",),
            id="a minor too",
        ),
        pytest.param("5.2.15.7", [], (), id="an emergency's number is free"),
        pytest.param("5.2.17.0", [a_sealed_list()], (), id="after the last sealed one"),
        pytest.param(
            "5.2.17.0",
            [WITHDRAWN],
            (NOT_AGAIN,),
            id="one that was withdrawn",
        ),
        pytest.param("5.2.16.0", [WITHDRAWN], (), id="withdrawn, and asked for again with the same content"),
        pytest.param(
            "5.2.16.0",
            [replace(WITHDRAWN, fixes=frozenset({123, 77}))],
            (OTHER_CONTENT,),
            id="withdrawn, and asked for again with other content",
        ),
    ],
)
def test_what_people_read_of_a_number(release: str, items: list[Any], notices: tuple[str, ...]) -> None:
    found = number_notices("SIT-A", "DCC", number(release), entries([123]), a_picture(*items))

    assert found == notices


def test_of_a_party_of_which_nothing_is_known_nothing_is_said() -> None:
    new = a_programme(parties=[replace(DCC, baseline={})])

    assert number_notices("SIT-A", "DCC", number("7.0.0.0"), (), a_picture(programme=new)) == ()


def test_a_gap_is_no_reason_to_put_a_list_back() -> None:
    world = edits_list(run(facts(a_defect())), "SIT-A", number=number("5.2.18.0"))

    world = run(agrees(world, "SIT-A"), times=3)

    assert the_list(world, "SIT-A").state is ListState.RAISED
