"""Any world: defects, lists and RFCs in every combination, contradictory ones among them, for properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.any_state import AnyState
from bot.candidate_list import CandidateList, Entry, ListState, Role, seal_of
from bot.defect import Defect, Fix, Kind, State
from bot.environment import Closes, MustPass
from bot.facts import Facts
from bot.history import Step
from bot.number import Number, ReleaseType
from bot.rfc import Rfc, RfcState
from bot.window import emergency_window
from tests.bot.world import (
    BOT,
    DCC,
    DEFECT_MANAGER,
    DEPLOYER,
    ELEXON,
    MONDAY,
    NOW,
    PARTY_MANAGER,
    PASSER_BY,
    RELEASE_MANAGER,
    SIT_A,
    SIT_B,
    TESTER,
    WEEK,
    a_defect,
    a_list,
    a_programme,
    a_window,
    an_environment,
    an_rfc,
    deployed,
    facts,
    number,
    steps,
)

IDS = st.integers(101, 105)
ENVIRONMENTS = st.sampled_from([*["SIT-A"] * 6, "SIT-B", "SIT-B", "UIT", "SIT-C", ""])
PARTIES = st.sampled_from([*["DCC"] * 7, "Elexon", "Capgemini", ""])
VERSIONS = st.sampled_from(
    ["5.2.16.0", "5.2.16.0", "5.2.17.0", "5.2.15.0", "5.2.15.1", "5.2.16.1", "5.3.0.0", "configuration", "abc", ""]
)
REGULAR = st.sampled_from([*(number(f"5.2.{patch}.0") for patch in (14, 16, 16, 17, 18)), None])
URGENT = st.sampled_from([number("5.2.15.1"), number("5.2.15.2"), number("5.2.16.1")])
NUMBERS = st.one_of(REGULAR, REGULAR, URGENT)
TAGS = st.frozensets(st.sampled_from(["Hold", "Hold SIT-B", "known-issue", "Emergency", "nice"]), max_size=2)
WINDOWS = st.sampled_from([a_window(MONDAY), a_window(MONDAY - WEEK), a_window(MONDAY + WEEK)])
PEOPLE = st.sampled_from([BOT, DEFECT_MANAGER, RELEASE_MANAGER, DEPLOYER, PARTY_MANAGER, PASSER_BY])
MOMENTS = st.sampled_from([NOW, NOW - timedelta(minutes=3), NOW - WEEK, None])
ANYWHERE = {name: number("5.2.15.0") for name in ("SIT-A", "SIT-C")}
PROGRAMMES = st.sampled_from(
    [
        a_programme(),
        a_programme(
            [SIT_A, SIT_B, an_environment("UIT", must_pass=(MustPass("SIT-A", True), MustPass("SIT-C", False)))]
        ),
        a_programme([replace(e, closes=Closes.BOT, smoke_test=e is SIT_B) for e in (SIT_A, SIT_B)]),
        a_programme(
            parties=[replace(DCC, environments=("SIT-A", "SIT-C"), baseline=ANYWHERE), ELEXON],
            internal_test="SIT Staging",
        ),
        a_programme([an_environment("SIT-A", weekly=(), approvals={}, agrees={})]),
        a_programme([replace(SIT_A, approval_needs=frozenset({2, 3, 5})), SIT_B], readiness_blocks=True),
    ]
)

USUAL_DEFECTS: st.SearchStrategy[Defect] = st.builds(
    a_defect,
    IDS,
    found_in=st.one_of(ENVIRONMENTS, st.just("SIT-A; SIT-B")),
    version=VERSIONS,
    kind=st.sampled_from([Kind.DEFECT, Kind.DEFECT, Kind.CHANGE_REQUEST]),
    state=st.sampled_from([*[State.RESOLVED] * 8, *State]),
    party=PARTIES,
    severity=st.sampled_from(["1 - Critical", "3 - Medium", ""]),
    tags=TAGS,
    planned_for=st.sampled_from([None, None, date(2026, 12, 7), date(2027, 1, 4)]),
    tested_in=st.sampled_from([frozenset(), frozenset({"SIT Staging"})]),
    depends_on=st.one_of(st.just(frozenset()), st.frozensets(IDS, max_size=2)),
    duplicate_of=st.sampled_from([*[frozenset()] * 5, frozenset({101}), frozenset({999})]),
    delivered_by=st.sampled_from([None, None, 951, 952, 999]),
    raised_by=st.sampled_from([TESTER, BOT, ""]),
    changed_by=st.sampled_from([BOT, TESTER, ""]),
)
ASKED_FOR: st.SearchStrategy[Defect] = st.builds(
    a_defect,
    IDS,
    found_in=ENVIRONMENTS,
    version=URGENT.map(str),
    tags=st.sampled_from([frozenset({"Emergency"}), frozenset({"Emergency", "Hold"})]),
    delivered_by=st.sampled_from([None, 951]),
)
HANDED_OVER: st.SearchStrategy[Defect] = st.builds(
    a_defect,
    IDS,
    found_in=ENVIRONMENTS,
    version=VERSIONS,
    state=st.sampled_from([*[State.READY_FOR_RETEST] * 4, State.CLOSED, State.OPEN]),
    assigned_to=st.just(TESTER),
    changed_by=st.sampled_from([BOT, BOT, TESTER, ""]),
    delivered_by=st.integers(951, 955),
)
DEFECTS = st.one_of(USUAL_DEFECTS, USUAL_DEFECTS, ASKED_FOR, HANDED_OVER)
ENTRIES = st.builds(
    Entry,
    st.builds(Fix, IDS, st.one_of(st.just(number("5.2.16.0")), st.just(number("5.2.17.0")), URGENT)),
    st.sampled_from([*[Role.RETEST_HERE] * 4, *Role]),
)


ANSWERS = st.sampled_from(["", "", "3: met, all well\nParticipants: ready", "2: approved\n5: waived, agreed\nhm"])


def _sealed(candidate_list: CandidateList, is_sealed: bool) -> CandidateList:
    if not is_sealed:
        return candidate_list
    c = candidate_list
    return replace(c, seal=seal_of(c.key, c.type, c.window, c.entries), edition=1)


def _numbered(release: Number | None, **other: Any) -> CandidateList:
    """Mostly of the type that its number has; an emergency's list for one of its hours."""
    made = replace(a_list(**other), number=release)
    if release is None or release.is_regular or made.waiver:
        return made
    return replace(made, type=ReleaseType.EMERGENCY, window=emergency_window(NOW))


