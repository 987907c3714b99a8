"""Any state: what the state of a work item means, whichever kind it is of."""

from __future__ import annotations

from bot.candidate_list import ListState
from bot.defect import State
from bot.rfc import RfcState

AnyState = State | ListState | RfcState
