"""Sources of evidence: where it is seen that a party's release was deployed to an environment, or tested there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from bot.sighting import Shows


class SourceKind(Enum):
    """What Azure DevOps calls it; the value is how the settings do."""

    PIPELINE = "pipeline"
    RELEASE = "release"
    BUILD = "build"
    TEST_RUN = "test_run"

    @property
    def shows(self) -> Shows:
        return Shows.SMOKE_TEST if self is SourceKind.TEST_RUN else Shows.DEPLOYMENT


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `name`: the Pipelines environment, the stage of a classic release, the tag of a run, or the test run.

    `pipeline`: the only pipeline or release definition that counts; empty for a test run alone. `stage`: the only one
    of the stages of its runs that counts, where one is named. `in_tags`: the release number stands in the tags of the
    run, rather than in its own number.
    """

    environment: str
    party: str
    kind: SourceKind
    name: str
    project: str
    pipeline: str = ""
    in_tags: bool = False
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Poll:
    """What is asked for at every look: several sources may be answered by one."""

    kind: SourceKind
    project: str
    name: str = ""
    with_tags: bool = False

    def __str__(self) -> str:
        named = f" {self.name}" if self.name else ""
        return f"{self.kind.value} {self.project}{named}{' with tags' if self.with_tags else ''}"


def poll_of(source: Source) -> Poll:
    """Classic releases and test runs are asked for by project, all at once."""
    if source.kind in (SourceKind.RELEASE, SourceKind.TEST_RUN):
        return Poll(source.kind, source.project)
    needs_tags = source.kind is SourceKind.PIPELINE and source.in_tags
    return Poll(source.kind, source.project, source.name, needs_tags)


def polls_of(sources: Iterable[Source]) -> tuple[Poll, ...]:
    return tuple(dict.fromkeys(poll_of(source) for source in sources))
