"""Any world: defects, lists and RFCs in every combination, contradictory ones among them, for properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.any_state import AnyState
from bot.candidate_list import CandidateList, Entry, ListState, Role, seal_of
from bot.change import Field
from bot.defect import Defect, Fix, Kind, State
from bot.environment import Closes, Dated, MustPass
from bot.facts import Facts
from bot.history import Step
from bot.number import Number, ReleaseType
from bot.outcome import Outcome
from bot.party import Numbers
from bot.rfc import Rfc, RfcState
from bot.sighting import EVIDENCE, Shows
from bot.window import Window, emergency_window
from tests.bot.evidence import a_deployment
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
    approved,
    deployed,
    facts,
    key,
    number,
    steps,
    undone,
)


def examples(share: float) -> settings:
    """That share of the examples which the profile asks for: of a hundred, or of many more in a campaign."""
    asked_for = round(settings().max_examples * share)
    return settings(max_examples=asked_for, deadline=None, suppress_health_check=[HealthCheck.too_slow])


IDS = st.integers(101, 105)
ENVIRONMENTS = st.sampled_from([*["SIT-A"] * 6, "SIT-B", "SIT-B", "UIT", "SIT-C", ""])
PARTIES = st.sampled_from([*["DCC"] * 7, "Elexon", "Capgemini", ""])
VERSIONS = st.sampled_from(
    [
        *["5.2.16.0"] * 2,
        "5.2.17.0",
        "5.2.15.0",
        "5.2.15.1",
        "5.2.16.1",
        "5.3.0.0",
        "6.0.0.0",
        "6.0.1.0",
        "configuration",
        "abc",
        "",
    ]
)
REGULAR = st.sampled_from([*(number(f"5.2.{patch}.0") for patch in (14, 16, 16, 17, 18)), number("6.0.0.0"), None])
URGENT = st.sampled_from([number("5.2.15.1"), number("5.2.15.2"), number("5.2.16.1")])
NUMBERS = st.one_of(REGULAR, REGULAR, URGENT)
TAGS = st.frozensets(st.sampled_from(["Hold", "Hold SIT-B", "known-issue", "Emergency", "nice"]), max_size=2)
WINDOWS = st.sampled_from([a_window(MONDAY), a_window(MONDAY - WEEK), a_window(MONDAY + WEEK)])
PEOPLE = st.sampled_from([BOT, DEFECT_MANAGER, RELEASE_MANAGER, DEPLOYER, PARTY_MANAGER, PASSER_BY])
OUTCOMES = ("", "succeeded", "superseded", "rolled back", "failed", "partial")
MOMENTS = st.sampled_from([NOW, NOW - timedelta(minutes=3), NOW - WEEK, None])
SATURDAY = a_window(MONDAY + 12 * timedelta(days=1), ReleaseType.MAJOR)
BASELINE = Dated(SATURDAY.start, SATURDAY.end, ReleaseType.MAJOR, "IR8")
WITH_MAJOR = [
    replace(SIT_A, dated=(replace(BASELINE, after="IR7.1"),)),
    replace(SIT_B, dated=(replace(BASELINE, numbers={"DCC": number("6.0.0.0")}),)),
    an_environment("UIT", regular_type=ReleaseType.MINOR),
]
ANYWHERE = {name: number("5.2.15.0") for name in ("SIT-A", "SIT-C")}
UIT_AFTER_SIT = an_environment("UIT", must_pass=(MustPass("SIT-A", is_mandatory=True, except_found_here=True),))
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
        a_programme(WITH_MAJOR),
        a_programme(WITH_MAJOR, parties=[replace(DCC, numbers=Numbers.SHUNTER), ELEXON]),
        a_programme(parties=[replace(DCC, numbers=Numbers.SHUNTER, baseline={}), ELEXON]),
        a_programme(
            [SIT_A, SIT_B, an_environment("SIT", stands_for=("SIT-A", "SIT-B")), UIT_AFTER_SIT],
            [replace(DCC, environments=("SIT", "UIT"), baseline={"SIT": number("5.2.15.0")}), ELEXON],
        ),
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
        type=st.sampled_from([*[ReleaseType.PATCH] * 4, *[ReleaseType.EMERGENCY] * 2, *ReleaseType]),
        number_text=st.sampled_from(["", "", "5.2"]),
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


def _raised_for(id: int, *, window: Window | None, is_by_hand: bool, **other: Any) -> Rfc:
    """Mostly in the window of its list; one that was raised by hand has its key alone."""
    made = an_rfc(id, **other)
    made = made if window is None else replace(made, window=window)
    return replace(made, list_id=None, seal="", edition=0) if is_by_hand else made


def _rfcs(lists: list[CandidateList]) -> st.SearchStrategy[list[Rfc]]:
    of: st.SearchStrategy[CandidateList | None] = st.sampled_from([*lists, *lists, None])
    rfc = st.builds(
        _raised_for,
        st.integers(951, 955),
        of=of,
        state=st.sampled_from([*[RfcState.DEPLOYED] * 4, *[RfcState.ROLLED_BACK] * 2, RfcState.APPROVED, *RfcState]),
        outcome=st.sampled_from(["", *OUTCOMES]),
        deployed_at=MOMENTS,
        smoke=st.sampled_from(["", "passed", "failed"]),
        accepted=st.frozensets(IDS, max_size=1),
        delivered=st.one_of(st.none(), st.none(), st.frozensets(IDS, max_size=3)),
        waiver=st.sampled_from(["", "", "Rhona: 103"]),
        answers=ANSWERS,
        changed_at=MOMENTS,
        edition=st.sampled_from([0, *[1] * 4, 2]),
        attempt=st.integers(1, 3),
        window=st.one_of(st.none(), st.none(), WINDOWS),
        is_by_hand=st.sampled_from([False, False, False, True]),
    )
    odd = st.builds(
        lambda rfc, environment, party, n, list_id: replace(
            rfc, environment=environment, party=party, number=n, list_id=list_id
        ),
        rfc,
        ENVIRONMENTS,
        PARTIES,
        NUMBERS,
        st.sampled_from([77, None]),
    )
    return st.lists(st.one_of(rfc, rfc, odd), max_size=4)


_TOLD = [{Field.OUTCOME: text} for text in OUTCOMES]
Revision = tuple[str, AnyState | None, dict[Field, str]]
"""Who made it, the state that it set, and what it wrote."""
WRITTEN: list[dict[Field, str]] = [
    {Field.SMOKE: "passed"},
    {Field.SMOKE: "failed"},
    {Field.WAIVER: "101 is obsolete"},
    {Field.ACCEPTED: "101"},
    {Field.ACCEPTED: "101, 102"},
    {Field.EVIDENCE: "the log of the pipeline"},
    {Field.DEPLOYED_AT: (NOW - WEEK).isoformat()},
    {Field.WINDOW_START: MONDAY.isoformat()},
]


def _history(item: CandidateList | Rfc) -> st.SearchStrategy[tuple[Step, ...]]:
    """The state that the item is in was set last; what came before may be anything."""
    states: list[AnyState] = list(ListState if isinstance(item, CandidateList) else RfcState)
    wrote = st.sampled_from([{}, {}, {}, *({Field.OUTCOME: text} for text in OUTCOMES), *WRITTEN])
    before = st.lists(st.tuples(PEOPLE, st.sampled_from([None, *states]), wrote), max_size=4)

    def told(earlier: list[Revision], by: str, seal: str) -> tuple[Step, ...]:
        return tuple(
            Step(rev, NOW - WEEK + rev * timedelta(hours=1), who, state, seal, getattr(item, "answers", ""), written)
            for rev, (who, state, written) in enumerate([*earlier, (by, item.state, {})])
        )

    any_history = st.builds(told, before, PEOPLE, st.sampled_from([item.seal, item.seal, "another"]))
    if isinstance(item, CandidateList):
        return st.one_of(st.just(steps((BOT, ListState.PROPOSED), (DEFECT_MANAGER, ListState.AGREED))), any_history)
    return st.one_of(st.just(deployed(item, NOW)), _tried(item), any_history)


def _tried(rfc: Rfc) -> st.SearchStrategy[tuple[Step, ...]]:
    """An approved release that was tried, with whatever came of it, and asked for again."""
    again: st.SearchStrategy[Revision] = st.tuples(
        st.sampled_from([RELEASE_MANAGER, DEPLOYER, BOT]), st.just(RfcState.APPROVED), st.just({})
    )
    ends = st.sampled_from([None, RfcState.DEPLOYED, RfcState.DEPLOYED, RfcState.ROLLED_BACK])
    told: st.SearchStrategy[Revision] = st.tuples(
        st.sampled_from([DEPLOYER, DEPLOYER, BOT]), ends, st.sampled_from([{}, *WRITTEN, *_TOLD])
    )

    def history(revisions: list[Revision]) -> tuple[Step, ...]:
        first = approved(rfc)
        return (
            *first,
            *(
                Step(
                    rev,
                    NOW - WEEK + rev * timedelta(hours=1),
                    by,
                    state,
                    rfc.seal,
                    rfc.answers,
                    wrote,
                    rule=_rule(by, rev),
                )
                for rev, (by, state, wrote) in enumerate(revisions, start=len(first) + 1)
            ),
        )

    return st.lists(st.one_of(told, told, again), max_size=6).map(history)


def _rule(by: str, rev: int) -> str:
    """Some of what the bot writes is by evidence."""
    return EVIDENCE if by == BOT and rev % 2 else ""


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
    return st.one_of(told, told, _about_one_release()).flatmap(_with_former_assignees).flatmap(_with_sightings)


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
    told = undone(rfc, NOW) if rfc.state is RfcState.ROLLED_BACK else deployed(rfc, NOW)
    return facts(*others, *named, raised, rfc, histories={rfc.id: told})


def _with_sightings(world: Facts) -> st.SearchStrategy[Facts]:
    """Of releases that RFCs ask for, and of one that none does."""
    keys = [r.key for r in world.rfcs.values() if r.number is not None] or [key()]
    sightings = st.builds(
        lambda about, shows, hours, outcome: a_deployment(
            str(about.number),
            NOW + timedelta(hours=hours),
            environment=about.environment,
            party=about.party,
            shows=shows,
            outcome=outcome,
        ),
        st.sampled_from([*keys, key("SIT-A", "5.2.17.0")]),
        st.sampled_from([Shows.DEPLOYMENT, Shows.DEPLOYMENT, Shows.SMOKE_TEST]),
        st.integers(-200, 3),
        st.sampled_from([Outcome.SUCCEEDED, Outcome.SUCCEEDED, Outcome.FAILED, Outcome.PARTIAL]),
    )
    return st.lists(sightings, max_size=3).map(lambda found: replace(world, sightings=tuple(found)))


def _with_former_assignees(world: Facts) -> st.SearchStrategy[Facts]:
    people = st.fixed_dictionaries({id: st.sampled_from([PARTY_MANAGER, TESTER, ""]) for id in world.defects})
    return people.map(lambda former: replace(world, former_assignees=former))
