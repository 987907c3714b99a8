"""Why a past list differs from what people released: the words of the rule at that time, and what happened after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.dates import short, spoken
from bot.defect import State
from bot.emergency import or_why_no_emergency
from bot.history import latest
from bot.past import Past
from bot.past_windows import RaisedFor
from bot.picture import Picture
from bot.proposal import NoProposal, Proposal
from bot.raised_by_hand import released_by
from bot.rfc import Rfc
from bot.window import Window


def why_missing(
    id: int,
    proposed: Proposal | NoProposal,
    rfcs: Sequence[Rfc],
    window: Window,
    picture: Picture,
    past: Past,
    raised: RaisedFor,
) -> str:
    """Why it would have been on the list, and what became of it since: enough to judge who was right."""
    if isinstance(proposed, NoProposal):
        return ""
    entry = next(e for e in proposed.entries if e.fix.defect == id)
    zone = picture.facts.programme.zone
    words = f"ready at the cut-off, {spoken(picture.facts.now, zone)}: {entry.fix.number}, {entry.role.value}"
    after = (*_resolved_late(id, rfcs, picture, past), *_reopened(id, window, picture, past))
    return "; ".join((words, *after, _brought_later(id, proposed, window, picture, raised)))


def why_extra(id: int, proposed: Proposal | NoProposal, picture: Picture, past: Past) -> str:
    """What kept it off the list at the cut-off, and what would have changed that."""
    return next(_kept_off(id, proposed, picture, past))


def _kept_off(id: int, proposed: Proposal | NoProposal, picture: Picture, past: Past) -> Iterator[str]:
    facts, zone = picture.facts, picture.facts.programme.zone
    cut_off, defect = f"at the cut-off, {spoken(facts.now, zone)}", facts.defects.get(id)
    if defect is None:
        raised = next((f"; raised {short(step.at, zone)}" for step in past.histories.get(id, ())), "")
        yield f"it was not there {cut_off}{raised}"
    elif defect.party != proposed.party:
        yield f"its resolving party is {defect.party or 'not named'}, not {proposed.party}"
    elif defect.state is not State.RESOLVED:
        resolved = next((s for s in past.histories.get(id, ()) if s.state is State.RESOLVED and s.at > facts.now), None)
        since = f"; resolved {short(resolved.at, zone)}" if resolved is not None else ""
        yield f"it was {defect.state_text or defect.state.value} {cut_off}{since}"
    else:
        draft = picture.drafts[proposed.party]
        judged = (or_why_no_emergency(out, picture) for out in draft.left_out if out.defect == id)
        yield from (f"{verdict.words}; {verdict.remedy}" for verdict in judged)
        if any(fix.defect == id for fix in picture.contents_running(proposed.environment, proposed.party)):
            yield f"{proposed.environment} had it already, with {picture.running(proposed.environment, proposed.party)}"
        if isinstance(proposed, NoProposal):
            yield f"no list: {proposed.words}"
        yield f"it was in {draft.number}, and the list took another release"


def _resolved_late(id: int, rfcs: Iterable[Rfc], picture: Picture, past: Past) -> Iterator[str]:
    resolved = latest(State.RESOLVED, [s for s in past.histories.get(id, ()) if s.at <= picture.facts.now])
    zone = picture.facts.programme.zone
    for rfc in rfcs:
        steps = past.histories.get(rfc.id, ())
        if resolved is not None and steps and steps[0].at < resolved.at:
            yield f"resolved {short(resolved.at, zone)}, after RFC {rfc.id} was raised"


def _reopened(id: int, window: Window, picture: Picture, past: Past) -> Iterator[str]:
    for step in past.histories.get(id, ()):
        is_between = picture.facts.now < step.at <= window.end
        if is_between and step.state in (State.OPEN, State.OTHER):
            yield f"{step.state.value} again since {short(step.at, picture.facts.programme.zone)}"
            return


def _brought_later(id: int, proposed: Proposal, window: Window, picture: Picture, raised: RaisedFor) -> str:
    zone = picture.facts.programme.zone
    for rfc in sorted(raised.facts.rfcs.values(), key=lambda rfc: (rfc.window.start, rfc.id)):
        is_there = (rfc.environment, rfc.party) == (proposed.environment, proposed.party)
        is_later = raised.window_of.get(rfc.id, rfc.window).start > window.start
        if is_there and is_later and id in released_by(rfc, raised.facts):
            return f"RFC {rfc.id} took it on {short(rfc.window.start, zone)}"
    return "on no RFC of that environment since"
