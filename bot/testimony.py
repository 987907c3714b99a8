"""Testimony: who says that a release was deployed, passed its smoke test or brought more, and whose word counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.approval import Deviation, why_no_approver
from bot.change import Field
from bot.environment import Environment
from bot.history import Step, last_wrote
from bot.named_ids import named_ids
from bot.outcome import Outcome, read_outcome
from bot.party import Party
from bot.rfc import Rfc, RfcState
from bot.sighting import EVIDENCE

SMOKE_PASSED = "passed"
_STATES = {Outcome.SUCCEEDED: RfcState.DEPLOYED, Outcome.ROLLED_BACK: RfcState.ROLLED_BACK}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that says what came of a deployment: who said it, when (UTC), and in which way."""

    by: str
    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Jury:
    """Whose word counts for the releases of one party in one environment."""

    environment: Environment
    party: Party | None
    bot: str

    def why_no_approver(self, by: str) -> str:
        return why_no_approver(by, self.environment, self.party, self.bot)

    def why_no_deployer(self, by: str) -> str:
        """Why this person's word that a release is deployed does not count; empty where it does [M4.4]."""
        managers = self.environment.deployment_managers
        if by in managers or (by != self.bot and (not managers or not self.why_no_approver(by))):
            return ""
        if by == self.bot:
            return f"{by} is Shunter's own identity"
        roles = " or ".join(("deployment manager", *self.environment.approvals))
        return f"{by} is not {roles} for {self.environment.name}"

    def why_no_tester(self, by: str) -> str:
        """Why this person's word that the smoke test has passed does not count; empty where it does [C6]."""
        managers = self.environment.test_managers
        if by == self.bot:
            return f"{by} is Shunter's own identity"
        return f"{by} is no test manager of {self.environment.name}" if managers and by not in managers else ""


def evidence_for(outcome: Outcome, steps: Sequence[Step], bot: str) -> tuple[Evidence, ...]:
    """What people say of this outcome, and what Shunter wrote of it by configured evidence, oldest first: nothing
    counts that somebody has contradicted since, and no time or evidence that was there before anybody said so."""
    speaking = [step for step in steps if step.by != bot or shows_deployment(step, bot)]
    contrary = max((step.rev for step in speaking if _contradicts(step, outcome)), default=0)
    since = [step for step in speaking if step.rev > contrary]
    told = min((step.rev for step in since if any(_tells(step, outcome))), default=0)
    said = ((step, ", ".join(_ways(step, outcome))) for step in since if step.rev >= told)
    return tuple(Evidence(step.by, step.at, what) for step, what in said if what)


def shows_deployment(step: Step, bot: str) -> bool:
    """Whether Shunter wrote there what evidence of a deployment shows: a smoke test is none."""
    return step.by == bot and step.rule == EVIDENCE and not step.wrote.get(Field.SMOKE)


def judge_deployer(evidence: Iterable[Evidence], jury: Jury) -> Deviation | None:
    """None where somebody says so whose word counts; that of configured evidence does [M4.4]."""
    reasons = ["" if said.by == jury.bot else jury.why_no_deployer(said.by) for said in evidence]
    if not reasons:
        return Deviation("nobody but Shunter says so")
    return None if "" in reasons else Deviation(reasons[-1])


def judge_smoke(rfc: Rfc, steps: Sequence[Step], jury: Jury) -> Deviation | None:
    """None where it is not asked for, or somebody whose word counts says that it passed [C5.5]."""
    if not jury.environment.smoke_test:
        return None
    said, step = rfc.smoke.strip().casefold(), last_wrote(Field.SMOKE, steps)
    if said == "failed":
        return Deviation("its smoke test failed")
    if said != SMOKE_PASSED:
        return Deviation("its smoke test has not passed yet")
    if step is None:
        return Deviation("nobody knows who passed its smoke test") if jury.environment.test_managers else None
    words = "" if step.rule == EVIDENCE and step.by == jury.bot else jury.why_no_tester(step.by)
    return Deviation(f"its smoke test was passed by somebody whose word does not count: {words}") if words else None


def refused_acceptances(rfc: Rfc, steps: Sequence[Step], jury: Jury) -> dict[int, str]:
    """Why each id that is not accepted by somebody who may does not count [M14].

    Whoever saves the field stands for every id that they leave in it.
    """
    refused: dict[int, str] = {}
    for step in steps:
        if (written := step.wrote.get(Field.ACCEPTED)) is not None:
            words, named = jury.why_no_approver(step.by), named_ids(written)
            kept = {id: why for id, why in refused.items() if id in named}
            before = named_ids(_value_before(step, steps))
            refused = {} if not words else kept | dict.fromkeys(named - before, words)
    return {id: refused[id] for id in sorted(refused) if id in rfc.accepted}


def _value_before(step: Step, steps: Sequence[Step]) -> str:
    earlier = last_wrote(Field.ACCEPTED, [other for other in steps if other.rev < step.rev])
    return earlier.wrote[Field.ACCEPTED] if earlier is not None else ""


def _contradicts(step: Step, outcome: Outcome) -> bool:
    """Whether it says that something else came of it."""
    written = read_outcome(step.wrote.get(Field.OUTCOME, ""))
    other_states = [state for of, state in _STATES.items() if of is not outcome]
    return (written is not None and written is not outcome) or (
        step.state is not None and step.state in other_states and written is not outcome
    )


def _ways(step: Step, outcome: Outcome) -> Iterator[str]:
    yield from _tells(step, outcome)
    if outcome is Outcome.SUCCEEDED and step.wrote.get(Field.DEPLOYED_AT):
        yield "deployed at"
    if step.wrote.get(Field.EVIDENCE):
        yield "evidence"


def _tells(step: Step, outcome: Outcome) -> Iterator[str]:
    if step.state is not None and step.state is _STATES.get(outcome):
        yield f"state set to {step.state.value}"
    if read_outcome(step.wrote.get(Field.OUTCOME, "")) is outcome:
        yield f"outcome {outcome.value}"
    if outcome is Outcome.SUCCEEDED and step.wrote.get(Field.OUTCOME) == "":
        yield "outcome emptied"
