"""Why a past list differs from what people released: the words of the rule at that time, and what happened after."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dates import short, spoken
from bot.defect import State
from bot.emergency import or_why_no_emergency
from bot.history import latest
from bot.proposal import NoProposal
from bot.raised_by_hand import released_by
from bot.rehearsed_window import RehearsedWindow


def why_missing(id: int, window: RehearsedWindow) -> str:
    """Why it would have been on the list, and what became of it since: enough to judge who was right."""
    found = (_ready(id, window), _resolved_late(id, window), _reopened(id, window), _brought_later(id, window))
    return "; ".join(words for words in found if words)


def why_extra(id: int, window: RehearsedWindow) -> str:
    """What kept it off the list at the cut-off, and what would have changed that."""
    return next(_kept_off(id, window))


def _ready(id: int, window: RehearsedWindow) -> str:
    if isinstance(window.proposed, NoProposal):
        return ""
    entry = next(entry for entry in window.proposed.entries if entry.fix.defect == id)
    return f"ready {_cut_off(window)}: {entry}"


def _kept_off(id: int, window: RehearsedWindow) -> Iterator[str]:
    facts, party = window.picture.facts, window.party.name
    defect = facts.defects.get(id)
    if defect is None:
        yield f"it was not there {_cut_off(window)}{_since('raised', id, None, window)}"
    elif defect.party != party:
        yield f"its resolving party is {defect.party or 'not named'}, not {party}"
    elif defect.state is not State.RESOLVED:
        was = defect.state_text or defect.state.value
        yield f"it was {was} {_cut_off(window)}{_since('resolved', id, State.RESOLVED, window)}"
    else:
        yield from _left_out(id, window)


def _left_out(id: int, window: RehearsedWindow) -> Iterator[str]:
    picture = window.picture
    drafts = picture.drafts[window.party.name]
    for out in drafts.left_out:
        if out.defect == id:
            verdict = or_why_no_emergency(out, picture)
            yield f"{verdict.words}; {verdict.remedy}"
    if isinstance(window.proposed, NoProposal):
        yield f"no list: {window.proposed.words}"
    joined = drafts.joined_by(id)
    yield f"it was in {joined.number if joined is not None else 'no release'}, and the list took another release"


def _resolved_late(id: int, window: RehearsedWindow) -> str:
    histories, facts = window.past.histories, window.picture.facts
    resolved = latest(State.RESOLVED, [step for step in histories.get(id, ()) if step.at <= facts.now])
    for rfc in window.rfcs:
        raised = histories[rfc.id][0]
        if resolved is not None and raised.at < resolved.at:
            return f"resolved {short(resolved.at, facts.programme.zone)}, after RFC {rfc.id} was raised"
    return ""


def _reopened(id: int, window: RehearsedWindow) -> str:
    facts = window.picture.facts
    for step in window.past.histories.get(id, ()):
        if facts.now < step.at <= window.window.end and step.state in (State.OPEN, State.OTHER):
            return f"{step.state.value} again since {short(step.at, facts.programme.zone)}"
    return ""


def _brought_later(id: int, window: RehearsedWindow) -> str:
    zone, raised = window.picture.facts.programme.zone, window.raised
    for rfc in sorted(raised.facts.rfcs.values(), key=lambda rfc: (rfc.window.start, rfc.id)):
        is_there = (rfc.environment, rfc.party) == (window.environment.name, window.party.name)
        own = raised.window_of.get(rfc.id, rfc.window)
        if is_there and own.start > window.window.start and id in released_by(rfc, raised.facts):
            return f"RFC {rfc.id} took it on {short(own.start, zone)}"
    return "on no RFC of that environment since"


def _cut_off(window: RehearsedWindow) -> str:
    facts = window.picture.facts
    return f"at the cut-off, {spoken(facts.now, facts.programme.zone)}"


def _since(what: str, id: int, state: State | None, window: RehearsedWindow) -> str:
    """When it came to that after the cut-off, if it did; of no state: when it was first seen."""
    facts = window.picture.facts
    later = (step for step in window.past.histories.get(id, ()) if step.at > facts.now)
    found = next((step for step in later if state is None or step.state is state), None)
    return f"; {what} {short(found.at, facts.programme.zone)}" if found is not None else ""
