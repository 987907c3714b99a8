"""Decoding: whatever stands in the fields, a value comes of it, and never an error."""

from collections.abc import Mapping
from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.azure_devops.decode import items
from adapters.azure_devops.linked import linked
from adapters.azure_devops.row_fields import NO_TIME
from adapters.azure_devops.rows import ItemRow, LinkRow, Relation, Scalar
from bot.candidate_list import CandidateList, Entry, ListState, Role
from bot.defect import Defect, Fix, Kind, State
from bot.number import Number, ReleaseType
from bot.rfc import Rfc, RfcState
from bot.window import Window
from bot.written import Written
from tests.adapters.azure_devops.mhhs_spelling import MHHS

DEPENDENCY = "System.LinkTypes.Dependency"
RELATED = "System.LinkTypes.Related"
START, END = datetime(2026, 12, 7, 9, tzinfo=UTC), datetime(2026, 12, 7, 17, tzinfo=UTC)


def a_row(type_name: str, fields: Mapping[str, Scalar], *relations: Relation) -> ItemRow:
    return ItemRow(7, 3, type_name, fields, relations)


def a_defect(fields: Mapping[str, Scalar], *links: LinkRow) -> Defect:
    return items([a_row("Bug", fields)], links, MHHS).defects[7]


def a_list(fields: Mapping[str, Scalar], *relations: Relation) -> CandidateList:
    return items([a_row("Candidate List", fields, *relations)], (), MHHS).lists[7]


def an_rfc(fields: Mapping[str, Scalar]) -> Rfc:
    return items([a_row("Request for Change", fields)], (), MHHS).rfcs[7]


def test_a_defect_is_read_whole() -> None:
    read = a_defect(
        {
            "System.Title": " No answer ",
            "System.State": "resolved",
            "System.AssignedTo": "Dev Patel <Dev.Patel@si.example>",
            "System.CreatedBy": "Tess Hall <tess.hall@st.example>",
            "Custom.RetestBy": "theo.quinn@st.example",
            "System.Tags": "Hold; known-issue",
            "Microsoft.VSTS.Common.Severity": "2 - High",
            "Microsoft.VSTS.Common.Priority": 1,
            "Custom.FoundIn": "SIT-A; SIT-B, SIT-A;",
            "Custom.ResolvingParty": "DCC",
            "Custom.FixVersion": "5.2.16",
            "Custom.PlannedFor": "2026-12-07T00:00:00Z",
            "Custom.TestedIn": "SIT Staging",
            "Custom.DeliveredBy": 55,
            "Custom.Workaround": "<p>Wait &amp; see</p><script>x</script><ul><li>one</li><li>two</li></ul>",
            "Microsoft.VSTS.TCM.ReproSteps": "<div>It   fails</div>",
        }
    )

    assert read == Defect(
        id=7,
        rev=3,
        title="No answer",
        state=State.RESOLVED,
        state_text="resolved",
        severity="2 - High",
        priority=1,
        found_in=("SIT-A", "SIT-B"),
        party="DCC",
        version_text="5.2.16",
        planned_for=date(2026, 12, 7),
        tested_in=frozenset({"SIT Staging"}),
        raised_by="tess.hall@st.example",
        retested_by="theo.quinn@st.example",
        assigned_to="dev.patel@si.example",
        tags=frozenset({"Hold", "known-issue"}),
        delivered_by=55,
        summary="It fails",
        workaround="Wait & see\none\ntwo",
    )


@pytest.mark.parametrize(
    ("state", "meaning"),
    [("New", State.OPEN), ("ACTIVE", State.OPEN), ("Closed", State.CLOSED), ("Parked", State.OTHER), ("", State.OTHER)],
)
def test_a_state_means_what_the_configuration_says_or_something_else(state: str, meaning: State) -> None:
    assert a_defect({"System.State": state}).state is meaning


def test_a_change_request_is_a_fix_of_its_own_kind() -> None:
    read = items([a_row("change request", {"System.State": "Approved"})], (), MHHS).defects[7]

    assert (read.kind, read.state) == (Kind.CHANGE_REQUEST, State.OPEN)


def test_a_day_begins_in_the_zone_of_the_programme() -> None:
    summer = a_row("Bug", {"Custom.PlannedFor": "2026-06-07T23:00:00Z"})
    in_london = replace(MHHS, zone=ZoneInfo("Europe/London"))

    assert items([summer], (), in_london).defects[7].planned_for == date(2026, 6, 8)
    assert items([summer], (), MHHS).defects[7].planned_for == date(2026, 6, 7)


@pytest.mark.parametrize(
    "link",
    [
        pytest.param(LinkRow(7, 8, f"{DEPENDENCY}-Reverse", is_active=True), id="from this end"),
        pytest.param(LinkRow(8, 7, f"{DEPENDENCY}-Forward", is_active=True), id="from the other"),
        pytest.param(LinkRow(8, 7, DEPENDENCY, is_active=True), id="without a direction"),
    ],
)
def test_a_dependency_is_seen_from_whichever_end_it_is_told(link: LinkRow) -> None:
    assert a_defect({}, link).depends_on == {8}
    assert a_defect({}, link).duplicate_of == frozenset()


