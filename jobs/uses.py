"""Uses: which parts of Azure DevOps a configuration makes Shunter use."""

from __future__ import annotations

from adapters.azure_devops.rights.needed import Use
from adapters.configuration.configuration import Configuration, Mode


def uses_of(configuration: Configuration) -> frozenset[Use]:
    """In mode *observe* nothing is written, so that no right to write is needed yet."""
    uses = {Use.READ_WORK_ITEMS}
    if configuration.mode is Mode.ACT:
        uses.add(Use.WRITE_WORK_ITEMS)
    return frozenset(uses)
