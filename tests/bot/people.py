"""What people do to lists, RFCs and defects between two runs of the bot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from bot.candidate_list import CandidateList, ListState
from bot.defect import Defect
from bot.facts import Facts
from bot.rfc import Rfc, RfcState
from tests.bot.after import by_somebody
from tests.bot.world import DEFECT_MANAGER, DEPLOYER, PASSER_BY, RELEASE_MANAGER

ListOrRfc = TypeVar("ListOrRfc", CandidateList, Rfc)


def the_list(facts: Facts, environment: str, release: str = "") -> CandidateList:
    """The newest list of an environment; of one release, where it is named."""
    return _newest(facts.lists.values(), environment, release)


def the_rfc(facts: Facts, environment: str, release: str = "") -> Rfc:
    """The newest RFC of an environment; of one release, where it is named."""
    return _newest(facts.rfcs.values(), environment, release)


def _newest(items: Iterable[ListOrRfc], environment: str, release: str) -> ListOrRfc:
    here = (item for item in items if item.environment == environment)
    return max((item for item in here if release in ("", str(item.number))), key=lambda item: item.id)


def agrees(facts: Facts, environment: str, by: str = DEFECT_MANAGER, release: str = "") -> Facts:
    agreed = the_list(facts, environment, release)
    agreed = replace(agreed, state=ListState.AGREED, rev=agreed.rev + 1, changed_at=facts.now, changed_by=by)
    histories = by_somebody(facts.histories, agreed, facts, ListState.AGREED, by)
    return replace(facts, lists={**facts.lists, agreed.id: agreed}, histories=histories)


def sets(facts: Facts, environment: str, state: RfcState, by: str, release: str = "") -> Facts:
    """Somebody sets the state of the environment's RFC."""
    rfc = the_rfc(facts, environment, release)
    rfc = replace(rfc, state=state, rev=rfc.rev + 1, changed_at=facts.now)
    histories = by_somebody(facts.histories, rfc, facts, state, by)
    return replace(facts, rfcs={**facts.rfcs, rfc.id: rfc}, histories=histories)


def approves(facts: Facts, environment: str, by: str = RELEASE_MANAGER, release: str = "") -> Facts:
    return sets(facts, environment, RfcState.APPROVED, by, release)


def deploys(facts: Facts, environment: str, by: str = DEPLOYER, release: str = "") -> Facts:
    return sets(facts, environment, RfcState.DEPLOYED, by, release)


def rejects(facts: Facts, environment: str, by: str = RELEASE_MANAGER, release: str = "") -> Facts:
    return sets(facts, environment, RfcState.REJECTED, by, release)


def rolls_back(facts: Facts, environment: str, by: str = DEPLOYER, release: str = "") -> Facts:
    return sets(facts, environment, RfcState.ROLLED_BACK, by, release)


def resolves(facts: Facts, *defects: Defect) -> Facts:
    """Defects that nobody had seen resolved before."""
    return replace(facts, defects={**facts.defects, **{defect.id: defect for defect in defects}})


def edits_defect(facts: Facts, id: int, **changes: Any) -> Facts:
    defect = facts.defects[id]
    edited = replace(defect, rev=defect.rev + 1, **{"changed_by": PASSER_BY, **changes})
    return replace(facts, defects={**facts.defects, id: edited})


def edits_list(facts: Facts, environment: str, release: str = "", **changes: Any) -> Facts:
    """Somebody edits the list; not its state, whose author matters."""
    edited = the_list(facts, environment, release)
    edited = replace(edited, rev=edited.rev + 1, changed_at=facts.now, **{"changed_by": DEFECT_MANAGER, **changes})
    return replace(facts, lists={**facts.lists, edited.id: edited})


def edits_rfc(facts: Facts, environment: str, release: str = "", **changes: Any) -> Facts:
    """Somebody edits the RFC; not its state, whose author matters."""
    edited = the_rfc(facts, environment, release)
    edited = replace(edited, rev=edited.rev + 1, changed_at=facts.now, **changes)
    return replace(facts, rfcs={**facts.rfcs, edited.id: edited})


def later(facts: Facts, now: datetime) -> Facts:
    return replace(facts, now=now)
