"""The number of an emergency: the one that its defect names, or what Shunter gives where it numbers the party."""

from __future__ import annotations

from collections.abc import Iterator

from bot.candidate_list import CandidateList
from bot.defect import Defect, State
from bot.number import Number, ReleaseType
from bot.party import Numbers
from bot.picture import Picture
from bot.rfc import RfcState
from bot.shunter_numbers import taken_numbers


def emergency_number(defect: Defect, picture: Picture) -> Number | None:
    """On the base that runs where the defect was found, with the party's next free fourth place [M11]: numbers of
    emergencies increase within their base, so that UIT's may come after a regular release of SIT."""
    owner = picture.facts.programme.parties.get(defect.party)
    if defect.version is not None or owner is None or owner.numbers is Numbers.PARTY or len(defect.found_in) != 1:
        return defect.version
    return _given(defect, picture) or _allotted(owner.name, picture).get(defect.found_in[0])


def _given(defect: Defect, picture: Picture) -> Number | None:
    """What an emergency's list that names the defect stands for, if that still leads to its delivery."""
    lists = (c for c in _emergency_lists(defect.party, picture) if any(e.fix.defect == defect.id for e in c.entries))
    return next((c.number for c in lists if _may_deliver(c, defect, picture)), None)


def _may_deliver(candidate_list: CandidateList, defect: Defect, picture: Picture) -> bool:
    """Not once it has been delivered by it, or when it was withdrawn or rolled back: then it is another fix."""
    rfc = picture.rfc_of_list.get(candidate_list.id)
    if rfc is None:
        return candidate_list.is_open
    return rfc.id != defect.delivered_by and rfc.state not in (RfcState.WITHDRAWN, RfcState.ROLLED_BACK)


def _allotted(party: str, picture: Picture) -> dict[str, Number]:
    """One for each environment with defects that wait for a number; where one of them has it already, that one."""
    used = set(taken_numbers(picture.lists_of_party.get(party, ()), picture.rfcs_of_party.get(party, ())))
    used |= {c.number for c in _emergency_lists(party, picture) if c.is_open and c.number is not None}
    found: dict[str, Number] = {}
    for environment in picture.facts.programme.environments:
        waiting = [d for d in _waiting(party, picture) if d.was_found_in(environment)]
        running = picture.running(environment, party)
        if not waiting or running is None:
            continue
        number = _shared(waiting, running, picture) or _next_free(running, used)
        used.add(number)
        found[environment] = number
    return found


def _shared(waiting: list[Defect], running: Number, picture: Picture) -> Number | None:
    """The number of a list that is still open to further fixes: nobody has sealed it, and its base still runs."""
    ids = {d.id for d in waiting}
    proposed = (
        c for c in _emergency_lists(waiting[0].party, picture) if c.is_open and not c.is_sealed and not c.edition
    )
    numbers = (c.number for c in proposed if any(e.fix.defect in ids for e in c.entries))
    return next((n for n in numbers if n is not None and n.regular_base == running.regular_base and n > running), None)


def _next_free(running: Number, used: set[Number]) -> Number:
    same_base = (n for n in used if n.regular_base == running.regular_base)
    return max([running, *same_base]).next(ReleaseType.EMERGENCY)


def _waiting(party: str, picture: Picture) -> Iterator[Defect]:
    defects = picture.of_party.get(party, ())
    return (d for d in defects if d.state is State.RESOLVED and d.is_emergency and d.version is None)


def _emergency_lists(party: str, picture: Picture) -> Iterator[CandidateList]:
    lists = picture.lists_of_party.get(party, ())
    return (c for c in lists if not c.is_regular and c.number is not None)