LISTS: st.SearchStrategy[CandidateList] = st.builds(
    _sealed,
    st.builds(
        _numbered,
        NUMBERS,
        id=st.integers(901, 905),
        environment=ENVIRONMENTS,
        party=PARTIES,
        type=st.sampled_from([ReleaseType.PATCH, ReleaseType.PATCH, ReleaseType.EMERGENCY]),
        state=st.sampled_from([*[ListState.AGREED] * 3, ListState.RAISED, *ListState]),
        window=WINDOWS,
        entries=st.frozensets(ENTRIES, max_size=4),
        waiver=st.sampled_from(["", "", "Rhona: needed", "Rhona: 101 and 102 are obsolete"]),
        claim=st.sampled_from(["", "", "1f: DCC"]),
        changed_at=MOMENTS,
        written=st.sampled_from([None, a_list().written]),
    ),
    st.booleans(),
)


def _rfcs(lists: list[CandidateList]) -> st.SearchStrategy[list[Rfc]]:
    of: st.SearchStrategy[CandidateList | None] = st.sampled_from([*lists, *lists, None])
    rfc = st.builds(
        an_rfc,
        st.integers(951, 955),
        of=of,
        state=st.sampled_from([*[RfcState.DEPLOYED] * 4, *[RfcState.ROLLED_BACK] * 2, RfcState.APPROVED, *RfcState]),
        outcome=st.sampled_from(["", "", "succeeded", "superseded", "rolled back", "failed", "partial"]),
        deployed_at=MOMENTS,
        smoke=st.sampled_from(["", "passed", "failed"]),
        accepted=st.frozensets(IDS, max_size=1),
        delivered=st.one_of(st.none(), st.none(), st.frozensets(IDS, max_size=3)),
        waiver=st.sampled_from(["", "", "Rhona: 103"]),
        answers=ANSWERS,
        changed_at=MOMENTS,
        edition=st.integers(0, 2),
    )
    odd = st.builds(
        lambda rfc, environment, party, n: replace(rfc, environment=environment, party=party, number=n, list_id=77),
        rfc,
        ENVIRONMENTS,
        PARTIES,
        NUMBERS,
    )
    return st.lists(st.one_of(rfc, rfc, odd), max_size=4)


