"""States that count as resolved and are named nowhere are told of; one that was hidden is missed."""

from dataclasses import replace

from adapters.azure_devops.project_problems import project_problems
from adapters.azure_devops.resolved_states import resolved_but_unnamed
from adapters.sandbox.mhhs_process import BUG, MHHS_PROCESS
from adapters.sandbox.process import Category, ProcessType, StateDefinition
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.world import World


def with_type(world: World, bug: ProcessType) -> World:
    world.azure.organisation.process = replace(MHHS_PROCESS, types=(bug, *MHHS_PROCESS.types[1:]))
    return world


def test_a_state_that_counts_as_resolved_and_is_named_nowhere_is_told_of(world: World) -> None:
    assert resolved_but_unnamed(world.boards, MHHS) == ()

    deferred = StateDefinition("Deferred", Category.RESOLVED)
    (words,) = resolved_but_unnamed(with_type(world, replace(BUG, states=(*BUG.states, deferred))).boards, MHHS)

    assert words.startswith(
        "type 'Bug' has a state 'Deferred' of the category Resolved that the configuration does not"
    )
    assert project_problems(world.boards, MHHS) == ()


def test_a_state_that_an_administrator_has_hidden_is_missed(world: World) -> None:
    left = tuple(state for state in BUG.states if state.name != "Resolved")

    (problem,) = project_problems(with_type(world, replace(BUG, states=left)).boards, MHHS)

    assert problem.what == "type 'Bug' has no state 'Resolved', which is to mean 'resolved'"
