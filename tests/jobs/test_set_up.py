"""An administrator sets the project up: shared queries, and what has to be created by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.faults import no_answer, refused, unauthorised
from adapters.sandbox.mhhs_process import CANDIDATE_LIST, MHHS_PROCESS
from adapters.sandbox.mhhs_seeds.people import SIT_DEFECT_MANAGER, SIT_RELEASE_MANAGER
from adapters.sandbox.permissions import Right
from adapters.sandbox.problem import Problem
from adapters.sandbox.process import FieldDefinition, Kind
from adapters.sandbox.refusals import no_such_project, not_known_here
from adapters.terminal.talk import Output
from tests.golden_text import Golden
from tests.jobs.accidents import ALWAYS
from tests.jobs.administrator import FOLDER, Administrator
from tests.jobs.desk import Desk

READS = {"project", "types", "fields", "relation types", "states", "type fields", "query"}
MINE = "Ready for retest in SIT-A"


@pytest.fixture
def administrator(azure: Azure, tmp_path: Path) -> Administrator:
    return Administrator(azure, tmp_path)


def edit(azure: Azure, name: str, wiql: str) -> None:
    """Somebody writes a query of theirs, or over one that is there."""
    queries, by = azure.organisation.queries, azure.people.signed_in_as(SIT_DEFECT_MANAGER)
    known = next((query for query in queries.kept.values() if query.path == f"{FOLDER}/{name}"), None)
    if known is None:
        queries.add(f"{FOLDER}/{name}", wiql, by=by, at=azure.clock.now())
    else:
        queries.change(known, known.path, wiql, by=by, at=azure.clock.now())


def test_every_query_is_made_and_a_second_time_nothing(administrator: Administrator, azure: Azure) -> None:
    first = administrator.set_up()
    made, since = administrator.queries(), len(azure.journal)
    again = administrator.set_up()

    assert (first.code, again.code) == (0, 0)
    assert len(made) == 15
    assert "'Ready for Retest'" in made[MINE]
    assert "Nothing to do." in again.data
    assert set(administrator.asked(since)) == READS
    assert administrator.queries() == made


def test_a_dry_run_shows_and_writes_nothing(administrator: Administrator) -> None:
    shown = administrator.set_up(dry_run=True)

    assert shown.code == 0
    assert f"query   {MINE}" in shown.data
    assert administrator.queries() == {}


def test_what_somebody_changed_is_shown_and_put_right_and_their_own_is_left_alone(
    administrator: Administrator, azure: Azure
) -> None:
    administrator.set_up()
    as_made = administrator.queries()
    theirs = "select [System.Id] from WorkItems where [System.State] = 'Active'"
    edit(azure, "Ours, by age", theirs)
    edit(azure, MINE, theirs)

    shown = administrator.set_up(dry_run=True)
    assert administrator.queries()[MINE] == theirs
    done = administrator.set_up()

    assert f"old: {theirs}\nnew: SELECT [System.Id]" in shown.data
    assert (done.code, administrator.queries()) == (0, {**as_made, "Ours, by age": theirs})
    assert f"old: {theirs}" in done.talk
    assert "query  Ours, by age" in done.data
    assert "Shunter does not know it" in done.data


def test_a_query_that_is_refused_does_not_stop_the_next(administrator: Administrator, azure: Azure) -> None:
    azure.faults.add("create query", refused(not_known_here("it")), skip=1)

    done = administrator.set_up()

    assert done.code == 3
    assert "the sandbox does not know it" in done.data
    assert len(administrator.queries()) == 14
    assert administrator.set_up().code == 0
    assert len(administrator.queries()) == 15


@pytest.mark.parametrize("after", [0, 1], ids=["of the folder", "of a query"])
def test_an_answer_that_is_lost_is_made_up_for_by_reading(
    administrator: Administrator, azure: Azure, after: int
) -> None:
    azure.faults.add("create query", no_answer(applied=True), skip=after)

    assert administrator.set_up().code == 0
    assert len(administrator.queries()) == 15


def test_a_query_that_never_arrived_is_not_told_as_done(administrator: Administrator, azure: Azure) -> None:
    azure.faults.add("create query", no_answer(applied=False), skip=1)

    done = administrator.set_up()

    assert (done.code, len(administrator.queries())) == (3, 14)
    assert "it may have been done, so run this again" in done.data


def test_who_may_not_contribute_learns_who_grants_it(administrator: Administrator, azure: Azure) -> None:
    azure.permissions.take(SIT_RELEASE_MANAGER, Right.CONTRIBUTE_QUERIES)
    since = len(azure.journal)

    done = administrator.set_up()

    assert done.code == 3
    assert "an administrator grants Contribute on Shared Queries, under Boards, Queries" in done.data
    assert f"{FOLDER} is not there" in done.data
    assert administrator.asked(since).count("create query") == 1


def test_who_may_not_read_the_folder_learns_who_grants_it(administrator: Administrator, azure: Azure) -> None:
    azure.faults.add("query", refused(Problem(403, "AccessCheckException", "VS403: you may not read it.")))

    done = administrator.set_up()

    assert (done.code, administrator.queries()) == (3, {})
    assert "an administrator grants Contribute on Shared Queries, under Boards, Queries" in done.data


def test_once_the_sign_in_is_lost_nothing_more_is_tried(administrator: Administrator, azure: Azure) -> None:
    azure.faults.add("create query", unauthorised(), skip=2, times=ALWAYS)
    since = len(azure.journal)

    assert administrator.set_up().code == 4
    assert administrator.asked(since).count("create query") == 3
    assert len(administrator.queries()) == 1


def test_what_an_administrator_has_to_create_is_named_exactly(
    administrator: Administrator, azure: Azure, golden: Golden
) -> None:
    """The type of RFCs is missing, and of lists a state and a field; another is of the wrong kind, one required."""
    fields = {f.reference: f for f in CANDIDATE_LIST.fields} | {"Custom.Claim": _a_field("Custom.Claim", Kind.HTML)}
    del fields["Custom.WindowEnd"]
    fields["Custom.Cost"] = FieldDefinition("Custom.Cost", "Cost", required=True)
    states = tuple(s for s in CANDIDATE_LIST.states if s.name != "Agreed")
    smaller = replace(CANDIDATE_LIST, fields=tuple(fields.values()), states=states)
    types = [*(t for t in MHHS_PROCESS.types if t.name in ("Bug", "Change Request")), smaller]
    azure.organisation.process = replace(MHHS_PROCESS, types=tuple(types))

    done = administrator.set_up()

    assert done.code == 3
    golden(done.data, "setup/what_is_missing.txt")
    assert {"Candidate lists agreed, no RFC yet", "RFCs to approve"} & administrator.queries().keys() == set()
    assert "My retests" in administrator.queries()


def _a_field(reference: str, kind: Kind) -> FieldDefinition:
    return FieldDefinition(reference, reference, kind)


def test_as_json_it_is_one_document(administrator: Administrator) -> None:
    told = administrator.set_up(output=Output.JSON).json

    assert told["states"][0] == {
        "work_item_type": "Bug",
        "name": "New",
        "category": "Proposed or In Progress",
        "means": "open",
        "standing": "present",
    }
    assert told["written"][0]["standing"] == "created"
    assert (len(told["what_people_find"]), len(told["written"])) == (17, 16)


def test_a_project_that_is_not_there_is_said(administrator: Administrator, azure: Azure) -> None:
    azure.faults.add("project", refused(no_such_project("MHHS")))

    done = administrator.set_up()

    assert (done.code, done.data) == (1, "")
    assert "there is no project 'MHHS', or it is out of sight" in done.talk


def test_at_the_desk_nothing_is_written_before_somebody_has_said_yes(desk: Desk) -> None:
    asked = desk("setup")
    shown = desk("setup", "--dry-run")
    done = desk("setup", "--yes")

    assert asked.code == 2
    assert "Nobody can be asked here: add --yes if you mean it." in asked.talk
    assert "\nWritten\n" not in asked.data + shown.data
    assert (shown.code, shown.talk) == (0, "")
    assert (done.code, "\nWritten\n" in done.data) == (0, True)
    assert [e.operation for e in desk.azure.journal].count("create query") == 17
