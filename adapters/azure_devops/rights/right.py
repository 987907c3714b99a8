"""A right: one permission of one security namespace, by the names that Microsoft documents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Namespace(Enum):
    """The documented ids. Which bit a permission has is asked of the organisation: that is documented nowhere."""

    AREAS = "83e28ad4-2d72-4ceb-97b0-c7726d5502c3"
    PROJECT = "52d39943-cb85-4d7f-8fa8-c6baac873819"
    TAGS = "bb50f182-8e5e-40b8-bc21-e8752a1e7ae2"
    REPOSITORIES = "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87"
    ENVIRONMENTS = "83d4c2e6-e57d-4d6e-892b-b87222b7ad20"
    BUILDS = "33344d9c-fc72-4d6f-aba5-fa317101a7e9"
    RELEASES = "c788c23e-1b46-4162-8f5e-d7585343b5de"
    SUBSCRIPTIONS = "cb594ebe-87dd-4fc9-ac2c-6a10a4c92046"
    PROCESSES = "2dab47f9-bd70-49ed-9bd5-8eb051e59c02"
    GROUPS = "5a27515b-ccd7-42c9-84f1-54c998f03866"
    ORGANISATION = "3e65f728-f8bc-4ecd-8764-7e378b19bfa7"


@dataclass(frozen=True, slots=True)
class Right:
    """`action` is the name of the permission in the interface, `words` the one on the pages of Azure DevOps."""

    namespace: Namespace
    action: str
    words: str


WHERE_SET = {
    Namespace.AREAS: "Project settings > Project configuration > Areas > the area > Security",
    Namespace.PROJECT: "Project settings > Permissions",
    Namespace.TAGS: "Project settings > Permissions",
    Namespace.REPOSITORIES: "Project settings > Repositories > Security; for a wiki, the wiki > Wiki security",
    Namespace.ENVIRONMENTS: "Pipelines > Environments > Security",
    Namespace.BUILDS: "Pipelines > Manage security",
    Namespace.RELEASES: "Pipelines > Releases > Security",
    Namespace.SUBSCRIPTIONS: "it comes with Project Administrators; the pages have no place for it",
    Namespace.PROCESSES: "Organization settings > Process > the process > Security",
    Namespace.GROUPS: "it comes with Project Administrators",
    Namespace.ORGANISATION: "Organization settings > Permissions",
}
"""Where an administrator finds it."""
