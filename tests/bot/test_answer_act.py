"""Answering by command: one line is written, and what would not count is refused in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.act import Verdict
from bot.answer_act import answer
from bot.answers import Answer, Says, about_of
from bot.candidate_list import ListState
from bot.change import Field
from bot.rfc import Rfc, RfcState
from tests.bot.verdicts import done, refused, so_already
from tests.bot.world import (
    PARTY_MANAGER,
    PASSER_BY,
    RELEASE_MANAGER,
    a_picture,
    a_programme,
    a_sealed_list,
    an_rfc,
    answering,
)

SEALED = a_sealed_list(state=ListState.RAISED)
APPROVED = an_rfc(of=SEALED, state=RfcState.APPROVED)


def answered(
    line: str, by: str = RELEASE_MANAGER, rfc: Rfc = APPROVED, told: tuple[tuple[str, str], ...] = (), **programme: Any
) -> Verdict:
    """`line`, as what a person gives to the command; `told`: who left which text there before."""
    about, _, rest = line.partition(": ")
    says, _, words = rest.partition(", ")
    rfc = replace(rfc, answers=told[-1][1] if told else "")
    picture = a_picture(SEALED, rfc, programme=a_programme(**programme), histories={951: answering(rfc, *told)})
    return answer(rfc, Answer(about_of(about), Says(says), words), by, picture)


@pytest.mark.parametrize(
    ("line", "before", "text"),
    [
        pytest.param("5: met, sent on Thursday", "", "5: met, sent on Thursday", id="the first line"),
        pytest.param("5: met", "3: met\nhm", "3: met\nhm\n5: met", id="at the end"),
        pytest.param("5: met", "5: not met\n3: met", "5: met\n3: met", id="in the place of the one before"),
        pytest.param("5: met", "5: met, a\n3: met\n5: not met", "3: met\n5: met", id="of two the last had stood"),
        pytest.param("participants: ready, all", "", "Participants: ready, all", id="a group by its name"),
        pytest.param("05: met", "", "5: met", id="a number however it is spelt"),
    ],
)
def test_an_answer_is_one_line_and_the_others_stay(line: str, before: str, text: str) -> None:
    assert done(answered(line, told=((PASSER_BY, before),))) == {Field.ANSWERS: text}


@pytest.mark.parametrize(
    ("line", "by", "words"),
    [
        ("5: met", PASSER_BY, f"{PASSER_BY} is not among those named as SI Release Manager"),
        ("5: met", PARTY_MANAGER, f"{PARTY_MANAGER} belongs to the party whose release this is"),
        ("7: approved", RELEASE_MANAGER, "Shunter sees point 7 for itself"),
        ("2: approved", RELEASE_MANAGER, "governance is asked for a major release only"),
        ("11: met", RELEASE_MANAGER, "there is no point 11 that people answer; they answer 2 to 6, 8 and 10"),
        ("testers: ready", RELEASE_MANAGER, "nobody is concerned under the name testers"),
        (
            "5: ready",
            RELEASE_MANAGER,
            "point 5: say met, not met, approved, waived or not applicable; ready is for those concerned",
        ),
        ("participants: met", RELEASE_MANAGER, "Participants: say ready or not ready; met is for control points"),
        ("5: waived", RELEASE_MANAGER, "point 5 is waived with a reason: say why"),
    ],
    ids=[
        "somebody else",
        "the party itself",
        "what Shunter sees",
        "of a patch",
        "no point",
        "no group",
        "a point that is ready",
        "a group that is met",
        "without a reason",
    ],
)
def test_what_would_not_count_is_refused(line: str, by: str, words: str) -> None:
    assert refused(answered(line, by)) == words


@pytest.mark.parametrize("state", [RfcState.WITHDRAWN, RfcState.CLOSED], ids=lambda s: s.value)
def test_of_what_is_over_nothing_is_asked(state: RfcState) -> None:
    words = refused(answered("5: met", rfc=replace(APPROVED, state=state)))

    assert words == f"RFC 951 is {state.value}: nothing is asked of it any more"


def test_an_answer_is_given_once() -> None:
    told = ((RELEASE_MANAGER, "5: met, sent"),)

    assert so_already(answered("5: met, sent", told=told)) == (
        f"RFC 951 says so already: 5: met, sent, {RELEASE_MANAGER}, Thu 03-Dec-2026 10:30 GMT"
    )
    assert done(answered("5: met, sent again", told=told)) == {Field.ANSWERS: "5: met, sent again"}


def test_what_somebody_without_the_role_wrote_its_owner_writes_in_words_of_their_own() -> None:
    told = ((PASSER_BY, "5: met, sent"),)

    assert done(answered("5: met, sent", told=told)) == {Field.ANSWERS: f"5: met, sent ({RELEASE_MANAGER}, edition 1)"}
