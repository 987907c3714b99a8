"""Waivers: what a person wrote on a list or an RFC to lift a rule, and whether it is theirs to lift."""

from __future__ import annotations

from dataclasses import dataclass

from bot.approval import why_no_outsider
from bot.candidate_list import CandidateList
from bot.change import Field
from bot.facts import Facts
from bot.history import last_wrote
from bot.rfc import Rfc


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver. `by` is empty where the history was not read; `why_not` where nothing keeps it from counting."""

    text: str
    by: str
    why_not: str

    def __str__(self) -> str:
        """With its author, where the text itself does not name them."""
        told = f"{self.text} (written by {self.by})" if self.by and self.by not in self.text else self.text
        return f"{told}; it does not count: {self.why_not}" if self.why_not else told


def waiver_of(item: CandidateList | Rfc, facts: Facts) -> Waiver | None:
    """None where none stands on it. A party does not waive a rule for its own release, nor does Shunter."""
    text = item.waiver.strip()
    if not text:
        return None
    step = last_wrote(Field.WAIVER, facts.histories.get(item.id, ()))
    by = step.by if step is not None else ""
    return Waiver(text, by, why_no_waiver(by, item, facts) if by else "")


def counting_waiver(item: CandidateList | Rfc, facts: Facts) -> str:
    """The text of the waiver that counts; empty where there is none."""
    found = waiver_of(item, facts)
    return found.text if found is not None and not found.why_not else ""


def why_no_waiver(by: str, item: CandidateList | Rfc, facts: Facts) -> str:
    """Why this person's waiver of it does not count, in words; empty where it does."""
    return why_no_outsider(by, facts.programme.parties.get(item.party), facts.bot)
