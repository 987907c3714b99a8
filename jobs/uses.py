"""Uses: which parts of Azure DevOps a configuration makes Shunter use."""

from __future__ import annotations

from adapters.azure_devops.evidence.source import SourceKind
from adapters.azure_devops.rights.needed import Use
from adapters.configuration.configuration import Configuration, Mode

_READS = {
    SourceKind.PIPELINE: {Use.READ_ENVIRONMENTS, Use.READ_BUILDS},
    SourceKind.RELEASE: {Use.READ_RELEASES},
    SourceKind.BUILD: {Use.READ_BUILDS},
    SourceKind.TEST_RUN: {Use.READ_TEST_RUNS},
}


def uses_of(configuration: Configuration) -> frozenset[Use]:
    """In mode *observe* nothing is written, so that no right to write is needed yet.

    Of evidence only what is in the project of the work items: rights are looked up there.
    """
    uses = {Use.READ_WORK_ITEMS}
    if configuration.mode is Mode.ACT:
        uses.add(Use.WRITE_WORK_ITEMS)
        if configuration.wiki:
            uses.add(Use.WRITE_WIKI)
    here = configuration.connection.project.casefold()
    return frozenset(uses.union(*(_READS[s.kind] for s in configuration.evidence if s.project.casefold() == here)))
