"""Which shared queries a programme has, and what each of them asks for."""

from collections.abc import Iterable

import pytest

from bot.change import Field
from bot.defect import Kind, State
from bot.environment import Environment
from bot.party import Numbers, Party
from bot.programme import Programme
from bot.shared_queries import shared_queries
from bot.shared_query import AllOf, Among, AnyOf, Condition, InState, NoneOf, SharedQuery, Tagged
from tests.bot.world import a_programme

READY = InState((State.READY_FOR_RETEST,))
MISSING = "Resolved, but party, version or environment is missing"


def programme(*environments: Environment, parties: Iterable[Party] = ()) -> Programme:
    return a_programme(environments, parties)


def named(name: str, of: Programme) -> SharedQuery | None:
    return next((query for query in shared_queries(of) if query.name == name), None)


def condition(name: str, of: Programme, kind: Kind = Kind.DEFECT) -> Condition:
    found = named(name, of)
    assert found is not None, name
    return dict(found.asked)[kind]


def test_everybody_of_the_process_finds_what_to_do_next() -> None:
    found = shared_queries(programme(Environment("SIT-A"), Environment("UIT"), parties=[Party("DCC")]))

    assert [(query.who, query.name) for query in found] == [
        ("resolving party", "Resolved, by party"),
        ("defect manager", MISSING),
        ("defect manager", "Defects and change requests held"),
        ("test manager", "Emergencies asked for"),
        ("tester", "Known issues"),
        ("defect manager", "Candidate lists to agree"),
        ("defect manager", "Candidate lists agreed, no RFC yet"),
        ("release manager", "RFCs to approve"),
        ("defect manager", "RFCs rejected"),
        ("deployment manager", "RFCs approved, awaiting deployment"),
        ("release manager", "RFCs deployed, to be closed"),
        ("tester", "My retests"),
        ("tester", "Ready for retest in SIT-A"),
        ("tester", "Ready for retest in UIT"),
    ]


def test_smoke_tests_are_waited_for_only_where_they_are_asked() -> None:
    name = "RFCs deployed, awaiting smoke test"

    assert named(name, programme(Environment("SIT-A"))) is None
    asked = condition(name, programme(Environment("SIT-A"), Environment("QAS2", smoke_test=True)), Kind.RFC)
    assert isinstance(asked, AllOf)
    assert asked.conditions[1:] == (Among(Field.ENVIRONMENT, ("QAS2",)), NoneOf(Field.SMOKE))


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        pytest.param(
            Environment("SIT-A"),
            AllOf((READY, Among(Field.FOUND_IN, ("SIT-A",)))),
            id="what it found is retested in it",
        ),
        pytest.param(
            Environment("SIT", stands_for=("SIT-A", "SIT-B")),
            AllOf((READY, Among(Field.FOUND_IN, ("SIT", "SIT-A", "SIT-B")), Among(Field.PARTY, ("X",)))),
            id="of a place, only what its own parties resolve",
        ),
        pytest.param(
            Environment("Unused", stands_for=("SIT-A",)),
            AllOf((READY, Among(Field.FOUND_IN, ("Unused", "SIT-A")))),
            id="a place that no party has yet",
        ),
    ],
)
def test_a_tester_finds_what_the_environment_found(environment: Environment, expected: Condition) -> None:
    of = programme(environment, parties=[Party("DCC", environments=("SIT-A",)), Party("X", environments=("SIT",))])

    assert condition(f"Ready for retest in {environment.name}", of) == expected


def test_a_slash_in_the_name_of_an_environment_makes_no_folder() -> None:
    names = [query.name for query in shared_queries(programme(Environment("SIT/A")))]

    assert names[-1] == "Ready for retest in SIT\N{DIVISION SLASH}A"
    assert not any("/" in name for name in names)


def test_a_hold_for_one_environment_is_found_too() -> None:
    asked = condition("Defects and change requests held", programme(Environment("SIT-A"), Environment("UIT")))

    assert isinstance(asked, AllOf)
    assert asked.conditions[0] == Tagged(("Hold", "Hold SIT-A", "Hold UIT"))


@pytest.mark.parametrize(
    ("numbers", "version"),
    [
        pytest.param(Numbers.PARTY, NoneOf(Field.VERSION), id="a party that numbers its releases"),
        pytest.param(
            Numbers.SHUNTER,
            AllOf((NoneOf(Field.VERSION), NoneOf(Field.PARTY, ("DCC",)))),
            id="one whose releases Shunter numbers",
        ),
    ],
)
def test_a_version_is_missed_where_the_party_has_to_name_one(numbers: Numbers, version: Condition) -> None:
    of = programme(Environment("SIT-A"), parties=[Party("DCC", numbers=numbers)])
    party, environment = NoneOf(Field.PARTY, ("DCC",)), NoneOf(Field.FOUND_IN, ("SIT-A",))
    resolved = InState((State.RESOLVED,))

    assert condition(MISSING, of) == AllOf((resolved, AnyOf((party, version, environment))))
    assert condition(MISSING, of, Kind.CHANGE_REQUEST) == AllOf((resolved, AnyOf((party, version))))
