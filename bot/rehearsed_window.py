"""A rehearsed window: what was known when the notice of a past window ran out, and what follows for one party."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from bot.dates import spoken
from bot.environment import Environment
from bot.facts import Facts
from bot.party import Party
from bot.past import Past
from bot.past_windows import RaisedFor
from bot.picture import Picture
from bot.proposal import NoProposal, Proposal, propose_for
from bot.raised_by_hand import ARRIVED, as_if_listed, released_by
from bot.rfc import Rfc
from bot.window import Window, agree_by


@dataclass(frozen=True)
class RehearsedWindow:
    """`picture` is that of the cut-off; `raised` holds what people raised, then and later."""

    environment: Environment
    party: Party
    window: Window
    picture: Picture
    past: Past
    raised: RaisedFor

    @cached_property
    def proposed(self) -> Proposal | NoProposal:
        """What stands on the list when its notice runs out, and so counts as agreed."""
        found = propose_for(self.environment, self.party, self.window.type, self.picture)
        if isinstance(found, NoProposal) or found.window == self.window:
            return found
        words = f"its list stands for the window of {spoken(found.window.start, self.picture.facts.programme.zone)}"
        return NoProposal(found.environment, found.party, self.window.type, words)

    @property
    def rfcs(self) -> tuple[Rfc, ...]:
        """Those that people raised for this window, and that stood in the end."""
        return self.raised.by_window.get((self.environment.name, self.party.name, self.window), ())

    @property
    def released(self) -> frozenset[int]:
        return frozenset(id for rfc in self.rfcs for id in released_by(rfc, self.raised.facts))


def picture_at_cut_off(environment: Environment, window: Window, past: Past, raised: RaisedFor) -> Picture:
    """What arrived is built on, and what was still under way; the RFCs of this window are what is compared."""
    facts = past.as_of(agree_by(window, raised.facts.programme))
    known = {id: rfc for id, rfc in facts.rfcs.items() if _is_known(rfc, environment, window, facts, raised)}
    return Picture(as_if_listed(replace(facts, rfcs=known)))


def _is_known(rfc: Rfc, environment: Environment, window: Window, facts: Facts, raised: RaisedFor) -> bool:
    """What people had raised early for a window still to come, elsewhere, would not have stood there yet."""
    own = raised.window_of.get(rfc.id, rfc.window)
    if rfc.environment == environment.name and own == window:
        return False
    if rfc.state in ARRIVED:
        return True
    return own.start < window.start if rfc.environment == environment.name else own.start <= facts.now
