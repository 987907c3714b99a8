"""Each right that is said to be needed: where it is missing it is named, and the very operation is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from adapters.azure_devops.answers import Declined
from adapters.azure_devops.outcomes import Applied
from adapters.azure_devops.rights.judge import Kind
from adapters.azure_devops.rights.look import rights_found
from adapters.azure_devops.rights.needed import NEEDED, Needed, Use
from adapters.sandbox.permissions import Right
from adapters.sandbox.wiki.wikis import wiki_id
from bot.change import Field
from bot.remark import Remark
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.rights.conftest import DEEP, SECRET
from tests.adapters.azure_devops.world import BOT, World, a_change

ALL = frozenset(Use)
PAGE = {"content": "# SIT-A"}


def sees_the_project(world: World) -> bool:
    return _passes(world.boards.work_items.types)


def sees_every_item(world: World) -> bool:
    return {row.id for portion in world.boards.everything() for row in portion} == {1, 2}


def edits_an_item(world: World) -> bool:
    (outcome,) = world.boards.update([a_change(2, world.rev(2), {Field.REMARK: Remark(("x",))})])
    return isinstance(outcome, Applied)


def sets_a_new_tag(world: World) -> bool:
    (outcome,) = world.boards.update([a_change(1, world.rev(1), {Field.TAGS: "Hold"})])
    return isinstance(outcome, Applied)


def reads_the_wiki(world: World) -> bool:
    return _passes(lambda: world.gateway.read("GET wikis", lambda sdk: sdk.wiki.get_all_wikis(project="MHHS")))


def writes_the_wiki(world: World) -> bool:
    return _passes(
        lambda: world.gateway.write(
            "PUT page", lambda sdk: sdk.wiki.create_or_update_page(PAGE, "MHHS", "MHHS.wiki", "/SIT-A", None)
        )
    )


def reads_environments(world: World) -> bool:
    return _passes(
        lambda: world.gateway.read("GET environments", lambda sdk: sdk.environments.get_environments("MHHS"))
    )


def reads_builds(world: World) -> bool:
    return _passes(lambda: world.gateway.read("GET builds", lambda sdk: sdk.builds.get_builds("MHHS")))


def reads_releases(world: World) -> bool:
    return _passes(lambda: world.gateway.read("GET deployments", lambda sdk: sdk.releases.get_deployments("MHHS")))


def _passes(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Declined:
        return False
    return True


OPERATIONS: dict[tuple[Use, str], tuple[Right, str, Callable[[World], bool]]] = {
    (Use.READ_WORK_ITEMS, "GENERIC_READ"): (Right.VIEW_PROJECT, "", sees_the_project),
    (Use.READ_WORK_ITEMS, "WORK_ITEM_READ"): (Right.VIEW_ITEMS, SECRET, sees_every_item),
    (Use.WRITE_WORK_ITEMS, "WORK_ITEM_WRITE"): (Right.EDIT_ITEMS, SECRET, edits_an_item),
    (Use.WRITE_WORK_ITEMS, "Create"): (Right.CREATE_TAG, "", sets_a_new_tag),
    (Use.WRITE_WIKI, "GenericRead"): (Right.READ_CODE, "", reads_the_wiki),
    (Use.WRITE_WIKI, "GenericContribute"): (Right.CONTRIBUTE_WIKI, "", writes_the_wiki),
    (Use.READ_ENVIRONMENTS, "View"): (Right.VIEW_ENVIRONMENT, "", reads_environments),
    (Use.READ_BUILDS, "ViewBuilds"): (Right.VIEW_BUILDS, "", reads_builds),
    (Use.READ_RELEASES, "ViewReleases"): (Right.VIEW_RELEASES, "", reads_releases),
}
NOT_PLAYED = {(Use.READ_TEST_RUNS, "VIEW_TEST_RESULTS")}
"""The sandbox has no test runs."""


WIKI = wiki_id("mhhs", "MHHS.wiki")
SECRET_ONE = 2


@pytest.fixture
def busy(world: World) -> World:
    """With a defect that everybody sees, and one in the secret area."""
    world.defects(1)
    world.defect(SECRET_ONE, {"System.AreaPath": SECRET})
    return world


def _key(one: Needed) -> tuple[Use, str]:
    return one.use, one.right.action


PLAYED = [one for one in NEEDED if _key(one) not in NOT_PLAYED]


def named(world: World) -> list[str]:
    """What is missing; or, where nobody could be asked about the project, that."""
    found = rights_found(world.boards, MHHS, ALL, WIKI)
    return [str(finding) for finding in found if finding.kind is not Kind.TOO_MANY]


def test_every_right_that_is_needed_is_proved_by_an_operation() -> None:
    assert {_key(one) for one in PLAYED} == OPERATIONS.keys()
    assert {_key(one) for one in NEEDED} - OPERATIONS.keys() == NOT_PLAYED


@pytest.mark.parametrize("one", PLAYED, ids=lambda one: f"{one.use.value}: {one.right.action}")
def test_without_it_it_is_named_and_the_operation_is_refused(busy: World, one: Needed) -> None:
    right, area, works = OPERATIONS[_key(one)]
    busy.azure.permissions.take(BOT, right, area)

    told = named(busy)

    assert len(told) == 1
    assert one.right.words in told[0] or "TF200016" in told[0]
    assert not works(busy)


@pytest.mark.parametrize("one", PLAYED, ids=lambda one: f"{one.use.value}: {one.right.action}")
def test_with_it_nothing_is_named_and_the_operation_passes(busy: World, one: Needed) -> None:
    works = OPERATIONS[_key(one)][2]

    assert named(busy) == []
    assert works(busy)


def test_what_is_not_used_is_not_needed(busy: World) -> None:
    for right in (Right.VIEW_BUILDS, Right.VIEW_RELEASES, Right.VIEW_ENVIRONMENT, Right.VIEW_TEST_RUNS):
        busy.azure.permissions.take(BOT, right)
    busy.azure.permissions.take(BOT, Right.EDIT_ITEMS)

    assert rights_found(busy.boards, MHHS, {Use.READ_WORK_ITEMS}) == ()


def test_a_missing_right_says_where_it_is_what_fails_and_who_gives_it(busy: World) -> None:
    busy.azure.permissions.take(BOT, Right.VIEW_ITEMS, SECRET)

    (told,) = named(busy)

    assert told == (
        "missing: shunter@mhhs.example lacks 'View work items in this node' in MHHS\\Secret, MHHS\\Secret\\Deep; "
        "without it fixes there are on no list, and nobody is told why; an administrator allows it "
        "(Project settings > Project configuration > Areas > the area > Security)"
    )


def test_an_area_in_which_nothing_of_the_process_lies_need_not_be_edited(world: World) -> None:
    world.defect(1, {"System.AreaPath": DEEP})
    world.azure.permissions.take(BOT, Right.EDIT_ITEMS, SECRET)
    world.azure.permissions.give(BOT, Right.EDIT_ITEMS, DEEP)

    assert rights_found(world.boards, MHHS, ALL, WIKI) == ()


def test_of_many_items_in_closed_areas_each_area_is_found(world: World) -> None:
    world.defects(*range(1, 251), **{"System.AreaPath": SECRET})
    world.defect(999, {"System.AreaPath": DEEP})
    world.azure.permissions.take(BOT, Right.EDIT_ITEMS, SECRET)

    (told,) = named(world)

    assert "in MHHS\\Secret, MHHS\\Secret\\Deep;" in told


@pytest.mark.parametrize(("area", "stops"), [("MHHS", True), (SECRET, False)], ids=["the project's own", "another"])
def test_only_where_nothing_new_can_be_written_writing_stops(busy: World, area: str, stops: bool) -> None:
    busy.azure.permissions.take(BOT, Right.EDIT_ITEMS, area)

    (finding,) = rights_found(busy.boards, MHHS, ALL, WIKI)

    assert finding.stops_writing is stops


def test_it_takes_four_reads_and_no_write(world: World) -> None:
    world.asked()

    rights_found(world.boards, MHHS, ALL, WIKI)

    assert world.asked() == {
        "connection": 1,
        "project": 1,
        "node": 1,
        "security namespaces": 1,
        "permissions batch": 1,
    }