def test_a_link_that_was_taken_away_again_is_none() -> None:
    made, gone = LinkRow(7, 8, RELATED, is_active=True), LinkRow(8, 7, RELATED, is_active=False)

    assert linked([made, gone]) == {}
    assert linked([gone, made]) == {(7, RELATED): {8}, (8, RELATED): {7}}


def test_a_list_is_read_whole() -> None:
    read = a_list(
        {
            "System.Title": "DCC 5.2.16.0 to SIT-A",
            "System.State": "Agreed",
            "System.ChangedDate": "2026-12-01T10:00:00.5Z",
            "Custom.ReleaseEnvironment": "SIT-A",
            "Custom.ReleaseParty": "DCC",
            "Custom.ReleaseNumber": "5.2.16.0",
            "Custom.ReleaseType": "patch",
            "Custom.WindowStart": "2026-12-07T09:00:00Z",
            "Custom.WindowEnd": "2026-12-07T17:00:00Z",
            "Custom.RoadmapName": "IR8",
            "Custom.Edition": 2,
            "Custom.Seal": "abc",
            "Custom.Claim": "mine",
            "Custom.ListSequence": 4,
            "Custom.Written": str(Written("1", "propose", "because")),
        },
        Relation(RELATED, 11, "5.2.16.0, retest here"),
        Relation(RELATED, 12, "5.2.15, Change Request"),
        Relation(RELATED, 13, "see also"),
        Relation(RELATED, 14, ""),
        Relation(f"{DEPENDENCY}-Forward", 15, "5.2.16.0, carried"),
        Relation("Hyperlink", None, "5.2.16.0, carried"),
    )

    assert read == CandidateList(
        id=7,
        rev=3,
        state=ListState.AGREED,
        environment="SIT-A",
        party="DCC",
        type=ReleaseType.PATCH,
        window=Window(START, END, ReleaseType.PATCH),
        number=Number(5, 2, 16),
        entries=frozenset(
            {
                Entry(Fix(11, Number(5, 2, 16)), Role.RETEST_HERE),
                Entry(Fix(12, Number(5, 2, 15)), Role.CHANGE),
            }
        ),
        edition=2,
        seal="abc",
        claim="mine",
        sequence=4,
        written=Written("1", "propose", "because"),
        changed_at=datetime(2026, 12, 1, 10, 0, 0, 500_000, tzinfo=UTC),
        title="DCC 5.2.16.0 to SIT-A",
        number_text="5.2.16.0",
        roadmap="IR8",
    )


def test_what_stands_as_number_is_kept_where_it_is_none() -> None:
    read = a_list({"Custom.ReleaseNumber": "1.0.0.0-rc1"})

    assert (read.number, read.unreadable_number) == (None, "1.0.0.0-rc1")


def test_an_rfc_is_read_whole() -> None:
    read = an_rfc(
        {
            "System.State": "Rolled Back",
            "Custom.ReleaseNumber": "5.2.16.1",
            "Custom.CandidateList": 5,
            "Custom.Attempt": 2,
            "Custom.DeployedAt": "2026-12-07T10:00:00Z",
            "Custom.Accepted": "12; 13, #14",
            "Custom.WayBack": "<p>Roll <b>back</b></p>",
            "Custom.Answers": "<div>3: met</div><div>Test: not&nbsp;ready, &lt;3 people</div>",
            "Custom.WindowStart": "2026-12-07T09:00:00Z",
        }
    )

    assert (read.state, read.list_id, read.attempt) == (RfcState.ROLLED_BACK, 5, 2)
    assert read.deployed_at == datetime(2026, 12, 7, 10, tzinfo=UTC)
    assert (sorted(read.accepted), read.way_back) == ([12, 13, 14], "Roll back")
    assert read.answers == "3: met\nTest: not ready, <3 people"
    assert read.window == Window(START, START, ReleaseType.EMERGENCY)


def test_the_fixes_of_an_rfc_are_what_it_is_linked_to_but_for_lists_and_rfcs() -> None:
    rows = [
        a_row("Request for Change", {}, *(Relation(RELATED, target) for target in (11, 12, 20))),
        ItemRow(11, 1, "Bug", {}),
        ItemRow(20, 1, "Candidate List", {}),
    ]

    assert items(rows, (), MHHS).rfcs[7].fixes == {11, 12}


def test_an_rfc_whose_fields_were_emptied_is_still_one_that_stands() -> None:
    read = an_rfc({"System.State": "Approved"})

    assert read.is_live
    assert read.window == Window(NO_TIME, NO_TIME, ReleaseType.PATCH)


def test_what_is_deleted_or_of_another_type_is_nothing() -> None:
    rows = [replace(a_row("Bug", {}), is_deleted=True), a_row("Epic", {})]

    found = items(rows, (), MHHS)

    assert [getattr(found, field.name) for field in fields_of(found)] == [{}, {}, {}]


scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40))


@pytest.mark.slow
@settings(deadline=None)
@given(
    type_name=st.sampled_from(MHHS.all_types),
    fields=st.dictionaries(st.sampled_from(sorted(set(MHHS.fields.values()))), scalars),
)
def test_no_field_can_hold_what_stops_the_reading(type_name: str, fields: dict[str, Scalar]) -> None:
    found = items([a_row(type_name, fields)], (), MHHS)

    assert [*found.defects, *found.lists, *found.rfcs] == [7]
