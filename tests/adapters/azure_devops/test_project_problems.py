"""What a project lacks is said all at once, with who does what about it."""

from dataclasses import replace

import pytest

from adapters.azure_devops.answers import SignedOut
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.project_needs import project_needs
from adapters.azure_devops.project_problems import ProjectProblem, doubts_in, project_problems
from adapters.sandbox import faults
from adapters.sandbox.mhhs_process import BUG, MHHS_PROCESS
from adapters.sandbox.process import Category, FieldDefinition, Process, StateDefinition
from bot.candidate_list import ListState
from bot.change import Field, LinkKind
from bot.defect import Kind, State
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.world import World, an_azure, render


def test_a_project_that_fits_has_no_problems(world: World) -> None:
    assert project_problems(world.boards, MHHS) == ()


def test_everything_that_is_missing_is_named_with_its_remedy(world: World) -> None:
    spelling = replace(
        MHHS,
        types={**MHHS.types, Kind.RFC: ("Request For Changes",)},
        states={**MHHS.states, (Kind.DEFECT, State.READY_FOR_RETEST): ("Ready for Re-test",)},
        fields={
            **MHHS.fields,
            (Kind.LIST, Field.SEAL): "Custom.Sael",
            (Kind.DEFECT, Field.FOUND_IN): "Custom.PlannedFor",
            (Kind.DEFECT, Field.RETESTED_BY): "Custom.FoundIn",
            (Kind.LIST, Field.EDITION): "Custom.Nowhere",
        },
        links={**MHHS.links, LinkKind.ENTRY: "System.LinkTypes.Relatd"},
    )

    assert project_problems(world.boards, spelling) == (
        ProjectProblem(
            "there is no link type 'System.LinkTypes.Relatd'",
            "correct it in the configuration; did you mean 'System.LinkTypes.Related'?",
        ),
        ProjectProblem(
            "type 'Bug' has no state 'Ready for Re-test', which is to mean 'ready for retest'",
            "an administrator adds the state, or the configuration names another; did you mean 'Ready for Retest'?",
        ),
        ProjectProblem(
            "field 'Custom.PlannedFor' is of kind date/time, and 'found in' needs text, single line",
            "the configuration names another field, or an administrator adds one (text, single line)",
        ),
        ProjectProblem(
            "field 'Custom.FoundIn' is of kind text, single line, and 'retest by' needs identity",
            "the configuration names another field, or an administrator adds one (identity)",
        ),
        ProjectProblem(
            "type 'Candidate List' has no field 'Custom.Nowhere'",
            "an administrator adds the field Custom.Nowhere (integer) to type 'Candidate List'",
        ),
        ProjectProblem(
            "type 'Candidate List' has no field 'Custom.Sael'",
            "an administrator adds the field Custom.Sael (text, single line) to type 'Candidate List'"
            "; did you mean 'Custom.Seal'?",
        ),
        ProjectProblem(
            "there is no work item type 'Request For Changes', which is to be a RFC",
            "an administrator adds the type, or the configuration names another; did you mean 'Request for Change'?",
        ),
    )


def test_new_lists_and_rfcs_have_to_begin_in_the_state_that_means_it() -> None:
    """An administrator who adds a type finds states in it already, and Shunter sends none with what it creates."""
    new = StateDefinition("New", Category.PROPOSED)
    types = tuple(replace(t, initial="New", states=(new, *t.states)) for t in MHHS_PROCESS.types)
    world = World(an_azure(process=replace(MHHS_PROCESS, types=types)))

    assert [problem.what for problem in project_problems(world.boards, MHHS)] == [
        "a new 'Candidate List' begins in the state 'New', and not in 'Proposed'",
        "a new 'Request for Change' begins in the state 'New', and not in 'Raised'",
    ]
    also = {**MHHS.states, (Kind.LIST, ListState.PROPOSED): ("Proposed", "New")}
    assert len(project_problems(world.boards, replace(MHHS, states=also))) == 1


def test_a_field_that_is_required_and_not_filled_is_told_and_stops_nothing() -> None:
    """A rule of the process may fill it, which nobody is told."""
    *others, rfc = MHHS_PROCESS.types
    required = (
        FieldDefinition("Custom.Cost", "Cost", required=True),
        FieldDefinition("Custom.Risk", "Risk", required=True, default="low"),
        FieldDefinition("Microsoft.VSTS.Common.ValueArea", "Value Area", required=True),
    )
    own = [replace(f, required=f.reference in ("Custom.ReleaseParty", "System.Title")) for f in rfc.fields]
    stricter = replace(rfc, fields=(*own, *required))
    world = World(an_azure(process=replace(MHHS_PROCESS, types=(*others, stricter))))

    assert project_problems(world.boards, MHHS) == ()
    assert doubts_in(project_needs(world.boards.work_items, MHHS)) == (
        ProjectProblem(
            "type 'Request for Change' requires the field 'Custom.Cost', which Shunter does not fill",
            "an administrator makes it optional, or gives it a default value",
        ),
    )


def test_a_state_that_was_hidden_is_missed(world: World) -> None:
    world.azure.organisation.process = without(State.RESOLVED)

    (problem,) = project_problems(world.boards, MHHS)

    assert problem.what == "type 'Bug' has no state 'Resolved', which is to mean 'resolved'"


def without(state: State) -> Process:
    (name,) = MHHS.states[Kind.DEFECT, state]
    bug = replace(BUG, states=tuple(known for known in BUG.states if known.name != name))
    return replace(MHHS_PROCESS, types=(bug, *MHHS_PROCESS.types[1:]))


@pytest.mark.parametrize("name", ["Ready for  Retest", "Ready For Retest ", "Ready for Retset"])
def test_a_state_that_is_spelt_a_little_otherwise_is_another_and_the_right_one_is_named(
    world: World, name: str
) -> None:
    spelling = replace(MHHS, states={**MHHS.states, (Kind.DEFECT, State.READY_FOR_RETEST): (name,)})

    (problem,) = project_problems(world.boards, spelling)
    assert f"has no state '{name}'" in str(problem)
    assert "did you mean 'Ready for Retest'?" in str(problem)


def test_a_project_that_is_not_there_is_the_only_problem(world: World) -> None:
    misspelled = replace(MHHS, project="MHSS")
    boards = Boards(world.gateway, misspelled, render)

    assert project_problems(boards, misspelled) == (
        ProjectProblem(
            "there is no project 'MHSS', or it is out of sight",
            "correct its name in the configuration, or an administrator gives Shunter the right to view it",
        ),
    )


def test_a_problem_reads_as_one_sentence() -> None:
    assert str(ProjectProblem("there is no state 'X'", "an administrator adds it")) == (
        "there is no state 'X': an administrator adds it"
    )


def test_who_is_signed_out_learns_nothing_about_the_project(world: World) -> None:
    world.azure.faults.add("project", faults.unauthorised())

    with pytest.raises(SignedOut):
        project_problems(world.boards, MHHS)
