"""The shared queries of a programme: what each of its people looks for, by kind of work item."""

from __future__ import annotations

from collections.abc import Iterator

from bot.candidate_list import ListState
from bot.change import Field
from bot.defect import Kind, State
from bot.environment import Environment
from bot.known_issues import TAG
from bot.party import Numbers
from bot.programme import Programme
from bot.rfc import RfcState
from bot.shared_query import AllOf, Among, AnyOf, Condition, InState, Mine, NoneOf, NotInState, SharedQuery, Tagged

DEFECT_MANAGER, RELEASE_MANAGER, DEPLOYMENT_MANAGER = "defect manager", "release manager", "deployment manager"
TEST_MANAGER, TESTER, PARTY = "test manager", "tester", "resolving party"

_FIX = (Field.TITLE, Field.STATE, Field.PARTY, Field.VERSION)
_DEFECT = (Field.TITLE, Field.SEVERITY, Field.STATE, Field.FOUND_IN, Field.PARTY, Field.VERSION)
_RELEASE = (Field.TITLE, Field.ENVIRONMENT, Field.PARTY, Field.NUMBER, Field.TYPE, Field.WINDOW_START, Field.WINDOW_END)
_BY_WINDOW = (Field.WINDOW_START, Field.ENVIRONMENT, Field.PARTY)
_NOT_CLOSED = NotInState((State.CLOSED,))


def shared_queries(programme: Programme) -> tuple[SharedQuery, ...]:
    """In the order of the process: fixes, lists, RFCs, retests."""
    return (
        *_of_fixes(programme),
        *_of_lists(),
        *_of_rfcs(programme),
        *_of_retests(programme),
    )


def _of_fixes(programme: Programme) -> Iterator[SharedQuery]:
    resolved, missing = InState((State.RESOLVED,)), _what_is_missing(programme)
    found_in = NoneOf(Field.FOUND_IN, tuple(programme.environments))
    yield _fixes("Resolved, by party", PARTY, resolved, resolved)
    yield _fixes(
        "Resolved, but party, version or environment is missing",
        DEFECT_MANAGER,
        AllOf((resolved, AnyOf((*missing, found_in)))),
        AllOf((resolved, AnyOf(missing))),
    )
    held = AllOf((Tagged(("Hold", *(f"Hold {name}" for name in programme.environments))), _NOT_CLOSED))
    yield _fixes("Defects and change requests held", DEFECT_MANAGER, held, held)
    urgent = AllOf((Tagged(("Emergency",)), NotInState((State.CLOSED, State.READY_FOR_RETEST))))
    yield _defects("Emergencies asked for", TEST_MANAGER, urgent, _DEFECT, (Field.SEVERITY,))
    known = AllOf((Tagged((TAG,)), _NOT_CLOSED))
    yield _defects("Known issues", TESTER, known, _DEFECT, (Field.FOUND_IN, Field.SEVERITY))


def _what_is_missing(programme: Programme) -> tuple[Condition, ...]:
    """What keeps a fix off every list. Who lets Shunter number its releases names no version."""
    numbered_here = tuple(p.name for p in programme.parties.values() if p.numbers is Numbers.SHUNTER)
    version: Condition = NoneOf(Field.VERSION)
    if numbered_here:
        version = AllOf((version, NoneOf(Field.PARTY, numbered_here)))
    return NoneOf(Field.PARTY, tuple(programme.parties)), version


def _of_lists() -> Iterator[SharedQuery]:
    proposed = (*_RELEASE, Field.COMMENT_COUNT)
    agreed = (*_RELEASE, Field.EDITION, Field.WAIVER)
    yield _lists("Candidate lists to agree", ListState.PROPOSED, proposed)
    yield _lists("Candidate lists agreed, no RFC yet", ListState.AGREED, agreed)


def _of_rfcs(programme: Programme) -> Iterator[SharedQuery]:
    yield _rfcs("RFCs to approve", RELEASE_MANAGER, InState((RfcState.RAISED,)), (*_RELEASE, Field.WAIVER))
    yield _rfcs("RFCs rejected", DEFECT_MANAGER, InState((RfcState.REJECTED,)), _RELEASE)
    yield _rfcs("RFCs approved, awaiting deployment", DEPLOYMENT_MANAGER, InState((RfcState.APPROVED,)), _RELEASE)
    deployed, told = InState((RfcState.DEPLOYED,)), (Field.DEPLOYED_AT, Field.OUTCOME, Field.SMOKE)
    if tested := tuple(e.name for e in programme.environments.values() if e.smoke_test):
        untold = AllOf((deployed, Among(Field.ENVIRONMENT, tested), NoneOf(Field.SMOKE)))
        yield _rfcs("RFCs deployed, awaiting smoke test", TEST_MANAGER, untold, (*_RELEASE, *told))
    yield _rfcs("RFCs deployed, to be closed", RELEASE_MANAGER, deployed, (*_RELEASE, *told))


def _of_retests(programme: Programme) -> Iterator[SharedQuery]:
    ready, order = InState((State.READY_FOR_RETEST,)), (Field.FOUND_IN, Field.SEVERITY)
    columns = (*_DEFECT, Field.ASSIGNED_TO, Field.DELIVERED_BY)
    yield _defects("My retests", TESTER, AllOf((ready, Mine(Field.ASSIGNED_TO))), columns, order)
    for environment in programme.environments.values():
        found_here = AllOf((ready, *_found_in(environment, programme)))
        # A slash would part a folder from a query.
        name = environment.name.replace("/", "\N{DIVISION SLASH}")
        yield _defects(f"Ready for retest in {name}", TESTER, found_here, columns, (Field.SEVERITY,))


def _found_in(environment: Environment, programme: Programme) -> Iterator[Condition]:
    """Work items name the environment; of those that a place stands for, it has only its own parties' [M8.2]."""
    yield Among(Field.FOUND_IN, (environment.name, *environment.stands_for))
    here = tuple(p.name for p in programme.parties.values() if environment.name in p.environments)
    if environment.stands_for and here:
        yield Among(Field.PARTY, here)


def _fixes(name: str, who: str, of_defects: Condition, of_changes: Condition) -> SharedQuery:
    asked = ((Kind.DEFECT, of_defects), (Kind.CHANGE_REQUEST, of_changes))
    columns = (*_FIX, Field.SEVERITY, Field.FOUND_IN, Field.PLANNED_FOR, Field.TAGS)
    return SharedQuery(name, who, asked, columns, (Field.PARTY, Field.VERSION))


def _defects(
    name: str, who: str, condition: Condition, columns: tuple[Field, ...], order: tuple[Field, ...]
) -> SharedQuery:
    return SharedQuery(name, who, ((Kind.DEFECT, condition),), columns, order)


def _lists(name: str, state: ListState, columns: tuple[Field, ...]) -> SharedQuery:
    return SharedQuery(name, DEFECT_MANAGER, ((Kind.LIST, InState((state,))),), columns, _BY_WINDOW)


def _rfcs(name: str, who: str, condition: Condition, columns: tuple[Field, ...]) -> SharedQuery:
    return SharedQuery(name, who, ((Kind.RFC, condition),), columns, _BY_WINDOW)
