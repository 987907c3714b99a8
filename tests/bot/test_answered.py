"""Answered: whose answers count, what keeps an approval from counting, and in which words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.answered import Answered, answered, unsettled
from bot.number import ReleaseType
from bot.programme import Programme
from bot.rfc import Rfc
from tests.bot.world import (
    BOT,
    BUILD_MANAGER,
    ENVIRONMENTS_MANAGER,
    GOVERNOR,
    PARTY_MANAGER,
    PASSER_BY,
    RELEASE_MANAGER,
    a_programme,
    an_environment,
    an_rfc,
    answering,
    number,
    steps,
)

MAJOR = an_rfc(type=ReleaseType.MAJOR)
NAMED = an_environment(
    environments_managers=frozenset({ENVIRONMENTS_MANAGER}), build_managers=frozenset({BUILD_MANAGER})
)
NAMELESS = an_environment()


def programme(**other: Any) -> Programme:
    return a_programme([other.pop("environment", NAMED)], **{"governance": frozenset({GOVERNOR})} | other)


def judged(line: str, by: str, of: Programme | None = None) -> Answered:
    rfc = replace(MAJOR, answers=line)
    about = line.partition(":")[0].casefold()
    return answered(rfc, answering(rfc, (by, line)), of or programme(), BOT)[about]


@pytest.mark.parametrize(
    ("line", "by", "objection"),
    [
        pytest.param("2: approved", GOVERNOR, "", id="governance"),
        pytest.param(
            "2: approved",
            RELEASE_MANAGER,
            f"{RELEASE_MANAGER} is not among those named as governance forum",
            id="other",
        ),
        pytest.param("3: met", ENVIRONMENTS_MANAGER, "", id="the environments manager"),
        pytest.param(
            "3: met",
            BUILD_MANAGER,
            f"{BUILD_MANAGER} is not among those named as environments manager of SIT-A",
            id="somebody who is none",
        ),
        pytest.param("4: met", BUILD_MANAGER, "", id="the build manager"),
        pytest.param(
            "4: met",
            PARTY_MANAGER,
            f"{PARTY_MANAGER} is not among those named as build manager of SIT-A",
            id="the party about its own package",
        ),
        pytest.param("5: met", RELEASE_MANAGER, "", id="known issues, by the release manager"),
        pytest.param(
            "6: met",
            PASSER_BY,
            f"{PASSER_BY} is not among those named as SI Release Manager",
            id="the plan, by anybody",
        ),
        pytest.param("10: met", RELEASE_MANAGER, "", id="the report"),
        pytest.param("Participants: ready", PASSER_BY, "", id="readiness, where nobody is named"),
        pytest.param("3: met", BOT, f"{BOT} is Shunter itself, which answers nothing", id="the bot"),
        pytest.param("Participants: ready", BOT, f"{BOT} is Shunter itself, which answers nothing", id="the bot again"),
        pytest.param("5: waived", RELEASE_MANAGER, "a point is waived with a reason", id="waived without a reason"),
        pytest.param("5: waived, agreed", RELEASE_MANAGER, "", id="waived with one"),
    ],
)
def test_an_answer_counts_that_its_owner_gave(line: str, by: str, objection: str) -> None:
    assert judged(line, by).objection == objection


@pytest.mark.parametrize(
    ("line", "by", "objection"),
    [
        pytest.param("3: met", PASSER_BY, "", id="anybody on the environment"),
        pytest.param("4: met", PARTY_MANAGER, "", id="anybody on the package"),
        pytest.param("2: approved", PASSER_BY, "", id="anybody for governance"),
        pytest.param(
            "2: approved", PARTY_MANAGER, f"{PARTY_MANAGER} belongs to the party whose release this is", id="but no own"
        ),
        pytest.param("3: met", BOT, f"{BOT} is Shunter itself, which answers nothing", id="and never the bot"),
    ],
)
def test_where_nobody_is_named_anybody_may(line: str, by: str, objection: str) -> None:
    assert judged(line, by, programme(environment=NAMELESS, governance=frozenset())).objection == objection


def test_nobody_governs_the_release_of_their_own_company() -> None:
    insider = programme(governance=frozenset({PARTY_MANAGER}))

    assert judged("2: approved", PARTY_MANAGER, insider).objection == (
        f"{PARTY_MANAGER} belongs to the party whose release this is"
    )


def test_an_answer_is_for_what_the_rfc_held_when_it_was_given() -> None:
    before = replace(MAJOR, seal="the seal of the edition before", answers="3: met")

    found = answered(
        replace(before, seal=MAJOR.seal), answering(before, (ENVIRONMENTS_MANAGER, "3: met")), programme(), BOT
    )

    assert found["3"].objection == "it was said of other content: the RFC was changed afterwards"


def test_whose_author_was_not_read_does_not_count() -> None:
    found = answered(replace(MAJOR, answers="3: met"), (), programme(), BOT)

    assert found["3"].objection == "its author has not been read yet"


@pytest.mark.parametrize(
    ("rfc", "points"),
    [
        pytest.param(an_rfc(), {"3", "4", "5", "6", "8", "10"}, id="a patch"),
        pytest.param(MAJOR, {"2", "3", "4", "5", "6", "8", "10"}, id="a major asks governance too"),
        pytest.param(
            an_rfc(number=number("6.0.0.0")),
            {"2", "3", "4", "5", "6", "8", "10"},
            id="and so does one whose number says so, although somebody called it a patch",
        ),
        pytest.param(an_rfc(number=None), {"3", "4", "5", "6", "8", "10"}, id="one without a number"),
    ],
)
def test_what_is_asked(rfc: Rfc, points: set[str]) -> None:
    asked = answered(rfc, (), programme(concerned={"Design": frozenset(), "Test": frozenset()}), BOT)

    assert asked.keys() == points | {"design", "test"}


def missing(text: str, by: str, **other: Any) -> list[str]:
    rfc, of = replace(MAJOR, answers=text), programme(**other)
    return [found.words for found in unsettled(rfc, answered(rfc, answering(rfc, (by, text)), of, BOT), of)]


EVERYTHING = {"environment": replace(NAMELESS, approval_needs=frozenset({2, 3, 4, 5, 6}))}


@pytest.mark.parametrize(
    ("text", "by", "words"),
    [
        pytest.param("", GOVERNOR, ["governance has not approved it yet (point 2)"], id="nothing said"),
        pytest.param("2: approved", GOVERNOR, [], id="approved"),
        pytest.param("2: met", GOVERNOR, [], id="met is as good"),
        pytest.param("2: not applicable, agreed in the roadmap", GOVERNOR, [], id="not applicable"),
        pytest.param("2: waived, the chair is away", GOVERNOR, [], id="waived"),
        pytest.param(
            "2: not met, postponed", GOVERNOR, ["governance has not approved it yet (point 2)"], id="refused by them"
        ),
        pytest.param(
            "2: approved", PASSER_BY, ["governance has not approved it yet (point 2)"], id="approved by somebody else"
        ),
    ],
)
def test_a_major_needs_governance(text: str, by: str, words: list[str]) -> None:
    assert missing(text, by) == words


def test_a_patch_needs_nothing_by_default() -> None:
    patch = an_rfc()

    assert list(unsettled(patch, answered(patch, steps(), programme(), BOT), programme())) == []


def test_what_an_environment_needs_is_named_with_its_point() -> None:
    assert missing("4: not applicable, no package", RELEASE_MANAGER, **EVERYTHING) == [
        "governance has not approved it yet (point 2)",
        "the environment is not confirmed to be at its baseline yet (point 3)",
        "known issues and fixes are not agreed and sent yet (point 5)",
        "the release plan is not approved yet (point 6)",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", ["Test has not said that it is ready yet"], id="awaited"),
        pytest.param("Test: not ready, no data", ["Test is not ready"], id="not ready"),
        pytest.param("test: Ready", [], id="ready"),
    ],
)
def test_readiness_holds_the_approval_only_where_that_is_set(text: str, words: list[str]) -> None:
    test = {"concerned": {"Test": frozenset({PASSER_BY})}, "environment": replace(NAMED, approval_needs=frozenset())}

    assert missing(text, PASSER_BY, **test, readiness_blocks=True) == words
    assert missing(text, PASSER_BY, **test) == []
