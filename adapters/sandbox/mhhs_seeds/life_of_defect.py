"""The life of a defect before the story starts: raised, triaged, resolved, delivered, closed, as far as it came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from adapters.sandbox.mhhs_seeds import moments
from adapters.sandbox.mhhs_seeds.act import Act
from adapters.sandbox.mhhs_seeds.parties import PARTIES, release_manager_of
from adapters.sandbox.mhhs_seeds.people import TESTERS, defect_manager_of, deployed_by
from adapters.sandbox.mhhs_seeds.seed import DefectSeed, Stage

HOUR = timedelta(hours=1)
STATE, ASSIGNED_TO, HISTORY, TAGS = "System.State", "System.AssignedTo", "System.History", "System.Tags"
VERSION = "Custom.FixVersion"

STEPS = (
    "<div>1. Load the test data set.</div><div>2. Send the message.</div><div>3. Compare.</div>",
    "<div>As in the title. Logs are with the test lead.</div>",
    "<div>Happens each time, on two machines.</div><div>Expected: <b>no error</b>.</div>",
    "<div>Seen once, could not do it again so far.</div>",
)
TALK = (
    "<div>Agreed in the triage call.</div>",
    "<div>The party can reproduce it.</div>",
    "<div>Same cause as last month?</div>",
)


def life_of_defect(seed: DefectSeed, rng: Random) -> Iterator[Act]:
    """In the order of time; the same for the same state of `rng`."""
    raised = _raised(seed, rng)
    yield raised
    if not seed.stage.has_reached(Stage.ACTIVE):
        return
    triaged = _triaged(seed, raised.at, rng)
    yield triaged
    if seed.tags:
        yield _made_known(seed, triaged.at, rng)
    if not seed.stage.has_reached(Stage.RESOLVED):
        return
    resolved = _resolved(seed, triaged.at, rng)
    yield resolved
    if seed.held:
        yield _held(seed, rng)
    if seed.stage.has_reached(Stage.READY_FOR_RETEST):
        yield from _delivered(seed, resolved.at, rng)


def _raised(seed: DefectSeed, rng: Random) -> Act:
    fields = {
        "System.Title": seed.title,
        "Microsoft.VSTS.TCM.ReproSteps": rng.choice(STEPS),
        "Microsoft.VSTS.Common.Severity": seed.severity or None,  # None: without the default of the process
        "Microsoft.VSTS.Common.Priority": seed.priority,
        "Custom.FoundIn": seed.found_in,
        "Custom.RetestBy": seed.retest_by,
    }
    return Act(moments.raised(seed.id), seed.raised_by, seed.id, fields, type="Bug")


def _triaged(seed: DefectSeed, raised: datetime, rng: Random) -> Act:
    fields: dict[str, object] = {
        STATE: Stage.ACTIVE.value,
        ASSIGNED_TO: release_manager_of(seed.party),
        "Custom.ResolvingParty": seed.party,
    }
    if rng.random() < 0.3:
        fields[HISTORY] = rng.choice(TALK)
    at = moments.after(raised, rng, least=HOUR, most=7 * HOUR)
    return Act(at, defect_manager_of(seed.found_in), seed.id, fields)


def _made_known(seed: DefectSeed, triaged: datetime, rng: Random) -> Act:
    fields = {TAGS: "; ".join(seed.tags), "Custom.Workaround": seed.workaround}
    at = moments.after(triaged, rng, least=HOUR, most=16 * HOUR)
    return Act(at, defect_manager_of(seed.found_in), seed.id, fields)


def _resolved(seed: DefectSeed, triaged: datetime, rng: Random) -> Act:
    at = _resolved_at(seed, triaged, rng)
    fields = {
        STATE: Stage.RESOLVED.value,
        VERSION: seed.version or _build_that_came_next(seed, at),
        "Custom.PlannedFor": seed.planned_for.isoformat() if seed.planned_for else None,
        "Custom.TestedIn": seed.tested_in,
    }
    return Act(at, release_manager_of(seed.party), seed.id, fields, _links(seed))


def _resolved_at(seed: DefectSeed, triaged: datetime, rng: Random) -> datetime:
    match seed.stage:
        case Stage.CLOSED:
            return moments.after(triaged, rng, least=8 * HOUR, most=32 * HOUR)
        case Stage.READY_FOR_RETEST:
            return moments.between(moments.FOR_LAST_DELIVERY, rng)
        case _:
            return moments.between(moments.AFTER_DELIVERY if seed.late else moments.LATE_NOVEMBER, rng)


def _build_that_came_next(seed: DefectSeed, resolved: datetime) -> str:
    if not seed.stage.has_reached(Stage.READY_FOR_RETEST):
        return ""
    return PARTIES[seed.party].delivered[moments.delivery_after(resolved, seed.found_in)]


def _links(seed: DefectSeed) -> tuple[tuple[str, int], ...]:
    wanted = (
        ("System.LinkTypes.Dependency-Reverse", seed.depends_on),
        ("System.LinkTypes.Duplicate-Reverse", seed.duplicate_of),
        ("System.LinkTypes.Related", seed.change),
    )
    return tuple((rel, target) for rel, target in wanted if target is not None)


def _held(seed: DefectSeed, rng: Random) -> Act:
    at = datetime(2026, 12, 2, 14, rng.randrange(60), tzinfo=UTC)
    return Act(at, defect_manager_of(seed.found_in), seed.id, {TAGS: "Hold"})


def _delivered(seed: DefectSeed, resolved: datetime, rng: Random) -> Iterator[Act]:
    tester = seed.retest_by or (seed.raised_by if seed.raised_by in TESTERS else rng.choice(TESTERS))
    deployed = moments.delivered(moments.delivery_after(resolved, seed.found_in), seed.found_in)
    handed = moments.after(deployed, rng, least=HOUR / 12, most=HOUR)
    fields = {STATE: Stage.READY_FOR_RETEST.value, ASSIGNED_TO: tester}
    yield Act(handed, deployed_by(seed.found_in), seed.id, fields)
    if seed.stage is Stage.CLOSED:
        closed = moments.after(handed, rng, least=2 * HOUR, most=24 * HOUR)
        said = f"<div>Retested in {seed.found_in}, passed.</div>"
        yield Act(closed, tester, seed.id, {STATE: Stage.CLOSED.value, HISTORY: said})
