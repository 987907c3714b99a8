"""Evidence: whether each source can count, and for one party alone."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.configuration.checks.connection import project_trouble
from adapters.configuration.evidence_sources import sources_of
from adapters.configuration.problem import Path, Problem
from adapters.configuration.quoting import quoted
from adapters.configuration.settings import EnvironmentSettings, EvidenceSettings, Settings
from adapters.configuration.suggestion import suggestion

_WITH_TAGS = ("pipeline", "build")
_DEFINED_BY = {"pipeline": "the pipeline", "build": "the pipeline", "release": "the release definition"}


def check_evidence(settings: Settings) -> Iterator[Problem]:
    for name, environment in settings.environments.items():
        for i, source in enumerate(environment.evidence):
            base: Path = ("environments", name, "evidence", i)
            yield from _party(base, name, source, settings)
            yield from _kind(base, environment, source)
            if source.project:
                yield from project_trouble((*base, "project"), source.project)
    yield from _counted_twice(settings)


def _party(base: Path, environment: str, source: EvidenceSettings, settings: Settings) -> Iterator[Problem]:
    party = settings.parties.get(source.party)
    if source.gives("party") and party is None:
        what = f"there is no party {quoted(source.party)}"
        yield Problem((*base, "party"), what, suggestion(source.party, settings.parties))
    elif party is not None and environment not in party.environments:
        what = f"{quoted(source.party)} does not deploy to {quoted(environment)}"
        yield Problem((*base, "party"), what, "take it out, or add it to the `environments` of the party")


def _kind(base: Path, environment: EnvironmentSettings, source: EvidenceSettings) -> Iterator[Problem]:
    if source.kind == "test_run" and not environment.smoke_test:
        what = "shows a smoke test, and this environment asks for none"
        yield Problem((*base, "kind"), what, "set `smoke_test = true`, or take it out")
    if source.kind == "test_run" and source.pipeline:
        yield Problem((*base, "pipeline"), "is not known of a test run", "take it out: the name of the run tells")
    if source.kind != "test_run" and source.gives("kind") and not source.pipeline:
        what = "would count whatever pipeline deploys it"
        yield Problem((*base, "pipeline"), what, f"name the one that counts: {_DEFINED_BY[source.kind]}")
    if source.stage and source.kind != "pipeline":
        yield Problem((*base, "stage"), f"is not known of a {source.kind}", "take it out")
    if source.number_in == "tags" and source.kind not in _WITH_TAGS:
        what = f"a {source.kind} has no tags"
        yield Problem((*base, "number_in"), what, 'write "name": the number of its build, or of the release')


def _counted_twice(settings: Settings) -> Iterator[Problem]:
    """One deployment is of one party: two sources that may show the same one have to name their pipelines."""
    paths = [(name, i) for name, e in settings.environments.items() for i in range(len(e.evidence))]
    first: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
    for (name, i), source in zip(paths, sources_of(settings), strict=True):
        key = (source.kind.value, source.project.casefold(), source.name.casefold())
        for other, party, pipeline in first.setdefault(key, []):
            may_be_the_same = not pipeline or not source.pipeline or pipeline == source.pipeline.casefold()
            if may_be_the_same and (other, party) != (name, source.party):
                what = f"may show the same as that of {quoted(party)} in {quoted(other)}"
                remedy = "name another `pipeline` in each, so that a deployment is of one party in one environment"
                yield Problem(("environments", name, "evidence", i), what, remedy)
                break
        first[key].append((name, source.party, source.pipeline.casefold()))
