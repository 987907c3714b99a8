"""Sightings out of rows of evidence: a source names environment and party, its row the release and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from adapters.azure_devops.evidence.rows import EvidenceRow, Kept
from adapters.azure_devops.evidence.source import Poll, Source, SourceKind, poll_of
from bot.named_number import named_number
from bot.number import Number
from bot.outcome import Outcome
from bot.sighting import Sighting


@dataclass(frozen=True, slots=True)
class Sighted:
    """`unnamed`: of each source whose latest row does not tell which release it is, that row, in words."""

    sightings: tuple[Sighting, ...] = ()
    unnamed: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.sightings and not self.unnamed


def sighted(sources: Iterable[Source], kept: Mapping[Poll, Kept]) -> Sighted:
    sightings: list[Sighting] = []
    unnamed: list[str] = []
    for source in sources:
        rows = _by_run(source, _rows_of(source, kept.get(poll_of(source), Kept())))
        sightings += [_sighting(source, row, number) for row in rows if (number := _number(source, row)) is not None]
        if rows and _number(source, rows[-1]) is None:
            what = "tags" if source.in_tags else "name"
            words = f"{rows[-1].words}: by its {what} it is no one release, such as 5.2.16.0"
            unnamed.append(f"seen in {source.environment}, of {source.party}, and not counted: {words}")
    return Sighted(tuple(sightings), tuple(unnamed))


def _rows_of(source: Source, kept: Kept) -> Iterator[EvidenceRow]:
    for row in kept.rows:
        is_its_pipeline = not source.pipeline or row.pipeline.casefold() == source.pipeline.casefold()
        is_its_stage = not source.stage or row.stage.casefold() == source.stage.casefold()
        if is_its_pipeline and is_its_stage and row.place.casefold() == source.name.casefold():
            yield row


def _by_run(source: Source, rows: Iterable[EvidenceRow]) -> list[EvidenceRow]:
    """Of a run that deploys to one environment in several stages, all of them together; by their ends."""
    runs: dict[str, EvidenceRow] = {}
    for row in rows:
        key = row.run if source.kind is SourceKind.PIPELINE else row.id
        earlier = runs.get(key)
        runs[key] = (
            row if earlier is None else replace(row, outcome=_together(earlier, row), words=_words(earlier, row))
        )
    return sorted(runs.values(), key=lambda row: row.at)


def _together(earlier: EvidenceRow, later: EvidenceRow) -> Outcome:
    return later.outcome if later.outcome is earlier.outcome else Outcome.PARTIAL


def _words(earlier: EvidenceRow, later: EvidenceRow) -> str:
    return f"{earlier.words}; stage {later.stage}{later.words.partition(f'stage {later.stage}')[2]}"


def _number(source: Source, row: EvidenceRow) -> Number | None:
    return named_number(" ".join(row.tags) if source.in_tags else row.title)


def _sighting(source: Source, row: EvidenceRow, number: Number) -> Sighting:
    return Sighting(source.kind.shows, source.environment, source.party, number, row.at, row.outcome, row.words)
