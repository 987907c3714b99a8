"""What holds after anything that people do: told by a replay that knows nothing of releases and their code line."""

from __future__ import annotations

from collections import Counter

from hypothesis import given

from bot.blocks import would_remove
from bot.candidate_list import CandidateList, ListState, Role
from bot.defect import Fix, State
from bot.facts import Facts
from bot.list_check import lacks
from bot.picture import Picture
from tests.bot.any_world import examples
from tests.bot.replay import Newest, lacking, named, newest, replayed
from tests.bot.walks import ENVIRONMENTS, UNDER_WAY, Step, walked, walks


@examples(1 / 10)
@given(walks())
def test_after_anything_that_people_do(walk: list[Step]) -> None:
    for world in walked(walk):
        an_environment_has_what_its_deployments_brought_one_after_another(world)
        the_next_list_names_all_that_its_environment_lacks_of_the_others(world)
        and_nothing_that_its_environment_has_but_what_is_carried_over(world)
        a_tester_finds_the_fix_in_the_environment_that_found_the_defect(world)
        no_release_has_two_rfcs_in_an_environment(world)


def an_environment_has_what_its_deployments_brought_one_after_another(world: Facts) -> None:
    runs = {e: newest(Picture(world).contents_running(e, "DCC")) for e in ENVIRONMENTS}
    assert runs == {e: replayed(world, e) for e in ENVIRONMENTS}


def the_next_list_names_all_that_its_environment_lacks_of_the_others(world: Facts) -> None:
    """But the fix of an emergency that it would remove elsewhere: that is said on it, and keeps it back. And what an
    RFC brings that comes there before, although its list does not name it: that is said on that RFC, and blocks it."""
    for proposed in next_lists(world):
        owed = {int(words.split()[2]) for words in would_remove(proposed, Picture(world))}
        owed |= {id for first in coming_before(world, proposed) for id in lacks(first, Picture(world))}
        on, here = newest(named(proposed)), will_be_there(world, proposed)
        for other in ENVIRONMENTS:
            missing = lacking(here, replayed(world, other), up_to=proposed.number)
            assert not lacking(on, {id: n for id, n in missing.items() if id not in owed}), (proposed, other)


def and_nothing_that_its_environment_has_but_what_is_carried_over(world: Facts) -> None:
    for proposed in next_lists(world):
        here = will_be_there(world, proposed)
        there = {e for e in proposed.entries if not lacking(here, newest([e.fix]))}
        assert there == {e for e in proposed.entries if e.role is Role.CARRIED}, proposed


def a_tester_finds_the_fix_in_the_environment_that_found_the_defect(world: Facts) -> None:
    """What a person has touched since, a rollback leaves alone: the defect manager decides on it."""
    for defect in (d for d in world.defects.values() if d.changed_by == world.bot):
        if defect.state is State.READY_FOR_RETEST and defect.version is not None:
            assert not lacking(replayed(world, *defect.found_in), {defect.id: defect.version}), defect


def next_lists(world: Facts) -> list[CandidateList]:
    """The regular lists that may still change."""
    return [c for c in world.lists.values() if c.state is ListState.PROPOSED and c.is_regular]


def will_be_there(world: Facts, proposed: CandidateList) -> Newest:
    """Once the RFCs have arrived that are under way to an earlier window, and whose list is not agreed anew."""
    coming = (fix for c in coming_before(world, proposed) for fix in named(c))
    return newest([*(Fix(id, number) for id, number in replayed(world, proposed.environment).items()), *coming])


def coming_before(world: Facts, proposed: CandidateList) -> list[CandidateList]:
    here = [r for r in world.rfcs.values() if r.environment == proposed.environment and r.state in UNDER_WAY]
    first = [r for r in here if r.list_id is not None and r.window.start <= proposed.window.start and not r.outcome]
    raised = (world.lists[r.list_id or 0] for r in first)
    return [c for c in raised if c.state is ListState.RAISED]


def no_release_has_two_rfcs_in_an_environment(world: Facts) -> None:
    keys = Counter(rfc.key for rfc in world.rfcs.values() if rfc.is_live)
    assert [key for key, times in keys.items() if times > 1] == []