def _history(item: CandidateList | Rfc) -> st.SearchStrategy[tuple[Step, ...]]:
    """The state that the item is in was set last; what came before may be anything."""
    states: list[AnyState] = list(ListState if isinstance(item, CandidateList) else RfcState)
    before = st.lists(st.tuples(PEOPLE, st.sampled_from([None, *states])), max_size=3)

    def told(earlier: list[tuple[str, AnyState | None]], by: str, seal: str) -> tuple[Step, ...]:
        return tuple(
            Step(rev, NOW - WEEK + rev * timedelta(hours=1), who, state, seal, getattr(item, "answers", ""))
            for rev, (who, state) in enumerate([*earlier, (by, item.state)])
        )

    any_history = st.builds(told, before, PEOPLE, st.sampled_from([item.seal, item.seal, "another"]))
    usual = steps((BOT, ListState.PROPOSED), (DEFECT_MANAGER, ListState.AGREED))
    return st.one_of(st.just(usual if isinstance(item, CandidateList) else deployed(item, NOW)), any_history)


def _with_histories(world: Facts) -> st.SearchStrategy[Facts]:
    items: list[CandidateList | Rfc] = [*world.lists.values(), *world.rfcs.values()]
    told = {item.id: st.one_of(st.just(()), _history(item), _history(item)) for item in items}
    return st.fixed_dictionaries(told).map(lambda histories: replace(world, histories=histories))


def any_facts() -> st.SearchStrategy[Facts]:
    lists = st.lists(LISTS, max_size=4)
    with_rfcs = lists.flatmap(lambda found: st.tuples(st.just(found), _rfcs(found)))
    worlds = st.builds(
        lambda defects, found, programme: facts(*defects, *found[0], *found[1], programme=programme),
        st.lists(DEFECTS, max_size=8),
        with_rfcs,
        PROGRAMMES,
    )
    told = worlds.flatmap(_with_histories)
    return st.one_of(told, told, _about_one_release()).flatmap(_with_former_assignees)


def _about_one_release() -> st.SearchStrategy[Facts]:
    """A release of SIT-A that was agreed and approved, and whatever came of it, with other defects beside it."""
    return st.builds(
        _one_release,
        st.lists(DEFECTS, max_size=4),
        st.sampled_from(["5.2.16.0", "5.2.16.0", "5.2.15.1"]),
        st.dictionaries(IDS, st.sampled_from([*[State.RESOLVED] * 2, *[State.READY_FOR_RETEST] * 2, State.CLOSED])),
        st.sampled_from([BOT, BOT, TESTER]),
        st.fixed_dictionaries(
            {
                "state": st.sampled_from(
                    [RfcState.DEPLOYED, RfcState.DEPLOYED, RfcState.ROLLED_BACK, RfcState.CLOSED, RfcState.APPROVED]
                ),
                "outcome": st.sampled_from(["", "", "succeeded", "rolled back", "failed"]),
                "delivered": st.one_of(st.none(), st.frozensets(IDS, max_size=3)),
                "accepted": st.frozensets(IDS, max_size=1),
            }
        ),
    )


def _one_release(
    others: list[Defect], release: str, states: dict[int, State], by: str, came_of_it: dict[str, Any]
) -> Facts:
    named = [
        a_defect(id, version=release, state=s, changed_by=by, delivered_by=None if s is State.RESOLVED else 951)
        for id, s in states.items()
    ]
    fixes = frozenset(Entry(Fix(id, number(release)), Role.RETEST_HERE) for id in states)
    raised = _sealed(_numbered(number(release), state=ListState.RAISED, entries=fixes), True)
    rfc = an_rfc(of=raised, **came_of_it)
    return facts(*others, *named, raised, rfc, histories={rfc.id: deployed(rfc, NOW)})


def _with_former_assignees(world: Facts) -> st.SearchStrategy[Facts]:
    people = st.fixed_dictionaries({id: st.sampled_from([PARTY_MANAGER, TESTER, ""]) for id in world.defects})
    return people.map(lambda former: replace(world, former_assignees=former))
