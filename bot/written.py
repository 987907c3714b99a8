"""The mark that the bot leaves on what it writes: which run, by which rule, why, and a digest of the text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

LIMIT = 255
HEAD = 24
"""Hex digits of the ledger's head that a mark names. Whoever alters the ledger has to find rows that lead to this very
head, by trial: 96 bits are beyond any, and leave more than half of the field to the reason."""
_MARK = re.compile(
    r"run (?P<run>[\w-]+); rule (?P<rule>[\w -]+); number (?P<number>[\d.]+|-); "
    r"text (?P<digest>[0-9a-f]{16}|-); (?:head (?P<head>[0-9a-f]{24}); )?(?P<reason>.*)"
)
_SIGNATURE = re.compile(r"Shunter, run ([\w-]+), rule ([\w -]+)\.")


@dataclass(frozen=True, slots=True)
class Written:
    """One mark. It fits a text field of 255 characters: a longer reason is cut.

    `number` is the release number that the bot itself wrote, empty where it left a person's: so a number
    that a person sets on a list is told from the bot's own. `head` is the ledger's at that time, on what is sealed: so
    the ledger is proved by what stands in Azure DevOps.
    """

    run: str
    rule: str
    reason: str
    digest: str = ""
    number: str = ""
    head: str = ""

    def __str__(self) -> str:
        text = f"run {self.run}; rule {self.rule}; number {self.number or '-'}; text {self.digest or '-'}"
        head = f"; head {self.head[:HEAD]}" if self.head else ""
        return f"{text}{head}; {self.reason}"[:LIMIT]


def read_mark(text: str) -> Written | None:
    """The mark that `text` spells, or None where a person wrote something else there."""
    found = _MARK.fullmatch(text)
    if found is None:
        return None
    digest, number = found["digest"].strip("-"), found["number"].strip("-")
    return Written(found["run"], found["rule"], found["reason"], digest, number, found["head"] or "")


def signature(run: str, rule: str) -> str:
    """The mark in the history of a defect: the last sentence of what the bot says there."""
    return f"Shunter, run {run}, rule {rule}."


def read_signature(text: str) -> Written | None:
    """The last one in the text: what stands before it may quote people."""
    found = list(_SIGNATURE.finditer(text))
    return Written(found[-1][1], found[-1][2], reason="") if found else None


def digest_of(document: object) -> str:
    """A digest of composed values, made of tuples, dataclasses and plain values only: equal values, equal digests."""
    return hashlib.sha256(repr(document).encode()).hexdigest()[:16]
