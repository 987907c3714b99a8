"""The standing list: the one without an RFC that an environment has of a party for a type of release."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.candidate_list import CandidateList, ListState
from bot.number import ReleaseType
from bot.programme import Programme
from bot.window import agree_by

WITHOUT_RFC = (ListState.PROPOSED, ListState.AGREED)


def standing_list(open_lists: Iterable[CandidateList], type_: ReleaseType) -> CandidateList | None:
    """There is at most one of a regular type; should there be more, the agreed one, then the lowest id."""
    waiting = [c for c in open_lists if c.type is type_ and c.state in WITHOUT_RFC]
    return min(waiting, key=lambda c: (c.state is not ListState.AGREED, c.id), default=None)


def keeps_its_window(standing: CandidateList, programme: Programme, now: datetime) -> bool:
    """Its notice has not run out; or a person has waived the notice, and the window has not begun."""
    is_waived = bool(standing.waiver.strip()) and now < standing.window.start
    return is_waived or now <= agree_by(standing.window, programme)
