"""The roadmap: names, order and announced numbers of releases in dated windows [M7.5]."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.change import Field
from bot.compose_note import compose_note
from bot.facts import Facts
from bot.number import ReleaseType
from bot.picture import Picture
from bot.recorded_release import Recorded, recorded
from bot.release_story import release_story
from bot.rewrite_list import PACE
from bot.rfc import RfcState
from tests.bot.a_run import decided, run
from tests.bot.after import edited
from tests.bot.dated_world import BIG, MAJOR, PATCHES, SATURDAY, dated, on_it, programme, with_major
from tests.bot.people import agrees, edits_list, later, resolves, the_list, the_rfc
from tests.bot.world import (
    NOW,
    WEEK,
    a_defect,
    a_picture,
    a_sealed_list,
    a_window,
    an_rfc,
    approved,
    deployed,
    entries,
    facts,
    number,
)


def ir8(**other: Any) -> Any:
    return programme(with_major(dated(**{"roadmap": "IR8"} | other)))


def major_list(world: Facts) -> Any:
    return next(c for c in world.lists.values() if c.type is MAJOR)


def test_the_name_stands_on_list_rfc_note_and_story() -> None:
    world = run(facts(PATCHES, BIG, programme=ir8()))
    assert (major_list(world).roadmap, the_list(world, "SIT-A", "5.2.16.0").roadmap) == ("IR8", "")
    assert compose_note(major_list(world), Picture(world)).roadmap == "IR8"

    world = run(agrees(world, "SIT-A", release="6.0.0.0"), times=3)
    release = recorded("DCC", "6.0.0.0", Picture(world))

    assert the_rfc(world, "SIT-A").roadmap == "IR8"
    assert isinstance(release, Recorded)
    assert release_story(release, Picture(world)).roadmap == "IR8"


@pytest.mark.parametrize(
    ("stands", "then"),
    [
        pytest.param("Interim release eight", "Interim release eight", id="a person's text stays"),
        pytest.param("", "IR8", id="where it was cleared it comes again"),
        pytest.param("IR9", "IR8", id="the name of another window gives way"),
    ],
)
def test_what_a_person_writes_is_not_overwritten(stands: str, then: str) -> None:
    june = dated(SATURDAY + 4 * WEEK, roadmap="IR9")
    world = run(facts(PATCHES, BIG, programme=programme(with_major(dated(roadmap="IR8"), june))))
    world = edits_list(world, "SIT-A", "6.0.0.0", roadmap=stands)

    world = run(later(world, NOW + 2 * PACE), times=2)

    assert major_list(world).roadmap == then


def test_nor_on_the_rfc_by_its_next_edition() -> None:
    sealed = a_sealed_list(905, release="6.0.0.0", type=MAJOR, window=a_window(SATURDAY, MAJOR), roadmap="IR8")
    sealed = replace(sealed, edition=2)
    rfc = an_rfc(of=sealed, edition=1, state=RfcState.REJECTED, roadmap="Interim release eight")

    (action,) = [a for a in decided(facts(BIG, sealed, rfc, programme=ir8())) if a.subject == "RFC 951"]

    assert Field.ROADMAP not in edited(action)


def came_before(roadmap: str, state: RfcState, where: str = "SIT-A") -> tuple[Any, Any, Any]:
    before = a_sealed_list(
        904,
        environment=where,
        release="5.2.15.5",
        type=ReleaseType.EMERGENCY,
        entries=entries([5], fixed_by="5.2.15.5"),
    )
    rfc = an_rfc(954, of=before, state=state, roadmap=roadmap)
    return before, rfc, {rfc.id: approved(rfc) if state is RfcState.APPROVED else deployed(rfc, NOW - WEEK)}


@pytest.mark.parametrize(
    ("roadmap", "state", "where", "is_proposed"),
    [
        pytest.param("IR7.1", RfcState.DEPLOYED, "SIT-A", True, id="it has arrived"),
        pytest.param("ir7.1 ", RfcState.DEPLOYED, "SIT-A", True, id="spelt otherwise"),
        pytest.param("IR7.1", RfcState.APPROVED, "SIT-A", False, id="it is only approved"),
        pytest.param("IR7.1", RfcState.ROLLED_BACK, "SIT-A", False, id="it was rolled back"),
        pytest.param("IR7.1", RfcState.DEPLOYED, "SIT-B", False, id="it has arrived elsewhere"),
        pytest.param("IR7", RfcState.DEPLOYED, "SIT-A", False, id="another has arrived"),
    ],
)
def test_a_release_waits_for_the_one_that_the_roadmap_puts_before_it(
    roadmap: str, state: RfcState, where: str, is_proposed: bool
) -> None:
    before, rfc, histories = came_before(roadmap, state, where)

    found = on_it(a_picture(PATCHES, BIG, before, rfc, programme=ir8(after="IR7.1"), histories=histories))

    expected = ("6.0.0.0", {123, 600})
    assert found == (expected if is_proposed else "6.0.0.0 (IR8) comes after IR7.1, which has not arrived in SIT-A yet")


def announced(*numbers: str) -> Any:
    windows = (dated(SATURDAY + 4 * i * WEEK, numbers={"DCC": number(n)} if n else {}) for i, n in enumerate(numbers))
    return programme(with_major(*windows))


@pytest.mark.parametrize(
    ("numbers", "versions", "drafted", "waiting"),
    [
        pytest.param(["6.0.0.0"], [], "6.0.0.0", {}, id="without a fix"),
        pytest.param(["7.0.0.0"], ["6.0.0.0"], "7.0.0.0", {}, id="above what the fixes name"),
        pytest.param(
            ["6.0.0.0"],
            ["7.0.0.0"],
            "6.0.0.0",
            {600: "its version 7.0.0.0 is later than the release 6.0.0.0 that the settings name"},
            id="a fix of the one after it",
        ),
        pytest.param(["5.0.0.0"], ["6.0.0.0"], "6.0.0.0", {}, id="one that was released long ago"),
        pytest.param(["", "7.0.0.0"], [], "7.0.0.0", {}, id="of the second window only"),
    ],
)
def test_the_settings_may_name_the_number(
    numbers: list[str], versions: list[str], drafted: str, waiting: dict[int, str]
) -> None:
    fixes = [a_defect(600 + i, version=version) for i, version in enumerate(versions)]

    found = a_picture(*fixes, programme=announced(*numbers)).drafts["DCC"]

    assert found.number_of(MAJOR) == number(drafted)
    assert {out.defect: out.words for out in found.left_out} == waiting


def test_each_window_keeps_the_number_that_is_announced_for_it() -> None:
    """SIT-A takes 6.0.0.0 first; SIT-B has its window later, and does not skip to 7.0.0.0."""
    sit_b = with_major(dated(SATURDAY + WEEK, numbers={"DCC": number("6.0.0.0")}), name="SIT-B", level_with=())
    sit_a = with_major(
        dated(numbers={"DCC": number("6.0.0.0")}), dated(SATURDAY + 4 * WEEK, numbers={"DCC": number("7.0.0.0")})
    )
    world = run(facts(BIG, programme=replace(programme(sit_a), environments={"SIT-A": sit_a, "SIT-B": sit_b})))
    world = run(agrees(world, "SIT-A"), times=3)

    world = run(resolves(world, a_defect(700, version="7.0.0.0")))

    assert {(c.environment, str(c.number)) for c in world.lists.values()} == {
        ("SIT-A", "6.0.0.0"),
        ("SIT-A", "7.0.0.0"),
        ("SIT-B", "6.0.0.0"),
    }
    assert not decided(later(world, NOW + 2 * PACE))


def test_a_number_that_a_person_sets_on_the_list_counts_more() -> None:
    world = run(facts(BIG, programme=announced("6.0.0.0")))
    world = edits_list(world, "SIT-A", number=number("8.0.0.0"))

    world = run(later(world, NOW + 2 * PACE), times=2)

    assert major_list(world).number == number("8.0.0.0")
