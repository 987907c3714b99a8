"""A list that somebody deletes and restores: beside the one that was made meanwhile one number has one content."""

from __future__ import annotations

from dataclasses import replace

from bot.candidate_list import CandidateList, ListState
from bot.facts import Facts
from bot.rewrite_list import PACE
from tests.bot.a_run import run
from tests.bot.people import agrees, later, resolves, the_list
from tests.bot.world import NOW, a_defect, facts


def deleted_and_made_anew(looks: int) -> tuple[Facts, CandidateList]:
    """The sealed list is away while 77 is resolved; the new one takes it in under the same number, and is agreed."""
    world = run(agrees(run(facts(a_defect(123))), "SIT-A"))
    old = the_list(world, "SIT-A")
    away = replace(world, lists={id: c for id, c in world.lists.items() if id != old.id})
    world = run(resolves(later(away, NOW + PACE), a_defect(77)), times=2)
    world = run(agrees(world, "SIT-A"), times=looks)
    return world, old


def restored(world: Facts, old: CandidateList) -> Facts:
    return replace(world, lists={**world.lists, old.id: old})


def sealed_in(world: Facts, environment: str) -> list[tuple[str, set[int]]]:
    lists = (c for c in world.lists.values() if c.environment == environment and c.is_sealed)
    return [(str(c.number), {entry.fix.defect for entry in c.entries}) for c in lists]


def test_beside_one_that_is_only_sealed_the_older_keeps_the_number() -> None:
    world, old = deleted_and_made_anew(looks=1)
    assert sealed_in(world, "SIT-A") == [("5.2.16.0", {123, 77})]

    world = run(restored(world, old), times=3)

    assert sealed_in(world, "SIT-A") == [("5.2.16.0", {123})]
    assert len(world.rfcs) == 1


def test_beside_one_that_has_its_rfc_it_leaves_the_number() -> None:
    world, old = deleted_and_made_anew(looks=3)
    (rfc,) = world.rfcs.values()

    world = run(restored(world, old), times=3)

    assert sealed_in(world, "SIT-A") == [("5.2.16.0", {123, 77})]
    assert world.lists[old.id].state is not ListState.AGREED
    assert set(world.rfcs) == {rfc.id}
