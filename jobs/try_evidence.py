"""Trying evidence: each configured source is read once, to say which cannot be, and which shows nothing that counts."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.azure_devops.answers import Failure
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.evidence.look import LOOK_BACK, Evidence
from adapters.azure_devops.evidence.rows import Kept
from adapters.azure_devops.evidence.sightings import sighted
from adapters.azure_devops.evidence.source import Poll, Source, poll_of
from adapters.configuration.configuration import Configuration


@dataclass(frozen=True, slots=True)
class Tried:
    """In words: what has to be mended, and what may be meant so."""

    problems: tuple[str, ...]
    warnings: tuple[str, ...]


def try_evidence(boards: Boards, configuration: Configuration) -> Tried:
    """A name that nobody uses is no error of the server's: it shows as silence."""
    evidence = Evidence(boards.gateway, configuration.evidence)
    kept: dict[Poll, Kept] = {}
    problems = []
    for poll in evidence.polls:
        try:
            kept[poll] = evidence.look(poll, Kept(), boards.server_time())
        except Failure as failure:
            problems.append(f"evidence: {failure}")
    read = [source for source in configuration.evidence if poll_of(source) in kept]
    silent = tuple(_silence(source) for source in read if sighted([source], kept).is_empty)
    return Tried(tuple(problems), (*silent, *(f"evidence: {words}" for words in sighted(read, kept).unnamed)))


def _silence(source: Source) -> str:
    pipeline = f" of {source.pipeline}" if source.pipeline else ""
    what = f"{source.kind.value.replace('_', ' ')} {source.name}{pipeline}"
    words = f"has shown nothing in {LOOK_BACK.days} days: is it spelt as in Azure DevOps?"
    return f"evidence: {what}, for {source.party} in {source.environment}, {words}"
