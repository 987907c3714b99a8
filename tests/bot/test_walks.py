"""What holds after any sequence of what people do: told by a replay that knows nothing of releases and their line."""

from __future__ import annotations

from hypothesis import given

from bot.candidate_list import ListState, Role
from bot.contents import latest_of_each
from bot.defect import Fix, State
from bot.facts import Facts
from bot.picture import Picture
from bot.rfc import RfcState
from tests.bot.any_world import quick
from tests.bot.replay import lacking, named, newest, replayed
from tests.bot.walks import ENVIRONMENTS, Step, walked, walks


@quick
@given(walks(16))
def test_an_environment_has_what_its_deployments_brought_one_after_another(steps: list[Step]) -> None:
    for world in walked(steps):
        picture = Picture(world)
        for environment in ENVIRONMENTS:
            runs = newest(picture.contents_running(environment, "DCC"))
            assert runs == replayed(world, environment), environment


@quick
@given(walks(16))
def test_a_list_names_what_its_environment_lacks_of_the_others_and_nothing_that_it_has(steps: list[Step]) -> None:
    for world in walked(steps):
        for c in world.lists.values():
            if c.state is ListState.PROPOSED and c.is_regular and c.number is not None:
                ...
