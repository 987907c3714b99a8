"""The default world: what it holds is what its stories count on, and it is the same each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.mhhs_seeds.parties import PARTIES, SIT_A, SIT_B, STAGING, UIT
from adapters.sandbox.mhhs_seeds.people import SIT_DEFECT_MANAGER, TESTERS, UIT_DEFECT_MANAGER
from adapters.sandbox.mhhs_world import mhhs_world
from adapters.sandbox.person import Person
from adapters.sandbox.work_item import FieldValue, WorkItem

DEPENDS_ON = "System.LinkTypes.Dependency-Reverse"
DUPLICATE_OF = "System.LinkTypes.Duplicate-Reverse"
RELATED = "System.LinkTypes.Related"
ENVIRONMENTS = {STAGING, SIT_A, SIT_B, UIT}

LEFT_OUT = {
    131, 178, 207, 233, 259, 288, 301, 317, 342, 377, 391, 404, 433, 450, 479, 527, 548, 571, 596,
}  # fmt: skip


@pytest.fixture(scope="module")
def azure() -> Azure:
    return mhhs_world()


def defects(azure: Azure, *states: str) -> tuple[WorkItem, ...]:
    return tuple(item for item in azure.items("Bug") if not states or item.state in states)


def own(item: WorkItem, name: str) -> FieldValue | None:
    return item.fields.get(f"Custom.{name}")


def title(item: WorkItem) -> str:
    return str(item.fields["System.Title"])


def resolved(azure: Azure, party: str) -> tuple[WorkItem, ...]:
    return tuple(item for item in defects(azure, "Resolved") if own(item, "ResolvingParty") == party)


def is_eligible(item: WorkItem, azure: Azure) -> bool:
    """Told from the fields and links alone, by the reasons that this world knows."""
    party = PARTIES.get(str(own(item, "ResolvingParty")))
    if party is None or own(item, "FoundIn") not in party.environments or "Hold" in item.tags:
        return False
    if own(item, "FixVersion") not in {party.next_build, party.next_build.removesuffix(".0"), "configuration"}:
        return False
    planned = own(item, "PlannedFor")
    if item.links(DUPLICATE_OF) or (isinstance(planned, datetime) and planned.date() > date(2026, 12, 9)):
        return False
    return all(is_eligible(azure.item(id), azure) for id in item.links(DEPENDS_ON))


def eligible(azure: Azure) -> tuple[WorkItem, ...]:
    return tuple(item for item in defects(azure, "Resolved") if is_eligible(item, azure))


def test_there_are_two_hundred_defects_and_eight_change_requests(azure: Azure) -> None:
    states = Counter(item.state for item in defects(azure))

    assert sum(states.values()) == 200
    assert states == {"New": 25, "Active": 45, "Resolved": 70, "Ready for Retest": 10, "Closed": 50}
    assert all(101 <= item.id <= 999 for item in azure.items())
    assert Counter(item.state for item in azure.items("Change Request")) == {"Resolved": 6, "Approved": 1, "New": 1}


def test_there_is_no_candidate_list_and_no_rfc(azure: Azure) -> None:
    assert {item.type.name for item in azure.items()} == {"Bug", "Change Request"}


def test_it_is_thursday_morning(azure: Azure) -> None:
    assert azure.clock.now() == datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
    assert f"{azure.clock.now():%A}" == "Thursday"
    assert azure.journal == []


def test_a_clock_that_is_given_is_the_clock_of_the_world() -> None:
    clock = SettableClock(datetime(2030, 1, 1, tzinfo=UTC))

    assert mhhs_world(clock).clock is clock
    assert clock.now() == datetime(2026, 12, 3, 9, 30, tzinfo=UTC)


def test_two_worlds_are_the_same_byte_for_byte() -> None:
    one, other = mhhs_world().organisation.boards, mhhs_world().organisation.boards

    assert repr(one).encode() == repr(other).encode()
    assert one.items == other.items


def test_two_worlds_share_nothing(azure: Azure) -> None:
    other = mhhs_world()
    other.person("rm@dcc.example").set_state(123, "Active")

    assert other.item(123).state == "Active"
    assert azure.item(123).state == "Resolved"


def test_the_fixes_of_the_worked_example_are_exactly_six(azure: Azure) -> None:
    fixes = [item for item in eligible(azure) if own(item, "ResolvingParty") == "DCC"]

    assert {item.id: own(item, "FoundIn") for item in fixes} == {
        123: SIT_A, 456: SIT_A, 512: SIT_A, 789: SIT_A, 246: SIT_B, 468: SIT_B,
    }  # fmt: skip
    assert {own(item, "FixVersion") for item in fixes} == {"5.2.16.0"}
    assert not any(item.links(rel) for item in fixes for rel in (DEPENDS_ON, DUPLICATE_OF, RELATED))
    assert [item.id for item in fixes if "<" in title(item)] == [468]


def test_of_the_other_parties_forty_five_fixes_are_eligible(azure: Azure) -> None:
    fixes = Counter(str(own(item, "ResolvingParty")) for item in eligible(azure))

    assert fixes == {"DCC": 6, "Electralink": 9, "Elexon": 12, "RECCo": 8, "St Clements": 7, "Avanade": 9}
    assert {own(item, "FoundIn") for item in eligible(azure)} == ENVIRONMENTS
    assert sum(own(item, "FoundIn") == STAGING for item in eligible(azure)) == 2


def test_every_other_resolved_defect_is_left_out(azure: Azure) -> None:
    everything = {item.id for item in defects(azure, "Resolved")}

    assert everything - {item.id for item in eligible(azure)} == LEFT_OUT


@pytest.mark.parametrize(
    ("id", "holds"),
    [
        pytest.param(131, lambda d: d.tags == ("Hold",), id="held"),
        pytest.param(178, lambda d: own(d, "FixVersion") is None, id="no version"),
        pytest.param(207, lambda d: own(d, "FixVersion") == "abc", id="unreadable version"),
        pytest.param(233, lambda d: own(d, "FixVersion") == "5.2.17" and "Hold" in d.tags, id="later, and held"),
        pytest.param(259, lambda d: own(d, "FixVersion") == "3.5.0.0", id="a minor release"),
        pytest.param(288, lambda d: own(d, "FixVersion") == PARTIES["DCC"].baseline, id="runs already"),
        pytest.param(301, lambda d: own(d, "FixVersion") == PARTIES["Avanade"].baseline, id="runs already in UIT"),
        pytest.param(317, lambda d: f"{own(d, 'PlannedFor'):%Y-%m}" == "2027-01", id="planned for January"),
        pytest.param(342, lambda d: d.links(DEPENDS_ON) == (611,), id="depends on an active one"),
        pytest.param(377, lambda d: d.links(DEPENDS_ON) == (404,), id="depends on one that is left out"),
        pytest.param(391, lambda d: d.links(DUPLICATE_OF) == (420,), id="a duplicate"),
        pytest.param(433, lambda d: own(d, "FoundIn") is None, id="found nowhere"),
        pytest.param(450, lambda d: own(d, "FoundIn") == "SIT-C", id="found in an unknown place"),
        pytest.param(479, lambda d: own(d, "FoundIn") == "SIT-A; SIT-B", id="found in two"),
        pytest.param(527, lambda d: own(d, "FoundIn") == UIT, id="found where the party does not deploy"),
        pytest.param(548, lambda d: own(d, "ResolvingParty") is None, id="no party"),
        pytest.param(571, lambda d: own(d, "ResolvingParty") == "Capgemini", id="unknown party"),
    ],
)
def test_a_defect_is_left_out_for(id: int, holds: Callable[[WorkItem], bool], azure: Azure) -> None:
    assert id in LEFT_OUT
    assert holds(azure.item(id))


def test_what_a_left_out_fix_waits_for_is_not_ready(azure: Azure) -> None:
    assert azure.item(611).state == "Active"
    assert 404 in LEFT_OUT


def test_no_severity_and_no_build_keep_no_fix_out(azure: Azure) -> None:
    fixes = {item.id: item for item in eligible(azure)}

    assert [id for id, d in fixes.items() if "Microsoft.VSTS.Common.Severity" not in d.fields] == [364]
    assert [id for id, d in fixes.items() if own(d, "FixVersion") == "configuration"] == [602]


def test_no_fix_makes_the_number_of_the_next_build_jump(azure: Azure) -> None:
    odd = set()
    for name, party in PARTIES.items():
        versions = {str(own(item, "FixVersion")) for item in resolved(azure, name) if "Hold" not in item.tags}
        usual = {party.next_build, party.next_build.removesuffix(".0"), party.baseline, "None"}
        odd |= {(name, version) for version in versions - usual}

    assert odd == {("DCC", "abc"), ("Electralink", "3.5.0.0"), ("Elexon", "configuration")}


def test_a_hold_was_set_by_the_defect_manager_of_the_phase(azure: Azure) -> None:
    holds = {item.id: item.latest.by.sign_in for item in defects(azure) if "Hold" in item.tags}

    assert holds == {131: SIT_DEFECT_MANAGER, 233: SIT_DEFECT_MANAGER, 596: UIT_DEFECT_MANAGER}


def test_four_known_issues_have_a_workaround(azure: Azure) -> None:
    known = [item for item in defects(azure) if "known-issue" in item.tags]

    assert Counter(own(item, "FoundIn") for item in known) == {SIT_A: 2, SIT_B: 1, UIT: 1}
    assert all(item.state == "Active" and "<" in str(own(item, "Workaround")) for item in known)


def test_change_requests_travel_in_the_builds_of_all_parties_but_dcc(azure: Azure) -> None:
    changes = [item for item in azure.items("Change Request") if item.state == "Resolved"]
    builds = [(str(own(item, "ResolvingParty")), own(item, "FixVersion")) for item in changes]

    assert all(version == PARTIES[party].next_build for party, version in builds)
    assert {party for party, _ in builds} == set(PARTIES) - {"DCC"}
    assert all(item.fields["System.Description"] for item in changes)


def test_fixes_are_linked_to_the_change_request_that_they_belong_to(azure: Azure) -> None:
    related = {item.id: item.links(RELATED) for item in eligible(azure) if item.links(RELATED)}

    assert related == {305: (140,), 420: (189,), 444: (263,)}
    assert all(azure.item(id).type.name == "Change Request" for ids in related.values() for id in ids)


def test_what_was_delivered_names_a_build_that_runs(azure: Azure) -> None:
    for item in defects(azure, "Ready for Retest", "Closed"):
        builds = PARTIES[str(own(item, "ResolvingParty"))].delivered
        expected = builds[-1:] if item.state == "Ready for Retest" else builds[:-1]

        assert own(item, "FixVersion") in expected


def test_what_is_ready_for_retest_lies_with_a_tester(azure: Azure) -> None:
    assert {sign_in(item, "System.AssignedTo") for item in defects(azure, "Ready for Retest")} <= set(TESTERS)


def test_what_is_resolved_lies_with_the_release_manager_of_its_party(azure: Azure) -> None:
    for name, party in PARTIES.items():
        assert {sign_in(item, "System.AssignedTo") for item in resolved(azure, name)} == {party.release_manager}


def test_testers_and_parties_raise_defects_and_some_name_who_retests(azure: Azure) -> None:
    raisers = Counter(sign_in(item, "System.CreatedBy") for item in defects(azure))

    assert set(TESTERS) < set(raisers)
    assert 10 < sum(count for person, count in raisers.items() if person not in TESTERS) < 60
    assert 20 < sum(own(item, "RetestBy") is not None for item in defects(azure)) < 100


def sign_in(item: WorkItem, reference: str) -> str:
    person = item.fields[reference]
    assert isinstance(person, Person)
    return person.sign_in


def test_history_is_told_in_the_order_of_time_and_ends_before_the_story(azure: Azure) -> None:
    moments = [revision.at for revision in azure.organisation.boards.revisions]

    assert moments == sorted(moments)
    assert moments[0].date() == date(2026, 10, 1)
    assert moments[-1] < azure.clock.now()
    assert all(moment.weekday() < 5 for moment in moments)


def test_resolved_defects_were_raised_active_and_resolved_in_late_november(azure: Azure) -> None:
    for item in eligible(azure):
        states = [str(revision.fields["System.State"]) for revision in item.history]

        assert states == ["New", "Active", "Resolved"]
        assert datetime(2026, 11, 24, tzinfo=UTC) < item.latest.at < datetime(2026, 12, 1, tzinfo=UTC)


def test_severities_are_spread(azure: Azure) -> None:
    severities = Counter(str(item.fields.get("Microsoft.VSTS.Common.Severity")) for item in defects(azure))

    assert set(severities) == {"1 - Critical", "2 - High", "3 - Medium", "4 - Low", "None"}
    assert severities["3 - Medium"] > severities["2 - High"] > severities["1 - Critical"]


def test_no_two_titles_are_the_same(azure: Azure) -> None:
    titles = Counter(title(item).casefold() for item in azure.items())

    assert [text for text, count in titles.items() if count > 1] == []


@pytest.mark.parametrize(
    "nasty",
    [
        "<script>alert(1)</script> in IF-031 payload",
        "</td></tr>",
        "](https://",
        "{{7*7}}",
        "[/red] SIT",
        "=HYPERLINK(",
        "'); DROP TABLE",
        "#1 @Dev AB#12",
        "\u202e",
        "\u200b",
        "🔥",
        "ŵ",
        "Ż",
        '"top floor"',
        "O'Neill's",
        "“",
    ],
)
def test_a_title_that_is_hard_to_show_is_resolved(nasty: str, azure: Azure) -> None:
    assert any(nasty in title(item) for item in defects(azure, "Resolved"))


def test_one_title_is_as_long_as_a_title_may_be(azure: Azure) -> None:
    assert [item.id for item in eligible(azure) if len(title(item)) == 255] == [487]
