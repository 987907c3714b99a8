"""A small programme and what can happen in it: values for the tests, ordinary unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.any_state import AnyState
from bot.candidate_list import CandidateList, Entry, Key, ListState, Role, seal_of
from bot.change import Field
from bot.defect import Defect, Fix, Kind, State
from bot.environment import Environment, Weekly
from bot.facts import Facts
from bot.history import Step
from bot.number import Number, ReleaseType, read_number
from bot.party import Party, WayBack
from bot.picture import Picture
from bot.place import at_places
from bot.programme import Programme
from bot.rfc import Rfc, RfcState
from bot.window import Window
from bot.working_days import WorkingDays
from bot.written import Written

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
"""A Thursday."""
MONDAY = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
"""The start of the next weekly window; its notice runs out on Friday at 09:00."""
PATCH = ReleaseType.PATCH
HOLIDAYS = {
    date(2026, 12, 25): "Christmas Day",
    date(2026, 12, 28): "Boxing Day (substitute day)",
    date(2027, 1, 1): "New Year's Day",
}
WEEK = timedelta(weeks=1)

BOT = "shunter@mhhs.example"
DEFECT_MANAGER = "dev.patel@si.example"
RELEASE_MANAGER = "rhona.reid@si.example"
DEPLOYER = "dora.okafor@si.example"
TESTER = "tess.hall@st.example"
OTHER_TESTER = "theo.quinn@st.example"
TEST_DEFECT_MANAGER = "tara.iqbal@st.example"
PARTY_MANAGER = "rm@dcc.example"
ENVIRONMENTS_MANAGER = "eve.lund@si.example"
BUILD_MANAGER = "bill.ngata@si.example"
GOVERNOR = "gwen.holt@programme.example"
PASSER_BY = "tim@st.example"


def number(text: str) -> Number:
    found = read_number(text)
    assert found is not None, text
    return found


def at(text: str) -> datetime:
    """An instant of London's clocks, such as `2026-12-07 09:00`, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def an_environment(name: str = "SIT-A", **other: Any) -> Environment:
    usual = Environment(
        name=name,
        approvals={"SI Release Manager": frozenset({RELEASE_MANAGER})},
        agrees={"defect manager": frozenset({DEFECT_MANAGER})},
        test_defect_manager=TEST_DEFECT_MANAGER,
        weekly=(Weekly(0, time(9), timedelta(hours=2)),),
    )
    return replace(usual, **other)


def a_party(name: str = "DCC", **other: Any) -> Party:
    environments = ("SIT-A", "SIT-B", "UIT")
    usual = Party(
        name=name,
        components=(f"{name} core",),
        environments=environments,
        release_managers=frozenset({f"rm@{name.lower()}.example"}),
        baseline={environment: number("5.2.15.0") for environment in environments},
    )
    return replace(usual, **other)


SIT_A = an_environment("SIT-A", level_with=("SIT-B",))
SIT_B = an_environment("SIT-B", level_with=("SIT-A",))
UIT = an_environment("UIT")
DCC = a_party()
ELEXON = a_party("Elexon", way_back=WayBack.FIX_FORWARD)


def a_programme(
    environments: Iterable[Environment] = (SIT_A, SIT_B, UIT), parties: Iterable[Party] = (DCC, ELEXON), **other: Any
) -> Programme:
    usual = Programme(
        name="MHHS",
        working_days=WorkingDays(LONDON, HOLIDAYS),
        environments={environment.name: environment for environment in environments},
        parties={party.name: party for party in parties},
    )
    return replace(usual, **other)


def a_defect(id: int = 123, *, found_in: str = "SIT-A", version: str = "5.2.16.0", **other: Any) -> Defect:
    """Resolved, and ready for its party's next release; `found_in` may name several, parted by a semicolon."""
    usual = Defect(
        id=id,
        rev=3,
        title=f"Defect {id}",
        state=State.RESOLVED,
        severity="2 - High",
        found_in=tuple(name.strip() for name in found_in.split(";") if name.strip()),
        party="DCC",
        version_text=version,
        raised_by=TESTER,
        assigned_to=PARTY_MANAGER,
    )
    return replace(usual, **other)


def a_change_request(id: int = 31, **other: Any) -> Defect:
    usual: dict[str, Any] = {"found_in": "", "kind": Kind.CHANGE_REQUEST, "severity": "", "title": f"Change {id}"}
    return a_defect(id, **usual | other)


def a_window(start: datetime = MONDAY, type_: ReleaseType = PATCH) -> Window:
    return Window(start, start + timedelta(hours=2), type_)


def an_entry(id: int, role: Role = Role.RETEST_HERE, fixed_by: str = "5.2.16.0") -> Entry:
    return Entry(Fix(id, number(fixed_by)), role)


def entries(here: Iterable[int] = (), elsewhere: Iterable[int] = (), fixed_by: str = "5.2.16.0") -> frozenset[Entry]:
    return frozenset(
        {an_entry(id, Role.RETEST_HERE, fixed_by) for id in here}
        | {an_entry(id, Role.RETEST_ELSEWHERE, fixed_by) for id in elsewhere}
    )


