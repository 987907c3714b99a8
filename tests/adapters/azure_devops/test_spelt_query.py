"""Shared queries in the words of a project: they find what they are named for, and say what they need."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from adapters.azure_devops.project_needs import project_needs
from adapters.azure_devops.spelt_query import lacking, spelt
from adapters.sandbox.mhhs_process import MHHS_PROCESS
from bot.change import Field
from bot.defect import Kind, State
from bot.shared_queries import shared_queries
from bot.shared_query import SharedQuery
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.world import BOT, START, TESTER, World, an_azure
from tests.bot.world import SIT_A, UIT, a_programme

QUERIES: Mapping[str, SharedQuery] = {
    query.name: query for query in shared_queries(a_programme((replace(SIT_A, smoke_test=True), UIT)))
}
READY = {"System.State": "Ready for Retest", "Custom.FoundIn": "SIT-A"}
FIX = {"Custom.ResolvingParty": "DCC", "Custom.FixVersion": "5.2.16.0", "Custom.FoundIn": "SIT-A"}
MISSING = "Resolved, but party, version or environment is missing"
NO_SMOKE = "RFCs deployed, awaiting smoke test"
RELEASED = {"System.Title": "x", "Custom.ReleaseEnvironment": "SIT-A", "System.State": "Deployed"}


@pytest.mark.parametrize(
    ("name", "type_name", "fields", "is_found"),
    [
        pytest.param("Resolved, by party", "Bug", FIX, True, id="resolved"),
        pytest.param("Resolved, by party", "Change Request", {}, True, id="a change request too"),
        pytest.param("Resolved, by party", "Bug", {"System.State": "Closed"}, False, id="closed is not resolved"),
        pytest.param(MISSING, "Bug", FIX, False, id="nothing is missing"),
        pytest.param(MISSING, "Bug", {**FIX, "Custom.FixVersion": ""}, True, id="no version"),
        pytest.param(MISSING, "Bug", {**FIX, "Custom.ResolvingParty": ""}, True, id="no party"),
        pytest.param(MISSING, "Bug", {**FIX, "Custom.ResolvingParty": "Acme"}, True, id="a party nobody configured"),
        pytest.param(MISSING, "Bug", {**FIX, "Custom.FoundIn": "SIT-Z"}, True, id="an environment nobody configured"),
        pytest.param(MISSING, "Change Request", {**FIX, "Custom.FoundIn": ""}, False, id="a change was not found"),
        pytest.param("Defects and change requests held", "Bug", {"System.Tags": "x; Hold"}, True, id="held"),
        pytest.param(
            "Defects and change requests held", "Change Request", {"System.Tags": "Hold UIT"}, True, id="held for one"
        ),
        pytest.param("Defects and change requests held", "Bug", {"System.Tags": "Holding"}, False, id="another tag"),
        pytest.param("Emergencies asked for", "Bug", {"System.Tags": "Emergency"}, True, id="an emergency"),
        pytest.param(
            "Emergencies asked for", "Bug", {**READY, "System.Tags": "Emergency"}, False, id="an emergency that came"
        ),
        pytest.param("Known issues", "Bug", {"System.Tags": "known-issue"}, True, id="a known issue"),
        pytest.param("Candidate lists to agree", "Candidate List", {"System.State": "Proposed"}, True, id="proposed"),
        pytest.param("Candidate lists to agree", "Candidate List", {"System.State": "Agreed"}, False, id="agreed"),
        pytest.param(
            "Candidate lists agreed, no RFC yet", "Candidate List", {"System.State": "Agreed"}, True, id="waits for RFC"
        ),
        pytest.param("RFCs to approve", "Request for Change", {"System.State": "Raised"}, True, id="raised"),
        pytest.param("RFCs rejected", "Request for Change", {"System.State": "Rejected"}, True, id="rejected"),
        pytest.param(
            "RFCs approved, awaiting deployment",
            "Request for Change",
            {"System.State": "Approved"},
            True,
            id="approved",
        ),
        pytest.param(NO_SMOKE, "Request for Change", RELEASED, True, id="not tested yet"),
        pytest.param(NO_SMOKE, "Request for Change", {**RELEASED, "Custom.SmokeTest": "passed"}, False, id="tested"),
        pytest.param(
            NO_SMOKE,
            "Request for Change",
            {**RELEASED, "Custom.ReleaseEnvironment": "UIT"},
            False,
            id="not asked there",
        ),
        pytest.param("RFCs deployed, to be closed", "Request for Change", RELEASED, True, id="to be closed"),
        pytest.param("My retests", "Bug", {**READY, "System.AssignedTo": BOT}, True, id="with me"),
        pytest.param("My retests", "Bug", {**READY, "System.AssignedTo": TESTER}, False, id="with somebody else"),
        pytest.param("Ready for retest in SIT-A", "Bug", READY, True, id="found here"),
        pytest.param("Ready for retest in UIT", "Bug", READY, False, id="found elsewhere"),
    ],
)
def test_a_query_finds_what_it_is_named_for(
    world: World, name: str, type_name: str, fields: Mapping[str, object], is_found: bool
) -> None:
    known = {"System.Title": "x", "System.State": "Resolved", **fields}
    world.azure.put(7, type_name, {k: v for k, v in known.items() if v}, by=TESTER, at=START)

    answer = world.boards.work_items.query(spelt(QUERIES[name], MHHS), 10)

    assert [node.number("id") for node in answer.nodes("workItems")] == ([7] if is_found else [])


def test_a_query_speaks_the_words_of_the_project() -> None:
    spelling = replace(
        MHHS,
        types={**MHHS.types, Kind.DEFECT: ("Bug", "Tester's Note")},
        states={**MHHS.states, (Kind.DEFECT, State.READY_FOR_RETEST): ("Ready", "Back")},
        fields={**MHHS.fields, (Kind.DEFECT, Field.ASSIGNED_TO): "Custom.Tester"},
    )

    assert (
        "WHERE [System.TeamProject] = @project AND [System.WorkItemType] IN ('Bug', 'Tester''s Note') AND "
        "[System.State] IN ('Ready', 'Back') AND [Custom.Tester] = @me ORDER BY [Custom.FoundIn]"
    ) in spelt(QUERIES["My retests"], spelling)


def test_a_query_needs_the_types_states_and_fields_that_it_speaks_of() -> None:
    bug, change, candidate_list, _ = MHHS_PROCESS.types
    smaller = replace(
        candidate_list,
        states=tuple(s for s in candidate_list.states if s.name != "Agreed"),
        fields=tuple(f for f in candidate_list.fields if f.reference != "Custom.Edition"),
    )
    world = World(an_azure(process=replace(MHHS_PROCESS, types=(bug, change, smaller))))

    needs = project_needs(world.boards.work_items, MHHS)

    assert {name: missing for name, query in QUERIES.items() if (missing := lacking(query, needs))} == {
        "Candidate lists agreed, no RFC yet": (
            "the state Agreed of Candidate List",
            "the field Custom.Edition (integer) of Candidate List",
        ),
        **{name: ("the type Request for Change",) for name in QUERIES if name.startswith("RFCs")},
    }
