"""What people do to lists, RFCs and defects between two runs of the bot."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.candidate_list import CandidateList, ListState
from bot.facts import Facts
from bot.rfc import Rfc, RfcState
from tests.bot.after import by_somebody
from tests.bot.world import DEFECT_MANAGER, DEPLOYER, RELEASE_MANAGER


def the_list(facts: Facts, environment: str, party: str = "DCC") -> CandidateList:
    """The newest list of an environment."""
    return [c for _, c in sorted(facts.lists.items()) if (c.environment, c.party) == (environment, party)][-1]


def the_rfc(facts: Facts, environment: str, party: str = "DCC") -> Rfc:
    """The newest RFC of an environment."""
    return [r for _, r in sorted(facts.rfcs.items()) if (r.environment, r.party) == (environment, party)][-1]


def agrees(facts: Facts, environment: str, by: str = DEFECT_MANAGER) -> Facts:
    agreed = the_list(facts, environment)
    agreed = replace(agreed, state=ListState.AGREED, rev=agreed.rev + 1, changed_at=facts.now)
    histories = by_somebody(facts.histories, agreed, facts, ListState.AGREED, by)
    return replace(facts, lists={**facts.lists, agreed.id: agreed}, histories=histories)


def sets(facts: Facts, environment: str, state: RfcState, by: str) -> Facts:
    """Somebody sets the state of the environment's RFC."""
    rfc = the_rfc(facts, environment)
    rfc = replace(rfc, state=state, rev=rfc.rev + 1, changed_at=facts.now)
    histories = by_somebody(facts.histories, rfc, facts, state, by)
    return replace(facts, rfcs={**facts.rfcs, rfc.id: rfc}, histories=histories)


def approves(facts: Facts, environment: str, by: str = RELEASE_MANAGER) -> Facts:
    return sets(facts, environment, RfcState.APPROVED, by)


def deploys(facts: Facts, environment: str, by: str = DEPLOYER) -> Facts:
    return sets(facts, environment, RfcState.DEPLOYED, by)


def edits_defect(facts: Facts, id: int, **changes: Any) -> Facts:
    defect = facts.defects[id]
    edited = replace(defect, rev=defect.rev + 1, **changes)
    return replace(facts, defects={**facts.defects, id: edited})


def edits_list(facts: Facts, environment: str, **changes: Any) -> Facts:
    """Somebody edits the list; not its state, whose author matters."""
    edited = the_list(facts, environment)
    edited = replace(edited, rev=edited.rev + 1, **changes)
    return replace(facts, lists={**facts.lists, edited.id: edited})


def later(facts: Facts, now: datetime) -> Facts:
    return replace(facts, now=now)