def a_list(id: int = 901, *, environment: str = "SIT-A", release: str = "5.2.16.0", **other: Any) -> CandidateList:
    """Proposed by the bot; with `entries`, and `written=None` where a person set the number."""
    usual = CandidateList(
        id=id,
        rev=2,
        state=ListState.PROPOSED,
        environment=environment,
        party="DCC",
        type=PATCH,
        window=a_window(),
        number=number(release) if release else None,
        entries=entries(here=[123]),
        written=Written("r1", "propose", "proposed", "", release),
        title="Candidate list",
    )
    return replace(usual, **other)


def a_sealed_list(id: int = 901, *, state: ListState = ListState.AGREED, **other: Any) -> CandidateList:
    agreed = a_list(id, **other | {"state": state, "edition": other.get("edition", 1)})
    seal = seal_of(agreed.key, agreed.type, agreed.window, agreed.entries)
    return replace(agreed, seal=other.get("seal", seal))


def an_rfc(id: int = 951, *, of: CandidateList | None = None, state: RfcState = RfcState.RAISED, **other: Any) -> Rfc:
    """The RFC that was raised for the list `of`."""
    sealed = of if of is not None else a_sealed_list(state=ListState.RAISED)
    usual = Rfc(
        id=id,
        rev=2,
        state=state,
        environment=sealed.environment,
        party=sealed.party,
        number=sealed.number,
        type=sealed.type,
        window=sealed.window,
        list_id=sealed.id,
        edition=sealed.edition,
        seal=sealed.seal,
        fixes=frozenset(entry.fix.defect for entry in sealed.entries),
    )
    return replace(usual, **other)


def key(environment: str = "SIT-A", release: str = "5.2.16.0", party: str = "DCC") -> Key:
    return Key(environment, party, number(release))


def steps(
    *told: tuple[str, AnyState], seal: str = "", since: datetime = NOW - WEEK, linked: frozenset[int] = frozenset()
) -> tuple[Step, ...]:
    """Who set which state, an hour after another; `seal` stood all the time, and so did the links to fixes."""
    hour = timedelta(hours=1)
    return tuple(
        Step(rev, since + rev * hour, by, state, seal, linked=linked) for rev, (by, state) in enumerate(told, start=1)
    )


def approved(rfc: Rfc, by: str = RELEASE_MANAGER) -> tuple[Step, ...]:
    return steps((BOT, RfcState.RAISED), (by, RfcState.APPROVED), seal=rfc.seal, linked=rfc.fixes)


def deployed(rfc: Rfc, when: datetime = MONDAY) -> tuple[Step, ...]:
    """Approved by the release manager, and deployed at `when`."""
    return (*approved(rfc), Step(3, when, DEPLOYER, RfcState.DEPLOYED, rfc.seal))


def answering(rfc: Rfc, *told: tuple[str, str], since: datetime = NOW) -> tuple[Step, ...]:
    """Raised by the bot; then who left which text in its answers, an hour after another."""
    raised = Step(1, since, BOT, RfcState.RAISED, rfc.seal)
    hour = timedelta(hours=1)
    written = (Step(rev, since + (rev - 1) * hour, by, None, rfc.seal, text) for rev, (by, text) in enumerate(told, 2))
    return (raised, *written)


def undone(rfc: Rfc, when: datetime = MONDAY + timedelta(hours=3)) -> tuple[Step, ...]:
    """Deployed on Monday, and then rolled back by those who had deployed it."""
    return (*deployed(rfc), Step(4, when, DEPLOYER, RfcState.ROLLED_BACK, rfc.seal))


def writes(
    steps: Sequence[Step], by: str, state: AnyState | None = None, at: datetime = MONDAY, **fields: str
) -> tuple[Step, ...]:
    """One revision more, in which somebody wrote into these fields: `outcome="failed"`."""
    last = steps[-1]
    wrote = {Field[name.upper()]: text for name, text in fields.items()}
    return (*steps, Step(last.rev + 1, at, by, state, last.seal, last.answers, wrote))


def facts(
    *items: Defect | CandidateList | Rfc,
    now: datetime = NOW,
    programme: Programme | None = None,
    histories: Mapping[int, tuple[Step, ...]] | None = None,
) -> Facts:
    return at_places(
        Facts(
            now=now,
            bot=BOT,
            programme=programme or a_programme(),
            defects={item.id: item for item in items if isinstance(item, Defect)},
            lists={item.id: item for item in items if isinstance(item, CandidateList)},
            rfcs={item.id: item for item in items if isinstance(item, Rfc)},
            histories=histories or {},
        )
    )


def a_picture(
    *items: Defect | CandidateList | Rfc,
    now: datetime = NOW,
    programme: Programme | None = None,
    histories: Mapping[int, tuple[Step, ...]] | None = None,
) -> Picture:
    return Picture(facts(*items, now=now, programme=programme, histories=histories))
