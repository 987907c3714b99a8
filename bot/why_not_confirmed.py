"""Why something cannot be confirmed on an RFC by this person, so that no word is written that would not count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.accepted import why_not_accepted
from bot.dates import spoken
from bot.deployment import Deployment
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from bot.rfc_attempts import as_of_its_attempt, attempts_of
from bot.testimony import SMOKE_PASSED, Jury

_DEPLOYED = (RfcState.DEPLOYED, RfcState.CLOSED)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a person says. `at` is None where they do not say when; `smoke` is empty, `passed` or `failed`."""

    at: datetime | None = None
    smoke: str = ""
    accepted: frozenset[int] = frozenset()

    @property
    def is_bare(self) -> bool:
        """Whether they say no more than that it is deployed."""
        return self == Confirmation()


def why_not_confirmed(rfc: Rfc, said: Confirmation, by: str, picture: Picture) -> Iterator[str]:
    """Every reason, the first that matters first; none where the word can be written."""
    deployment = picture.deployment_of(rfc)
    is_doubted = deployment is not None and deployment.unconfirmed is not None
    if not rfc.is_under_way and rfc.state not in _DEPLOYED and not (rfc.state is RfcState.ROLLED_BACK and is_doubted):
        yield f"RFC {rfc.id} is {rfc.state.value}: there is no deployment to confirm"
    if said.at is not None and said.at > picture.facts.now:
        yield f"{spoken(said.at, picture.facts.programme.zone)} has not come yet"
    jury = _jury(rfc, picture)
    if jury is None:
        return
    why_no_deployer = jury.why_no_deployer(by)
    if said.is_bare and is_doubted and why_no_deployer:
        yield f"your word on it would not count: {why_no_deployer}"
    yield from _smoke(rfc, said, by, jury, picture)
    if said.accepted:
        yield from _accepted(rfc, said, by, jury, deployment, picture)


def needs_word_of(by: str, rfc: Rfc, picture: Picture) -> bool:
    """Whether what was reported waits for somebody whose word counts, and this is one."""
    deployment, jury = picture.deployment_of(rfc), _jury(rfc, picture)
    if deployment is None or deployment.unconfirmed is None or jury is None or rfc.is_under_way:
        return False
    return not jury.why_no_deployer(by)


def _jury(rfc: Rfc, picture: Picture) -> Jury | None:
    facts = picture.facts
    environment = facts.programme.environments.get(rfc.environment)
    return Jury(environment, facts.programme.parties.get(rfc.party), facts.bot) if environment is not None else None


def _smoke(rfc: Rfc, said: Confirmation, by: str, jury: Jury, picture: Picture) -> Iterator[str]:
    if said.smoke != SMOKE_PASSED:
        return
    if words := jury.why_no_tester(by):
        yield f"your word on the smoke test would not count: {words}"
    deployment = picture.deployment_of(rfc)
    stands = rfc.smoke.strip().casefold() == SMOKE_PASSED
    is_stale = as_of_its_attempt(rfc, attempts_of(rfc, picture.facts)[-1]).smoke != rfc.smoke
    if stands and (is_stale or (deployment is not None and deployment.smoke is not None)):
        yield f"the smoke test of RFC {rfc.id} says passed already, and that does not count: empty it first"


def _accepted(
    rfc: Rfc, said: Confirmation, by: str, jury: Jury, deployment: Deployment | None, picture: Picture
) -> Iterator[str]:
    if words := jury.why_no_approver(by):
        yield f"what you accept would not count: {words}"
    for id in sorted(said.accepted):
        if why := why_not_accepted(id, rfc, picture.facts.defects):
            yield why
    others = sorted(deployment.refused.keys() - said.accepted) if deployment is not None else []
    if others:
        named = ", ".join(map(str, others))
        words = f"RFC {rfc.id} names {named} too, which nobody has accepted who may"
        yield f"{words}: accept it as well, or take it out first"
