"""Particulars of an RFC: what its readers look for beside the points; what nobody has stated, who reviewed it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answered import Answers
from bot.candidate_list import ListState
from bot.compose_answers import not_taken
from bot.compose_note import UNTOLD, way_back_of
from bot.control_points import Particular
from bot.dates import spoken
from bot.history import latest
from bot.number import ReleaseType
from bot.party import Party, WayBack
from bot.picture import Picture
from bot.rfc import Rfc


def particulars_of(rfc: Rfc, answers: Answers, picture: Picture) -> Iterator[Particular]:
    yield from _release_review(rfc, picture)
    party = picture.facts.programme.parties.get(rfc.party)
    if party is not None and rfc.is_under_way:
        yield from _not_stated(rfc, party)
    yield from not_taken(rfc, answers)


def _release_review(rfc: Rfc, picture: Picture) -> Iterator[Particular]:
    """Of an emergency the agreement to its list is the review [M12.8], [C5.3]."""
    sealed = picture.facts.lists.get(rfc.list_id or 0)
    if rfc.type is not ReleaseType.EMERGENCY or sealed is None:
        return
    step = latest(ListState.AGREED, picture.facts.histories.get(sealed.id, ()))
    if step is None:
        return
    agrees = picture.facts.programme.environments[rfc.environment].agrees
    roles = "".join(f", {role}" for role, people in agrees.items() if step.by in people)
    at = spoken(step.at, picture.facts.programme.zone)
    yield Particular("Release review", f"list {sealed.id} was agreed by {step.by}{roles}, {at}")


def _not_stated(rfc: Rfc, party: Party) -> Iterator[Particular]:
    """What the party writes on the RFC before the release is approved [M12.10]."""
    plan = rfc.way_back.strip()
    if party.way_back is WayBack.ROLLBACK and plan in ("", way_back_of(party)):
        yield Particular("Way back", f"the plan is {party.name}'s to attach")
    texts = {"downtime": rfc.downtime, "installation instructions, if any": rfc.instructions}
    missing = [name for name, text in texts.items() if text.strip() in ("", UNTOLD)]
    if missing:
        yield Particular("Not stated yet", f"{'; '.join(missing)}: {party.name}'s release manager adds it here")
