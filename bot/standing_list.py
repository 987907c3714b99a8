"""The standing list: the one without an RFC that an environment has of a party for a type of release."""

from __future__ import annotations

from collections.abc import Iterable

from bot.candidate_list import CandidateList, ListState
from bot.facts import Facts
from bot.number import ReleaseType
from bot.waiver import counting_waiver
from bot.window import agree_by

WITHOUT_RFC = (ListState.PROPOSED, ListState.AGREED)


def standing_list(open_lists: Iterable[CandidateList], type_: ReleaseType) -> CandidateList | None:
    """There is at most one of a regular type; should there be more, the agreed one, then the lowest id."""
    return first_of(c for c in open_lists if c.type is type_ and c.state in WITHOUT_RFC)


def first_of(waiting: Iterable[CandidateList]) -> CandidateList | None:
    """The one that stands, of lists that wait for the same."""
    return min(waiting, key=lambda c: (c.state is not ListState.AGREED, c.id), default=None)


def keeps_its_window(standing: CandidateList, facts: Facts) -> bool:
    """Its notice has not run out; or a person has waived the notice, and the window has not begun."""
    is_waived = facts.now < standing.window.start and bool(counting_waiver(standing, facts))
    return is_waived or facts.now <= agree_by(standing.window, facts.programme)
